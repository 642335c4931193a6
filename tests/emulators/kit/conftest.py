"""What the kit's tests share: an instance on a database of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import simulator.emulators.server  # noqa: F401 - declares the tables of both services
from simulator.emulators.kit import sites
from simulator.emulators.kit.database import Database
from simulator.emulators.kit.instance import Instance
from simulator.emulators.kit.migrations.upgrade import upgrade
from simulator.emulators.kit.seed import seed_of
from tests.emulators.conftest import TickingClock


@pytest.fixture
def clock() -> TickingClock:
    """A clock of the test's own."""
    return TickingClock()


@pytest.fixture
def instance(tmp_path: Path, clock: TickingClock) -> Iterator[Instance]:
    """An instance on SQLite with one empty site `here`."""
    database = Database(f"sqlite:///{tmp_path}/emulators.db")
    upgrade(database)
    made = Instance(database=database, repositories=tmp_path / "repositories", now=clock)
    with database.writing() as connection:
        sites.keep_seed(connection, "here", seed_of({}), now=clock())
    yield made
    database.close()
