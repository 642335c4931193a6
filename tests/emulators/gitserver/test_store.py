from __future__ import annotations

import threading
from pathlib import Path

import pytest

from simulator.emulators.gitserver import refs, store
from simulator.emulators.gitserver.errors import NoSuchObject
from tests.emulators.gitserver.builders import a_commit


def test_a_new_repository_is_bare_and_points_to_its_default_branch(tmp_path: Path) -> None:
    store.create(tmp_path / "site" / "1.git", default_branch="trunk")

    assert (tmp_path / "site" / "1.git" / "HEAD").read_text() == "ref: refs/heads/trunk\n"


def test_a_thread_keeps_its_handle_and_another_thread_gets_its_own(tmp_path: Path) -> None:
    made = store.create(tmp_path / "1.git")
    handles = []

    thread = threading.Thread(target=lambda: handles.append(store.opened(tmp_path / "1.git")))
    thread.start()
    thread.join()

    assert store.opened(tmp_path / "1.git") is made
    assert handles[0] is not made


def test_a_repository_made_anew_in_the_same_place_is_not_taken_for_the_old_one(tmp_path: Path) -> None:
    old = store.create(tmp_path / "1.git")
    sha = a_commit(old, {"a": "1"})
    store.delete(tmp_path / "1.git")

    new = store.create(tmp_path / "1.git")

    assert sha not in new
    assert refs.list_refs(new) == {}


def test_opening_what_is_not_there_and_deleting_it_are_told_apart(tmp_path: Path) -> None:
    store.delete(tmp_path / "none.git")

    with pytest.raises(NoSuchObject):
        store.opened(tmp_path / "none.git")


def test_more_repositories_than_handles_are_kept_can_be_used(tmp_path: Path) -> None:
    made = [a_commit(store.create(tmp_path / f"{number}.git"), {"a": str(number)}) for number in range(20)]

    assert all(sha in store.opened(tmp_path / f"{number}.git") for number, sha in enumerate(made))
