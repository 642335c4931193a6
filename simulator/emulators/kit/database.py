"""The emulators' database: one engine, short transactions, commit before answering.

On SQLite every writing transaction is BEGIN IMMEDIATE: a deferred one that reads and then writes fails at once with
"database is locked" under load (measured: docs/decisions). Refuses to be an ORM: hot paths use SQLAlchemy Core.
"""

from __future__ import annotations

import sqlite3
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from typing import Any

from sqlalchemy import Connection, Engine, NullPool, create_engine, event, text
from sqlalchemy.exc import DBAPIError

from simulator.emulators.kit.prepared import Prepared

__all__ = [
    "Connection",
    "Database",
    "after_commit",
    "hold",
    "next_value",
    "reserve",
]  # Connection: for those who may not know SQLAlchemy

_WRITES = "writes"
_AFTER_COMMIT = "emulators.after_commit"
_HELD = "emulators.held"
_RESERVED = "emulators.reserved"
_HOLD = text("SELECT pg_advisory_xact_lock(hashtextextended('em_sites/' || :site, 0))")
_NEXT_VALUE = Prepared(
    text(
        "INSERT INTO em_counters (site, name, value) VALUES (:site, :name, :count) "
        "ON CONFLICT (site, name) DO UPDATE SET value = em_counters.value + :count RETURNING value"
    )
)
_LONGEST_WAIT_S = 30
_KEPT = 20  # idle connections of each kind


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
        self._idle: dict[bool, deque[Connection]] = {False: deque(), True: deque()}
        self._writer = threading.Lock()
        self._watching = threading.Lock()
        self._watch: Any = None  # a connection that never writes, and so hears of all who do
        self._most_idle = _KEPT if self.is_sqlite else 0

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the embedded engine."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection in a transaction that must not write."""
        connection = self._taken(writes=False)
        try:
            connection.begin()
            yield connection
        finally:
            self._give_back(connection, writes=False)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection in a writing transaction, durable when the block ends, undone when it raises.

        On SQLite the threads of this process queue here: its own way to wait for a writer is to sleep longer and longer.
        """
        queued = self.is_sqlite and self._writer.acquire(timeout=_LONGEST_WAIT_S)
        try:
            connection = self._taken(writes=True)
            try:
                info = connection.info
                for left in (_AFTER_COMMIT, _HELD, _RESERVED):  # by a transaction that was undone
                    info.pop(left, None)
                transaction = connection.begin()
                yield connection
                transaction.commit()
                callbacks = dict.fromkeys(info.pop(_AFTER_COMMIT, ()))
            finally:
                self._give_back(connection, writes=True)
        finally:
            if queued:
                self._writer.release()
        for callback in callbacks:
            callback()

    def version(self) -> int | None:
        """A number that is another after each commit, whoever made it; None where the engine has none (PostgreSQL)."""
        if not self.is_sqlite:
            return None
        with self._watching:
            if self._watch is None:
                self._watch = self.engine.raw_connection()
            cursor = self._watch.cursor()
            found: int = cursor.execute("PRAGMA data_version").fetchone()[0]
            cursor.close()
        return found

    def close(self) -> None:
        """Close all connections, those in use as soon as they are free."""
        self._most_idle = 0
        with self._watching:
            if self._watch is not None:
                self._watch.close()
                self._watch = None
        for idle in self._idle.values():
            while idle:
                idle.pop().close()
        self.engine.dispose()

    def _taken(self, *, writes: bool) -> Connection:
        """An open connection. On SQLite they are kept: to take one from a pool costs more than a query."""
        try:
            return self._idle[writes].pop()
        except IndexError:
            connection = self.engine.connect()
            return connection.execution_options(**{_WRITES: True}) if writes else connection

    def _give_back(self, connection: Connection, *, writes: bool) -> None:
        idle, transaction = self._idle[writes], connection.get_transaction()
        if transaction is not None:
            transaction.rollback()
        if len(idle) < self._most_idle and not connection.invalidated:
            idle.append(connection)
        else:
            connection.close()


def after_commit(connection: Connection, callback: Callable[[], None]) -> None:
    """Call back once when the present `writing()` transaction is durable; not at all when it is undone."""
    connection.info.setdefault(_AFTER_COMMIT, []).append(callback)


def hold(connection: Connection, site: str) -> None:
    """Let nobody else who asks for it write in a site until this `writing()` transaction ends; elsewhere it does nothing.

    SQLite has one writer anyway. On PostgreSQL the counters of a site are rows that every change takes, in any order: two that
    meet there would wait for each other, so it is one after the other from the beginning.
    """
    if connection.dialect.name == "sqlite" or not connection.get_execution_options().get(_WRITES):
        return
    held: set[str] = connection.info.setdefault(_HELD, set())
    if site not in held:
        connection.execute(_HOLD, {"site": site})
        held.add(site)


def next_value(connection: Connection, site: str, name: str, *, count: int = 1) -> int:
    """The next value of a site's counter, from 1 on; with `count`, takes that many and returns the last."""
    reserved: dict[tuple[str, str], int] | None = connection.info.get(_RESERVED)
    if reserved and count == 1 and (site, name) in reserved:
        return reserved.pop((site, name))
    return int(_NEXT_VALUE.value(connection, site=site, name=name, count=count))


def reserve(connection: Connection, site: str, *names: str) -> None:
    """Take the next value of several counters in one statement, for `next_value` to give out later in this transaction."""
    places = {f"name_{place}": name for place, name in enumerate(names)}
    values: dict[str, int] = dict(_reserving(len(names)).all(connection, site=site, **places))
    connection.info[_RESERVED] = {(site, name): int(values[name]) for name in names}


@cache
def _reserving(count: int) -> Prepared:
    rows = ", ".join(f"(:site, :name_{place}, 1)" for place in range(count))
    return Prepared(
        text(
            f"INSERT INTO em_counters (site, name, value) VALUES {rows} "  # noqa: S608 - places only
            "ON CONFLICT (site, name) DO UPDATE SET value = em_counters.value + 1 RETURNING name, value"
        )
    )


def _engine_options(url: str) -> dict[str, Any]:
    if url.startswith("sqlite"):
        options = {"timeout": 30, "check_same_thread": False, "cached_statements": 1024}
        return {"connect_args": options, "poolclass": NullPool}
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
    writes = connection.get_execution_options().get(_WRITES)
    cursor = connection.connection.cursor()  # on the driver: it is the half of what an empty transaction costs
    try:
        cursor.execute("BEGIN IMMEDIATE" if writes else "BEGIN")
    except sqlite3.Error as exc:
        raise DBAPIError.instance("BEGIN", None, exc, sqlite3.Error, dialect=connection.dialect) from exc
    finally:
        cursor.close()
