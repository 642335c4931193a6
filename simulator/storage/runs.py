"""Runs, the segments of their timelines, and their bindings."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NotRequired, TypedDict, Unpack

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from simulator.errors import RunError, UnknownRun
from simulator.model.runs import Journey, Run, RunState, WhileAway
from simulator.storage import upserts
from simulator.storage.database import Database, take_turn
from simulator.storage.tables import bindings, runs, segments
from simulator.timekeeping.timeline import Segment

_SCENARIO_ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,68}[a-z0-9])?", re.ASCII)
_COLUMNS = [runs.c[name] for name in Run.__slots__]
_CHANGEABLE = frozenset(Run.__slots__) - {"id", "scenario_id", "revision", "created_at", "seed"}
_GET = select(*_COLUMNS).where(runs.c.id == bindparam("run"))
_REVISION = select(runs.c.revision).where(runs.c.id == bindparam("run"))
_BUMP = (
    update(runs).where(runs.c.id == bindparam("run")).values(revision=runs.c.revision + 1).returning(runs.c.revision)
)
_HOLD = select(runs.c.id).where(runs.c.id == bindparam("run")).with_for_update()
_BINDINGS = (
    select(bindings.c.name, bindings.c.value).where(bindings.c.run_id == bindparam("run")).order_by(bindings.c.name)
)
_TOUCH = update(runs).where(runs.c.id == bindparam("run")).values(seen_at=bindparam("wall"))


class NewRun(TypedDict):
    """What is known of a run when it is made; the meanings are those of Run."""

    title: str
    scenario_path: str
    seed: int
    services: Mapping[str, Any]
    emulated: bool
    pace_s: float
    starts_paused: NotRequired[bool]
    while_away: NotRequired[WhileAway]


class Runs:
    """The runs of a database, by id."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, *, scenario_id: str, wall: datetime, **given: Unpack[NewRun]) -> Run:
        """A new run in preparation, its id the scenario's and the next number of that scenario: `first-sprint-1`."""
        if not _SCENARIO_ID.fullmatch(scenario_id):
            raise RunError(
                f"{scenario_id[:80]!r} cannot name a run",
                to_do="give the scenario an id of at most 70 small letters, digits and hyphens",
            )
        with self._database.writing() as connection:
            take_turn(connection, "runs")
            row = new_row(connection, scenario_id, wall)
            connection.execute(insert(runs), {**row, **given})
            return _get(connection, row["id"])

    def get(self, run_id: str) -> Run:
        """A run. Raises UnknownRun, which names the nearest ids."""
        with self._database.reading() as connection:
            return _get(connection, run_id)

    def all(self) -> tuple[Run, ...]:
        """All runs, the newest first."""
        with self._database.reading() as connection:
            return tuple(_run(row) for row in connection.execute(select(*_COLUMNS).order_by(runs.c.ordinal.desc())))

    def relatives(self, run: Run, *, most: int = 20) -> tuple[str, ...]:
        """The ids of the runs that came of this one, that it came of, or that came of the same; the newest first."""
        family = [ancestor for ancestor in (run.id, run.branched_from) if ancestor]
        kin = (runs.c.id.in_(family) | runs.c.branched_from.in_(family)) & (runs.c.id != run.id)
        with self._database.reading() as connection:
            asked = select(runs.c.id).where(kin).order_by(runs.c.ordinal.desc()).limit(most)
            return tuple(connection.execute(asked).scalars())

    def current(self) -> Run | None:
        """The newest run that is not finished, else the one that ended last, None when there is none."""
        finished = (runs.c.state == RunState.FINISHED).cast(runs.c.number.type)
        newest = (
            select(*_COLUMNS).order_by(finished, runs.c.finished_at.desc().nulls_last(), runs.c.ordinal.desc()).limit(1)
        )
        with self._database.reading() as connection:
            row = connection.execute(newest).first()
            return _run(row) if row else None

    def update(self, run_id: str, *, expected_revision: int | None = None, **changes: Any) -> Run:
        """Change fields of a run and bump its revision.

        With `expected_revision`, raises RunError when the run has another one by now, and changes nothing. Raises
        UnknownRun, and TypeError for a field that cannot be changed.
        """
        with self._database.writing() as connection:
            revision = bump(connection, run_id)
            if expected_revision is not None and revision != expected_revision + 1:
                raise RunError(
                    f"the run has changed meanwhile (revision {revision - 1}, not {expected_revision})",
                    where=run_id,
                    to_do="read it again, then decide anew",
                )
            _change(connection, run_id, changes)
            return _get(connection, run_id)

    def touch(self, run_id: str, wall: datetime) -> None:
        """Note that a process keeps the run going, without a new revision."""
        with self._database.writing() as connection:
            if not connection.execute(_TOUCH, {"run": run_id, "wall": wall}).rowcount:
                raise _unknown(connection, run_id)

    def touch_all(self, wall: datetime, *, seen_since: datetime) -> None:
        """Note the same for every run that goes on and was last seen after an instant: the others were alone for too long."""
        going = runs.c.state.in_([state.value for state in (RunState.PREPARING, RunState.RUNNING, RunState.PAUSED)])
        stale = runs.c.seen_at < wall
        with self._database.writing() as connection:
            connection.execute(update(runs).where(going, stale, runs.c.seen_at > seen_since).values(seen_at=wall))

    def revision(self, run_id: str) -> int:
        """The run's revision: what an ETag of its pages is made of."""
        with self._database.reading() as connection:
            found = connection.execute(_REVISION, {"run": run_id}).scalar()
            return found if found is not None else _get(connection, run_id).revision

    def segments(self, run_id: str) -> tuple[Segment, ...]:
        """The run's timeline, in order; empty before it began."""
        columns = (segments.c.wall_start, segments.c.simulated_start, segments.c.rate)
        asked = select(*columns).where(segments.c.run_id == run_id).order_by(segments.c.number)
        with self._database.reading() as connection:
            return tuple(Segment(*row) for row in connection.execute(asked))

    def add_segment(self, run_id: str, segment: Segment, **changes: Any) -> None:
        """Continue the run's timeline, change fields of the run with it as `update` does, all or nothing; bump its revision."""
        with self._database.writing() as connection:
            bump(connection, run_id)
            _change(connection, run_id, changes)
            last = select(func.coalesce(func.max(segments.c.number), 0)).where(segments.c.run_id == run_id)
            row = {
                "run_id": run_id,
                "number": connection.execute(last).scalar_one() + 1,
                "wall_start": segment.wall_start,
                "simulated_start": segment.simulated_start,
                "rate": segment.rate,
            }
            connection.execute(insert(segments), row)

    def bindings(self, run_id: str) -> dict[str, str]:
        """What the scenario's own ids became on the services."""
        with self._database.reading() as connection:
            return dict(connection.execute(_BINDINGS, {"run": run_id}).tuples().all())

    def bind(self, run_id: str, made: Mapping[str, str]) -> None:
        """Add bindings, a known name getting its new value, and bump the revision."""
        if made:
            with self._database.writing() as connection:
                bump(connection, run_id)
                bind(connection, run_id, made)


