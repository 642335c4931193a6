"""A fresh database of each engine, with our tables in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator.storage.database import Database
from tests.tables import file_with_tables


@pytest.fixture
def sqlite_database(tmp_path: Path) -> Iterator[Database]:
    database = Database(file_with_tables(tmp_path / "sprintdojo.db"))
    yield database
    database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database of each engine without any table."""
    url = f"sqlite:///{tmp_path}/new.db" if request.param == "sqlite" else request.getfixturevalue("postgresql_url")
    database = Database(url)
    yield database
    database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A database of each engine with our tables."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_database")
        return
    made = Database(request.getfixturevalue("postgresql_url_with_tables"))
    yield made
    made.close()
