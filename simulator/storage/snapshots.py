"""The rows of runs as they stood when a day began: kept, brought back, and copied into another run.

Facts, agenda entries, segments and scorecards only grow, so a state of them is the number of the last one; what changes in
place is kept whole: which entries were open, the bindings, the cursor. Refuses to know the services' own states.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Table, Text, delete, func, insert, literal, select, type_coerce, update

from simulator.model.agenda import EntryState
from simulator.model.runs import Run
from simulator.storage import upserts
from simulator.storage.database import Database, take_turn
from simulator.storage.runs import bump, hold, new_row
from simulator.storage.tables import (
    Json,
    Words,
    agenda,
    bindings,
    cursors,
    disputes,
    facts,
    runs,
    scorecards,
    segments,
    snapshots,
    waivers,
)

_GROWING = (
    ("facts", facts, facts.c.sequence),
    ("agenda", agenda, agenda.c.sequence),
    ("segments", segments, segments.c.number),
    ("scorecards", scorecards, scorecards.c.number),
)
_SAID = (waivers, disputes)
"""What people said, by the simulated instant at which they did."""
_OPEN = agenda.c.state.in_([state.value for state in EntryState if state.is_open])
_AS_WAITING: Mapping[str, Any] = {
    "state": EntryState.WAITING.value,
    "begun_at": None,
    "done_at": None,
    "attempts": 0,
    "note": "",
}
_CHUNK = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySnapshot:
    """A run as a working day began, or at any instant (`day` 0): at the wall's `wall`, which was the simulated `simulated`."""

    day: int
    wall: datetime
    simulated: datetime
    facts: int
    agenda: int
    segments: int
    scorecards: int
    open: tuple[str, ...]
    bindings: Mapping[str, str]
    cursor: Mapping[str, Any]


