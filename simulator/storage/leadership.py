"""Elects the one process that paces the runs of a database: an advisory lock on PostgreSQL, a file lock beside SQLite.

Both go when the process dies, however it dies. Refuses to know what the leader does.
"""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, NullPool, create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from simulator.errors import StorageError
from simulator.storage.database import Database, lock_key
from simulator.storage.faults import told_plainly

_KEY = {"key": lock_key("pacer")}


class Leadership:
    """A candidate. `folder` is where the lock file lies on SQLite; it must be the same for all candidates."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._turn = Lock()
        self._seat: _FileSeat | _SessionSeat = (
            _FileSeat(folder / "pacer.lock") if database.is_sqlite else _SessionSeat(database)
        )

    def acquire(self) -> bool:
        """Become the leader if nobody else is; returns whether this candidate leads now. Does not wait."""
        with self._turn:
            return self._seat.held() or self._seat.take()

    def release(self) -> None:
        """Give the lead away. Does nothing for one who does not lead."""
        with self._turn:
            self._seat.leave()

    @property
    def held(self) -> bool:
        """Whether this candidate leads; on PostgreSQL a lost connection has lost the lead too."""
        with self._turn:
            return self._seat.held()


class _FileSeat:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = FileLock(path, thread_local=False)

    def held(self) -> bool:
        return self._lock.is_locked

    def take(self) -> bool:
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            return False
        except OSError as error:
            raise StorageError(
                f"the lock file cannot be made ({error.strerror})",
                where=str(self._path),
                to_do="see that the folder exists and that this user may write to it",
            ) from error
        return True

    def leave(self) -> None:
        self._lock.release()


class _SessionSeat:
    """An advisory lock belongs to a session, so it has a connection of its own, outside the pool."""

    def __init__(self, database: Database) -> None:
        self._where = database.where
        self._engine: Engine = create_engine(database.url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        self._connection: Connection | None = None

    def held(self) -> bool:
        if self._connection is None:
            return False
        try:
            self._connection.execute(text("SELECT 1"))
        except SQLAlchemyError:
            self.leave()
            return False
        return True

    def take(self) -> bool:
        with told_plainly(self._where):
            connection = self._engine.connect()
            if connection.execute(text("SELECT pg_try_advisory_lock(:key)"), _KEY).scalar_one():
                self._connection = connection
                return True
            connection.close()
            return False

    def leave(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.invalidate()  # closing the session is what gives the lock back
            connection.close()
