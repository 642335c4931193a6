from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pygit2
import pytest

from simulator.emulators.gitserver import refs, store
from simulator.emulators.gitserver.errors import BadName, NoSuchObject, RefMoved
from tests.emulators.gitserver.builders import a_commit

MAIN = "refs/heads/main"


def test_a_ref_is_made_moved_and_deleted(git: pygit2.Repository) -> None:
    first = a_commit(git, {"a": "1"})
    second = a_commit(git, {"a": "2"}, parents=[first])

    refs.write_ref(git, MAIN, first, expected=None)
    refs.write_ref(git, MAIN, second, expected=first)

    assert refs.list_refs(git, "refs/heads/") == {MAIN: second}
    refs.delete_ref(git, MAIN, expected=second)
    assert refs.read_ref(git, MAIN) is None


def test_a_ref_that_is_elsewhere_stays_where_it_is(git: pygit2.Repository) -> None:
    first = a_commit(git, {"a": "1"})
    second = a_commit(git, {"a": "2"}, parents=[first])
    refs.write_ref(git, MAIN, first, expected=None)

    with pytest.raises(RefMoved) as caught:
        refs.write_ref(git, MAIN, second, expected=None)
    with pytest.raises(RefMoved):
        refs.delete_ref(git, MAIN, expected=second)

    assert caught.value.actual == first
    assert refs.read_ref(git, MAIN) == first


@pytest.mark.parametrize(
    "name",
    [
        "refs/heads/a..b",
        "refs/heads/.a",
        "refs/heads/a b",
        "refs/heads/a.lock",
        "refs/heads/",
        "../x",
        "refs/heads/\0",
        "refs/heads/\udce9",
    ],
)
def test_a_name_that_git_refuses_is_refused(git: pygit2.Repository, name: str) -> None:
    sha = a_commit(git, {"a": "1"})

    with pytest.raises(BadName):
        refs.write_ref(git, name, sha, expected=None)
    assert refs.read_ref(git, name) is None


@pytest.mark.parametrize("name", ["refs/heads/a", "refs/heads/a/b/c"])
def test_a_branch_can_not_be_a_folder_too(git: pygit2.Repository, name: str) -> None:
    sha = a_commit(git, {"a": "1"})
    refs.write_ref(git, "refs/heads/a/b", sha, expected=None)

    with pytest.raises(BadName):
        refs.write_ref(git, name, sha, expected=None)


def test_a_ref_to_nothing_is_refused(git: pygit2.Repository) -> None:
    with pytest.raises(NoSuchObject):
        refs.write_ref(git, MAIN, "1" * 40, expected=None)


def test_of_many_who_move_a_ref_at_once_exactly_one_wins(tmp_path: Path) -> None:
    path = tmp_path / "1.git"
    git = store.create(path)
    first = a_commit(git, {"a": "0"})
    rivals = [a_commit(git, {"a": str(number)}, parents=[first]) for number in range(1, 9)]
    refs.write_ref(git, MAIN, first, expected=None)

    def move(sha: str) -> bool:
        try:
            refs.write_ref(store.opened(path), MAIN, sha, expected=first)
        except RefMoved:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        won = [sha for sha, moved in zip(rivals, threads.map(move, rivals), strict=True) if moved]

    assert won == [refs.read_ref(git, MAIN)]


def test_the_branch_of_an_update_is_its_short_name() -> None:
    assert refs.RefUpdate(ref="refs/heads/feature/x", before=None, after="1" * 40).branch == "feature/x"
    assert refs.RefUpdate(ref="refs/tags/v1", before=None, after="1" * 40).branch is None
