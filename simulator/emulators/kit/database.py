"""The emulators' database: one engine, short transactions, commit before answering.

On SQLite every writing transaction is BEGIN IMMEDIATE: a deferred one that reads and then writes fails at once with
"database is locked" under load (measured: docs/decisions). Refuses to be an ORM: hot paths use SQLAlchemy Core.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text

__all__ = ["Connection", "Database", "after_commit", "next_value"]  # Connection: for those who may not know SQLAlchemy

_WRITES = "writes"
_AFTER_COMMIT = "emulators.after_commit"
_NEXT_VALUE = text(
    "INSERT INTO em_counters (site, name, value) VALUES (:site, :name, :count) "
    "ON CONFLICT (site, name) DO UPDATE SET value = em_counters.value + :count RETURNING value"
)


class Database:
    """An engine with two kinds of transactions. `url` is a SQLAlchemy URL: `sqlite:///file` or `postgresql+psycopg://…`.

    SQLite files that need not survive the machine's failure are quicker with `durable` off.
    """

    def __init__(self, url: str, *, durable: bool = True) -> None:
        self.url = url
        self.engine: Engine = create_engine(url, **_engine_options(url))
        if self.engine.dialect.name == "sqlite":
            event.listen(self.engine, "connect", partial(_set_up_sqlite, durable=durable))
            event.listen(self.engine, "begin", _begin_sqlite)
        self._writing_engine = self.engine.execution_options(**{_WRITES: True})

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the embedded engine."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection in a transaction that must not write."""
        with self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection in a writing transaction, durable when the block ends, undone when it raises."""
        with self._writing_engine.connect() as connection:
            connection.info.pop(_AFTER_COMMIT, None)  # left behind by a transaction that was undone
            with connection.begin():
                yield connection
            for callback in dict.fromkeys(connection.info.pop(_AFTER_COMMIT, ())):
                callback()

    def close(self) -> None:
        """Close all pooled connections."""
        self.engine.dispose()


def after_commit(connection: Connection, callback: Callable[[], None]) -> None:
    """Call back once when the present `writing()` transaction is durable; not at all when it is undone."""
    connection.info.setdefault(_AFTER_COMMIT, []).append(callback)


def next_value(connection: Connection, site: str, name: str, *, count: int = 1) -> int:
    """The next value of a site's counter, from 1 on; with `count`, reserves that many and returns the last."""
    return int(connection.execute(_NEXT_VALUE, {"site": site, "name": name, "count": count}).scalar_one())


def _engine_options(url: str) -> dict[str, Any]:
    if url.startswith("sqlite"):
        return {"connect_args": {"timeout": 30, "check_same_thread": False}, "pool_size": 20, "max_overflow": 20}
    return {"pool_size": 10, "max_overflow": 20, "pool_pre_ping": True}


def _set_up_sqlite(connection: Any, _record: object, *, durable: bool) -> None:  # Any: a DBAPI connection
    connection.isolation_level = None  # the driver must not begin by itself
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        f"synchronous={'FULL' if durable else 'OFF'}",
        "foreign_keys=ON",
        "busy_timeout=30000",
        "cache_size=-16000",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get(_WRITES) else "BEGIN")