class Snapshots:
    """The kept states of a database's runs."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, run_id: str, *, day: int, wall: datetime, simulated: datetime) -> DaySnapshot:
        """Keep the present rows of a run as the beginning of a day, in place of an earlier state of that day."""
        with self._database.writing() as connection:
            hold(connection, run_id)
            made = _present(connection, run_id, day=day, wall=wall, simulated=simulated)
            names = [column.name for column in snapshots.c if not column.primary_key]
            connection.execute(upserts.replacing(connection, snapshots, *names), _row(run_id, made))
            return made

    def all(self, run_id: str) -> tuple[DaySnapshot, ...]:
        """The states of a run that can be brought back, the earliest day first."""
        asked = select(*_COLUMNS).where(snapshots.c.run_id == run_id).order_by(snapshots.c.day)
        with self._database.reading() as connection:
            return tuple(_snapshot(row._mapping) for row in connection.execute(asked))

    def days(self, run_id: str) -> tuple[int, ...]:
        """The days whose beginnings are kept, the earliest first."""
        asked = select(snapshots.c.day).where(snapshots.c.run_id == run_id).order_by(snapshots.c.day)
        with self._database.reading() as connection:
            return tuple(connection.execute(asked).scalars())

    def bring_back(self, run_id: str, kept: DaySnapshot, **changes: Any) -> None:
        """Take away what a run has beyond a state, later states with it, and change fields of the run, all in one transaction."""
        with self._database.writing() as connection:
            bump(connection, run_id)
            for name, table, number in _GROWING:
                connection.execute(delete(table).where(table.c.run_id == run_id, number > getattr(kept, name)))
            for table in _SAID:
                connection.execute(delete(table).where(table.c.run_id == run_id, table.c.at > kept.simulated))
            connection.execute(delete(snapshots).where(snapshots.c.run_id == run_id, snapshots.c.day > kept.day))
            _set_back(connection, run_id, kept)
            if changes:
                connection.execute(update(runs).where(runs.c.id == run_id).values(**changes))

    def branch(self, run: Run, kept: DaySnapshot, *, wall: datetime, **changes: Any) -> str:
        """A further run of the same scenario whose rows are those of a state of this one; its id.

        Addresses in what is copied lead to the new run's own site. `changes` are fields that the new run has for itself.
        """
        with self._database.writing() as connection:
            take_turn(connection, "runs")
            row = connection.execute(select(runs).where(runs.c.id == run.id)).mappings().one()
            fresh = new_row(connection, run.scenario_id, wall)
            connection.execute(insert(runs), {**row, **fresh, **changes})
            for name, table, number in _GROWING:
                _copy(connection, table, run.id, fresh["id"], number <= getattr(kept, name))
            for table in _SAID:
                _copy(connection, table, run.id, fresh["id"], table.c.at <= kept.simulated)
            _set_back(connection, fresh["id"], _elsewhere(kept, run.id, fresh["id"]))
            own = (facts.c.run_id == fresh["id"]) & (facts.c.subject == f"run:{run.id}")
            connection.execute(update(facts).where(own).values(subject=f"run:{fresh['id']}"))
            return str(fresh["id"])

    def inherit(self, run_id: str, *, of: str, days: Collection[int]) -> None:
        """Let a run that was made by `branch` go back to days that the other one kept, too."""
        kept = [_row(run_id, _elsewhere(found, of, run_id)) for found in self.all(of) if found.day in days]
        if kept:
            with self._database.writing() as connection:
                connection.execute(insert(snapshots), kept)

    def present(self, run_id: str, *, wall: datetime, simulated: datetime) -> DaySnapshot:
        """The rows of a run as they are now, without keeping that."""
        with self._database.reading() as connection:
            return _present(connection, run_id, day=0, wall=wall, simulated=simulated)


_COLUMNS = [snapshots.c[field.name] for field in fields(DaySnapshot)]


def _present(connection: Connection, run_id: str, *, day: int, wall: datetime, simulated: datetime) -> DaySnapshot:
    last = {
        name: connection.execute(
            select(func.coalesce(func.max(number), 0)).where(table.c.run_id == run_id)
        ).scalar_one()
        for name, table, number in _GROWING
    }
    still_open = select(agenda.c.id).where(agenda.c.run_id == run_id, _OPEN).order_by(agenda.c.sequence)
    known = select(bindings.c.name, bindings.c.value).where(bindings.c.run_id == run_id).order_by(bindings.c.name)
    return DaySnapshot(
        day=day,
        wall=wall,
        simulated=simulated,
        open=tuple(connection.execute(still_open).scalars()),
        bindings=dict(connection.execute(known).tuples().all()),
        cursor=connection.execute(select(cursors.c.cursor).where(cursors.c.run_id == run_id)).scalar() or {},
        **last,
    )


def _set_back(connection: Connection, run_id: str, kept: DaySnapshot) -> None:
    """What changes in place, as it was: the agenda's open entries, the bindings, the cursor. Time stands there."""
    for some in _chunks(kept.open):
        asked = update(agenda).where(agenda.c.run_id == run_id, agenda.c.id.in_(some))
        connection.execute(asked.values(**_AS_WAITING))
    connection.execute(delete(bindings).where(bindings.c.run_id == run_id))
    rows = [{"run_id": run_id, "name": name, "value": value} for name, value in kept.bindings.items()]
    if rows:
        connection.execute(insert(bindings), rows)
    connection.execute(delete(cursors).where(cursors.c.run_id == run_id))
    connection.execute(insert(cursors), {"run_id": run_id, "cursor": kept.cursor})
    standing = {"wall_start": kept.wall, "simulated_start": kept.simulated, "rate": 0.0}
    connection.execute(insert(segments), {"run_id": run_id, "number": kept.segments + 1, **standing})


def _elsewhere(kept: DaySnapshot, source: str, target: str) -> DaySnapshot:
    """The same state with the addresses of another run's site."""
    before, after = f"/sites/{source}/", f"/sites/{target}/"
    moved = {name: value.replace(before, after) for name, value in kept.bindings.items()}
    cursor = json.loads(json.dumps(kept.cursor).replace(before, after))
    return replace(kept, bindings=moved, cursor=cursor)


def _chunks(ids: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for start in range(0, len(ids), _CHUNK):
        yield ids[start : start + _CHUNK]


def _copy(connection: Connection, table: Table, source: str, target: str, where: Any) -> None:
    others = [column for column in table.c if column is not table.c.run_id]
    values = [_led(column, source, target) for column in others]
    rows = select(literal(target).label("run_id"), *values).where(table.c.run_id == source, where)
    connection.execute(insert(table).from_select([table.c.run_id, *others], rows))


def _led(column: Column[Any], source: str, target: str) -> Any:  # Any: an SQL expression
    """A column whose texts name the target's site where they named the source's."""
    if not isinstance(column.type, Json | Words):
        return column
    return func.replace(type_coerce(column, Text), f"/sites/{source}/", f"/sites/{target}/")


def _row(run_id: str, kept: DaySnapshot) -> dict[str, Any]:
    return {"run_id": run_id, **{field.name: getattr(kept, field.name) for field in fields(DaySnapshot)}}


def _snapshot(row: Any) -> DaySnapshot:  # Any: SQLAlchemy's mapping of a row
    return DaySnapshot(**{**row, "open": tuple(row["open"])})
