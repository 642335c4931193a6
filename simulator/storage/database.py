"""The house's database: one engine, short transactions, durable when the block ends.

On SQLite every writing transaction is BEGIN IMMEDIATE: a deferred one that reads and then writes fails at once with
"database is locked" under load. Refuses to be an ORM.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from simulator.errors import StorageError
from simulator.storage.faults import place, told_plainly

_WRITES = "sprintdojo_writes"
_URLS = "write sqlite:///FILE or postgresql+psycopg://USER:PASSWORD@HOST/NAME"


class Database:
    """An engine with two kinds of transactions, for `sqlite:///file` or `postgresql+psycopg://…`.

    Nothing is opened before it is needed. Every failure is a StorageError. `lock_timeout_s` is how long SQLite waits for
    another writer; a SQLite file that need not survive the machine's failure is quicker with `durable` off.
    """

    def __init__(self, url: str, *, lock_timeout_s: float = 30.0, durable: bool = True) -> None:
        self.url = _parsed(url)
        self.where = place(self.url)
        self.engine = _engine(self.url, lock_timeout_s, durable)
        self._writing_engine = self.engine.execution_options(**{_WRITES: True})

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the embedded engine."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection in a transaction that must not write."""
        with told_plainly(self.where), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection in a writing transaction, durable when the block ends, undone when it raises."""
        with told_plainly(self.where), self._writing_engine.connect() as connection, connection.begin():
            yield connection

    def close(self) -> None:
        """Close all pooled connections."""
        self.engine.dispose()


def take_turn(connection: Connection, name: str) -> None:
    """Let one writing transaction at a time past this point, until it ends; on SQLite that is so by itself."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": lock_key(name)})


def lock_key(name: str) -> int:
    """The number of an advisory lock of ours on PostgreSQL."""
    return (zlib.crc32(b"sprintdojo") << 31) | (zlib.crc32(name.encode()) >> 1)


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise StorageError("the address of the database is not a URL", to_do=_URLS) from error
    if "@" in (parsed.host or ""):  # part of a password, which must not be shown as a host
        raise StorageError("the address of the database has an @ too many", to_do="write %40 for an @ in a password")
    name = parsed.drivername
    if name not in {"sqlite", "sqlite+pysqlite", "postgresql+psycopg"}:
        raise StorageError(f"databases of the kind {name} are not supported", where=place(parsed), to_do=_URLS)
    if name.startswith("sqlite") and parsed.database in {None, "", ":memory:"}:
        raise StorageError("a database in memory would lose everything", where=str(parsed), to_do=_URLS)
    return parsed


def _engine(url: URL, lock_timeout_s: float, durable: bool) -> Engine:
    try:
        engine = create_engine(url, **_options(url, lock_timeout_s))
    except (ImportError, NoSuchModuleError) as error:
        raise StorageError(
            f"the driver of the database is missing ({error})", where=place(url), to_do="pip install 'psycopg[binary]'"
        ) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", partial(_set_up_sqlite, durable=durable))
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _options(url: URL, lock_timeout_s: float) -> dict[str, Any]:
    if url.get_backend_name() == "sqlite":
        connect: dict[str, Any] = {"timeout": lock_timeout_s, "check_same_thread": False}
        return {"connect_args": connect, "pool_size": 20, "max_overflow": 20}
    return {"connect_args": {"connect_timeout": 10}, "pool_size": 10, "max_overflow": 20, "pool_pre_ping": True}


def _set_up_sqlite(connection: Any, _record: object, *, durable: bool) -> None:  # Any: a DBAPI connection
    connection.isolation_level = None  # the driver must not begin by itself
    cursor = connection.cursor()
    synchronous = "FULL" if durable else "OFF"
    for pragma in ("journal_mode=WAL", f"synchronous={synchronous}", "foreign_keys=ON", "cache_size=-16000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get(_WRITES) else "BEGIN")
