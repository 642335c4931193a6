"""Locks of a killed process are gone at the next start, those of a living one stay."""

from __future__ import annotations

from pathlib import Path

from simulator.emulators.gitserver import store
from simulator.emulators.gitserver.occupancy import Occupancy
from simulator.emulators.server import Emulators
from tests.emulators.conftest import TickingClock, a_seed


def emulators_in(folder: Path) -> Emulators:
    return Emulators(database_url=f"sqlite:///{folder}/db", folder=folder, now=TickingClock(), deliver=False)


def test_whoever_starts_alone_removes_stale_locks_and_nothing_else(tmp_path: Path) -> None:
    first = emulators_in(tmp_path)
    first.create_site("one", a_seed())
    repository = first.instance.repository_path("one", 1)
    (repository / "refs/heads/deep").mkdir()
    locks = [repository / name for name in ("refs/heads/main.lock", "refs/heads/deep/er.lock", "packed-refs.lock")]
    for lock in locks:
        lock.touch()

    emulators_in(tmp_path).close()

    assert all(lock.exists() for lock in locks)  # the first one may be at work
    first.close()
    emulators_in(tmp_path).close()
    assert not any(lock.exists() for lock in locks)
    assert list(store.opened(repository).references) == ["refs/heads/main"]


def test_an_occupied_folder_is_put_in_order_by_the_first_only(tmp_path: Path) -> None:
    came: list[str] = []

    first, second, third = (Occupancy(tmp_path) for _ in range(3))
    first.begin(when_alone=lambda: came.append("first"))
    second.begin(when_alone=lambda: came.append("second"))
    first.close()
    second.close()
    third.begin(when_alone=lambda: came.append("third"))
    third.close()

    assert came == ["first", "third"]
