"""The facts of each run, append-only, and the cursors up to which the services were asked."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import fields
from operator import attrgetter
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select

from simulator.model.facts import Fact, FactKind
from simulator.model.keys import SeatId
from simulator.storage import upserts
from simulator.storage.database import Database
from simulator.storage.lookups import those_known
from simulator.storage.runs import bump, hold
from simulator.storage.tables import cursors, facts

_NAMES = tuple(field.name for field in fields(Fact))
_COLUMNS = [facts.c[name] for name in _NAMES]
_RUN = facts.c.run_id == bindparam("run")
_SINCE = (
    select(*_COLUMNS, facts.c.sequence).where(_RUN, facts.c.sequence > bindparam("sequence")).order_by(facts.c.sequence)
)
_LAST = select(func.coalesce(func.max(facts.c.sequence), 0)).where(_RUN)
_CURSOR = select(cursors.c.cursor).where(cursors.c.run_id == bindparam("run"))
_REMEMBERED = 100  # runs


class Facts:
    """The facts of a database's runs. Those of the runs asked for last are remembered: a fact never changes."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._remembered: OrderedDict[str, tuple[int, tuple[Fact, ...]]] = OrderedDict()
        self._withdrawn: dict[str, int] = {}  # how often facts of a run were taken away
        self._lock = Lock()

    def append(self, run_id: str, seen: Iterable[Fact], *, cursor: Mapping[str, Any] | None = None) -> tuple[Fact, ...]:
        """Add the facts that the run does not know yet and return them in order; the cursor is kept with them.

        All or nothing, in one transaction. Bumps the run's revision when something is new.
        """
        wanted: dict[str, Fact] = {}
        for fact in seen:
            wanted.setdefault(fact.source_id, fact)
        if not wanted and cursor is None:
            return ()
        with self._database.writing() as connection:
            hold(connection, run_id)
            known = those_known(connection, facts.c.source_id, run_id, wanted)
            new = tuple(fact for fact in wanted.values() if fact.source_id not in known)
            if new:
                bump(connection, run_id)
                _insert(connection, run_id, new)
            if cursor is not None:
                _keep(connection, run_id, cursor)
            return new

    def all(self, run_id: str) -> tuple[Fact, ...]:
        """All facts of a run by simulated time, those of one instant in the order of being learnt of."""
        with self._lock:
            withdrawn = self._withdrawn.get(run_id, 0)
            last, found = self._remembered.get(run_id, (0, ()))
            if found:
                self._remembered.move_to_end(run_id)
        fresh = self.since(run_id, last)
        if fresh:
            last, _ = fresh[-1]
            found = tuple(sorted((*found, *(fact for _, fact in fresh)), key=attrgetter("at")))  # the sort is stable
            self._remember(run_id, last, found, withdrawn=withdrawn)
        return found

    def since(self, run_id: str, sequence: int) -> tuple[tuple[int, Fact], ...]:
        """Facts learnt of after the one of this sequence number (0: all), each with its own, in that order."""
        with self._database.reading() as connection:
            rows = connection.execute(_SINCE, {"run": run_id, "sequence": sequence})
            return tuple((row.sequence, _fact(row)) for row in rows)

    def _remember(self, run_id: str, last: int, found: tuple[Fact, ...], *, withdrawn: int) -> None:
        with self._lock:
            if self._withdrawn.get(run_id, 0) != withdrawn:
                return  # some of them were taken away while they were read
            if last > self._remembered.get(run_id, (0, ()))[0]:
                self._remembered[run_id] = (last, found)
            self._remembered.move_to_end(run_id)
            if len(self._remembered) > _REMEMBERED:
                self._remembered.popitem(last=False)

    def forget(self, run_id: str) -> None:
        """Remember nothing of a run: some of its facts were taken away."""
        with self._lock:
            self._remembered.pop(run_id, None)
            self._withdrawn[run_id] = self._withdrawn.get(run_id, 0) + 1

    def mark(self, run_id: str) -> tuple[int, int]:
        """Something that stays the same for as long as the run's facts do."""
        return self._withdrawn.get(run_id, 0), self.last_sequence(run_id)

    def last_sequence(self, run_id: str) -> int:
        """Sequence number of the fact learnt of last, 0 when there is none."""
        with self._database.reading() as connection:
            return int(connection.execute(_LAST, {"run": run_id}).scalar_one())

    def cursor(self, run_id: str) -> dict[str, Any]:
        """Up to where the services were asked, {} to begin with."""
        with self._database.reading() as connection:
            return connection.execute(_CURSOR, {"run": run_id}).scalar() or {}


def _insert(connection: Connection, run_id: str, new: tuple[Fact, ...]) -> None:
    first = connection.execute(_LAST, {"run": run_id}).scalar_one() + 1
    rows = [
        {"run_id": run_id, "sequence": sequence, **{name: getattr(fact, name) for name in _NAMES}}
        for sequence, fact in enumerate(new, first)
    ]
    connection.execute(insert(facts), rows)


def _keep(connection: Connection, run_id: str, cursor: Mapping[str, Any]) -> None:
    if connection.execute(_CURSOR, {"run": run_id}).scalar() == cursor:
        return  # most questions find nothing new: they need no write
    connection.execute(upserts.replacing(connection, cursors, "cursor"), {"run_id": run_id, "cursor": cursor})


def _fact(row: Row[Any]) -> Fact:
    return Fact(
        source_id=row.source_id,
        kind=FactKind(row.kind),
        subject=row.subject,
        actor=None if row.actor is None else SeatId(row.actor),
        url=row.url,
        recorded_at=row.recorded_at,
        at=row.at,
        detail=row.detail,
    )
