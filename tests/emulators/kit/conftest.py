"""What the kit's tests share: an instance on a database of its own, and what sends its deliveries."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from simulator.emulators.kit import sites
from simulator.emulators.kit.database import Database
from simulator.emulators.kit.instance import Instance
from simulator.emulators.kit.outbox_worker import OutboxWorker
from simulator.emulators.kit.seed import seed_of
from tests.emulators.conftest import TickingClock
from tests.emulators.kit.receiving import Receiver, receiving
from tests.tables import file_with_tables


@pytest.fixture
def clock() -> TickingClock:
    """A clock of the test's own."""
    return TickingClock()


@pytest.fixture
def instance(tmp_path: Path, clock: TickingClock) -> Iterator[Instance]:
    """An instance on SQLite with one empty site `here`."""
    database = Database(file_with_tables(tmp_path / "emulators.db"))
    made = Instance(database=database, repositories=tmp_path / "repositories", now=clock)
    with database.writing() as connection:
        sites.keep_seed(connection, "here", seed_of({}), now=clock())
    yield made
    database.close()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A server that deliveries go to."""
    with receiving() as made:
        yield made


@pytest.fixture
def woken() -> threading.Event:
    """What wakes the worker."""
    return threading.Event()


@pytest.fixture
def sender(instance: Instance, woken: threading.Event) -> Instance:
    """An instance that wakes the worker."""
    return replace(instance, wake=woken.set)


@pytest.fixture
def worker(sender: Instance, woken: threading.Event) -> Iterator[OutboxWorker]:
    """A worker that is not yet started."""
    made = OutboxWorker(sender, woken)
    yield made
    made.close()