def hold(connection: Connection, run_id: str) -> None:
    """Keep other writers of a run out until the transaction ends. Raises UnknownRun."""
    if connection.execute(_HOLD, {"run": run_id}).first() is None:
        raise _unknown(connection, run_id)


def bump(connection: Connection, run_id: str) -> int:
    """Give a run its next revision inside a transaction, which also holds it. Raises UnknownRun."""
    revision = connection.execute(_BUMP, {"run": run_id}).scalar()
    return revision if revision is not None else _get(connection, run_id).revision


def _change(connection: Connection, run_id: str, changes: dict[str, Any]) -> None:
    if wrong := changes.keys() - _CHANGEABLE:
        raise TypeError(f"a run's {', '.join(sorted(wrong))} cannot be changed")
    if "journey" in changes:
        changes["journey"] = _packed(changes["journey"])
    if changes:
        connection.execute(update(runs).where(runs.c.id == run_id).values(**changes))


def bind(connection: Connection, run_id: str, made: Mapping[str, str]) -> None:
    """Add bindings inside a transaction."""
    rows = [{"run_id": run_id, "name": name, "value": value} for name, value in made.items()]
    if rows:
        connection.execute(upserts.replacing(connection, bindings, "value"), rows)


def new_row(connection: Connection, scenario_id: str, wall: datetime) -> dict[str, Any]:
    last = connection.execute(select(func.coalesce(func.max(runs.c.ordinal), 0))).scalar_one()
    of_scenario = select(func.coalesce(func.max(runs.c.number), 0)).where(runs.c.scenario_id == scenario_id)
    number = connection.execute(of_scenario).scalar_one() + 1
    return {
        "id": f"{scenario_id}-{number}",
        "ordinal": last + 1,
        "number": number,
        "scenario_id": scenario_id,
        "state": RunState.PREPARING,
        "created_at": wall,
        "seen_at": wall,
        "revision": 1,
        "starts_paused": False,
    }


def _get(connection: Connection, run_id: str) -> Run:
    row = connection.execute(_GET, {"run": run_id}).first()
    if row is None:
        raise _unknown(connection, run_id)
    return _run(row)


def _run(row: Row[Any]) -> Run:
    fields = dict(row._mapping)
    fields["state"] = RunState(fields["state"])
    fields["while_away"] = WhileAway(fields["while_away"] or WhileAway.AUTO)
    fields["journey"] = _unpacked(fields["journey"])
    return Run(**fields)


def _packed(journey: Journey | None) -> dict[str, str | None] | None:
    if journey is None:
        return None
    instants = {"to": journey.to, "since": journey.since, "back": journey.back}
    return {name: instant.isoformat() if instant else None for name, instant in instants.items()}


def _unpacked(kept: Mapping[str, str | None] | None) -> Journey | None:
    if kept is None or kept["to"] is None:
        return None
    since, back = (datetime.fromisoformat(text) if text else None for text in (kept["since"], kept["back"]))
    return Journey(to=datetime.fromisoformat(kept["to"]), since=since, back=back)


def _unknown(connection: Connection, run_id: str) -> UnknownRun:
    known = list(connection.execute(select(runs.c.id).order_by(runs.c.ordinal.desc()).limit(500)).scalars())
    near = difflib.get_close_matches(run_id, known, n=3, cutoff=0.5) or known[:3]
    to_do = f"the nearest: {', '.join(near)}" if near else "start one first: sprintdojo start SCENARIO"
    return UnknownRun(f"there is no run {run_id[:80]!r}", to_do=to_do)
