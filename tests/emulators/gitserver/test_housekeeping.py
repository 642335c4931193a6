"""Repositories that are tidied: everything is still there, for everybody who has it open or shares its objects."""

from __future__ import annotations

import threading
from pathlib import Path

from simulator.emulators.gitserver import copies, history, refs, store
from simulator.emulators.gitserver.housekeeping import Housekeeper, needs_tidying, tidy
from tests.emulators.gitserver.builders import a_commit


def test_tidying_leaves_one_pack_and_every_object(tmp_path: Path) -> None:
    path = tmp_path / "one.git"
    opened = store.create(path)
    tip = a_commit(opened, {f"{number}.txt": str(number) for number in range(300)})
    refs.write_ref(opened, "refs/heads/main", tip, expected=None)
    stray = a_commit(opened, {"stray.txt": "x"})
    copies.copy_repository(path, tmp_path / "two.git", default_branch="main")
    assert needs_tidying(path, most_loose=0)
    assert not needs_tidying(path)

    tidy(path)

    assert [each.suffix for each in (path / "objects" / "pack").iterdir()].count(".pack") == 1
    assert not needs_tidying(path, most_loose=0)
    assert [str(history.commit(opened, sha).id) for sha in (tip, stray)] == [tip, stray]
    assert len(list((tmp_path / "two.git" / "objects").glob("??/*"))) > 300


def test_a_repository_that_is_gone_or_being_tidied_is_left_alone(tmp_path: Path) -> None:
    tidy(tmp_path / "gone.git")

    assert not needs_tidying(tmp_path / "gone.git")
    assert not (tmp_path / "gone.git").exists()


def test_commits_go_on_while_the_housekeeper_works(tmp_path: Path) -> None:
    path = tmp_path / "one.git"
    opened = store.create(path)
    refs.write_ref(opened, "refs/heads/main", a_commit(opened, {"a.txt": "0"}), expected=None)
    done = threading.Event()

    def tidy_again_and_again() -> None:
        while not done.is_set():
            tidy(path)

    thread = threading.Thread(target=tidy_again_and_again)
    thread.start()
    for number in range(200):
        before = refs.read_ref(opened, "refs/heads/main")
        assert before is not None
        after = a_commit(opened, {"a.txt": str(number + 1)}, parents=[before])
        refs.write_ref(opened, "refs/heads/main", after, expected=before)
    done.set()
    thread.join()

    tip = refs.read_ref(opened, "refs/heads/main")
    assert tip is not None
    assert len(history.commits_between(opened, None, tip)) == 201


def test_the_housekeeper_stops_when_it_is_told(tmp_path: Path) -> None:
    before = set(threading.enumerate())
    keeper = Housekeeper()
    keeper.start()
    path = tmp_path / "one.git"
    store.create(path)

    for _ in range(3):
        keeper.offer(path)
    keeper.close()

    left = set(threading.enumerate()) - before
    assert "emulators-housekeeping" not in {thread.name for thread in left}
