"""The agenda of each run: what is to be done when, what was begun and how it ended.

An entry is begun before it is done and finished after it, so a crash between the two shows: it is then done `again`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, case, func, insert, select, update

from simulator.errors import RunError
from simulator.model.agenda import AgendaEntry, EntryState, Phase
from simulator.storage.database import Database
from simulator.storage.lookups import those_known
from simulator.storage.runs import bind, bump, hold
from simulator.storage.tables import agenda

_COLUMNS = [agenda.c[field.name] for field in fields(AgendaEntry)]
_OPEN = agenda.c.state.in_([state.value for state in EntryState if state.is_open])
_IN_ORDER = (agenda.c.at, agenda.c.priority, agenda.c.sequence)
_RUN = agenda.c.run_id == bindparam("run")
_ONE = _RUN & (agenda.c.id == bindparam("entry"))
_LOCKED = select(*_COLUMNS).where(_ONE).with_for_update()
_OPEN_IN_ORDER = select(*_COLUMNS).where(_RUN, _OPEN).order_by(*_IN_ORDER)
_NEXT = _OPEN_IN_ORDER.limit(1)


class AgendaRows:
    """The agendas of a database's runs."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, run_id: str, entries: Iterable[AgendaEntry]) -> int:
        """Add entries as waiting and return how many were new; ids that the run knows are left out, even finished ones.

        The sequence is given here, in the order of adding. Bumps the run's revision when something was new.
        """
        wanted = {entry.id: entry for entry in entries}
        if not wanted:
            return 0
        with self._database.writing() as connection:
            hold(connection, run_id)
            known = those_known(connection, agenda.c.id, run_id, wanted)
            new = [entry for entry in wanted.values() if entry.id not in known]
            if new:
                bump(connection, run_id)
                _insert(connection, run_id, new)
            return len(new)

    def next(self, run_id: str) -> AgendaEntry | None:
        """The entry to do next, one that was begun and not finished among them; None when all is done."""
        with self._database.reading() as connection:
            row = connection.execute(_NEXT, {"run": run_id}).first()
            return _entry(row) if row else None

    def begin(self, run_id: str, entry_id: str, wall: datetime) -> bool:
        """Note that the entry is about to be done; returns whether it had been begun before and may have been done.

        Raises RunError for an entry that is finished or unknown.
        """
        with self._database.writing() as connection:
            row = _open_entry(connection, run_id, entry_id)
            changes = {
                "state": EntryState.BEGUN.value,
                "begun_at": row.begun_at or wall,
                "attempts": row.attempts + 1,
            }
            connection.execute(update(agenda).where(_ONE).values(**changes), {"run": run_id, "entry": entry_id})
            return row.state is EntryState.BEGUN

    def finish(
        self,
        run_id: str,
        entry_id: str,
        *,
        wall: datetime,
        outcome: EntryState = EntryState.DONE,
        note: str = "",
        bindings: Mapping[str, str] | None = None,
    ) -> None:
        """Note how the entry ended (done, skipped, failed), with the bindings it made, in one transaction.

        Bumps the run's revision. Raises RunError for an entry that is finished already or unknown.
        """
        if outcome.is_open:
            raise ValueError(f"an entry cannot end as {outcome}")
        with self._database.writing() as connection:
            bump(connection, run_id)
            _open_entry(connection, run_id, entry_id)
            changes = {"state": outcome.value, "done_at": wall, "note": note}
            connection.execute(update(agenda).where(_ONE).values(**changes), {"run": run_id, "entry": entry_id})
            bind(connection, run_id, bindings or {})

    def progress(self, run_id: str) -> tuple[int, int]:
        """How many entries of the setting up are finished, and how many there are."""
        finished = func.coalesce(func.sum(case((_OPEN, 0), else_=1)), 0)
        asked = select(finished, func.count()).where(_RUN, agenda.c.phase == Phase.SETUP.value)
        with self._database.reading() as connection:
            done, total = connection.execute(asked, {"run": run_id}).one()
            return int(done), total

    def missed(self, run_id: str, *, most: int = 10) -> tuple[AgendaEntry, ...]:
        """Entries that could not be done, the newest first."""
        failed = select(*_COLUMNS).where(_RUN, agenda.c.state == EntryState.FAILED.value)
        asked = failed.order_by(agenda.c.done_at.desc()).limit(most)
        with self._database.reading() as connection:
            return tuple(_entry(row) for row in connection.execute(asked, {"run": run_id}))

    def entries(
        self, run_id: str, *, upcoming: bool | None = None, limit: int | None = None
    ) -> tuple[AgendaEntry, ...]:
        """Entries in order: the open ones (`upcoming` True), the finished ones (False), or all (None)."""
        asked = select(*_COLUMNS).where(_RUN).order_by(*_IN_ORDER).limit(limit)
        if upcoming is not None:
            asked = asked.where(_OPEN if upcoming else ~_OPEN)
        with self._database.reading() as connection:
            return tuple(_entry(row) for row in connection.execute(asked, {"run": run_id}))


def _insert(connection: Connection, run_id: str, new: list[AgendaEntry]) -> None:
    last = select(func.coalesce(func.max(agenda.c.sequence), 0)).where(agenda.c.run_id == run_id)
    first = connection.execute(last).scalar_one() + 1
    connection.execute(insert(agenda), [_row(run_id, entry, sequence) for sequence, entry in enumerate(new, first)])


def _open_entry(connection: Connection, run_id: str, entry_id: str) -> AgendaEntry:
    row = connection.execute(_LOCKED, {"run": run_id, "entry": entry_id}).first()
    if row is None:
        raise RunError(f"the agenda has no entry {entry_id!r}", where=run_id)
    entry = _entry(row)
    if not entry.state.is_open:
        raise RunError(f"the agenda's entry {entry_id!r} is {entry.state} already", where=run_id)
    return entry


def _row(run_id: str, entry: AgendaEntry, sequence: int) -> dict[str, Any]:
    return {
        "run_id": run_id,
        "id": entry.id,
        "at": entry.at,
        "priority": entry.priority,
        "sequence": sequence,
        "phase": Phase(entry.phase).value,
        "action": entry.action,
        "state": EntryState.WAITING.value,
        "attempts": 0,
        "note": entry.note,
    }


def _entry(row: Row[Any]) -> AgendaEntry:
    values = dict(row._mapping)
    values["phase"] = Phase(values["phase"])
    values["state"] = EntryState(values["state"])
    return AgendaEntry(**values)
