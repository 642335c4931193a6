"""What people say against the findings of runs: disputes and waivers. Each change is a new revision of its run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any, NotRequired, TypedDict, Unpack

from sqlalchemy import Connection, Row, Table, func, insert, select, update

from simulator.errors import RunError
from simulator.model.hygiene import DisputeState
from simulator.model.keys import SeatId
from simulator.model.objections import MOST_DISPUTES, MOST_WAIVERS, Dispute, GivenWaiver
from simulator.storage.database import Database
from simulator.storage.runs import bump
from simulator.storage.tables import disputes, waivers


class About(TypedDict):
    """Which finding is meant, when it was said, and why."""

    finding: str
    rule: str
    subject: str
    seat: SeatId | None
    reason: str
    at: datetime
    wall: datetime


class NewWaiver(About):
    """A waiver before it has a number."""

    sprint: int
    by: str
    dispute: NotRequired[int]


class NewDispute(About):
    """A dispute before it has a number."""

    message: str
    url: str


class Objections:
    """The waivers and disputes of a database's runs."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def waivers(self, run_id: str) -> tuple[GivenWaiver, ...]:
        """All waivers of a run in the order in which they were given, revoked ones too."""
        asked = select(*_columns(waivers, GivenWaiver)).where(waivers.c.run_id == run_id).order_by(waivers.c.number)
        with self._database.reading() as connection:
            return tuple(GivenWaiver(**row._mapping) for row in connection.execute(asked))

    def disputes(self, run_id: str) -> tuple[Dispute, ...]:
        """All disputes of a run, the oldest first."""
        asked = select(*_columns(disputes, Dispute)).where(disputes.c.run_id == run_id).order_by(disputes.c.number)
        with self._database.reading() as connection:
            return tuple(_dispute(row) for row in connection.execute(asked))

    def waive(self, run_id: str, **given: Unpack[NewWaiver]) -> int:
        """Write a waiver down and return its number; one that holds already stays as it is.

        Raises RunError when the learner has had as many in the sprint as there may be.
        """
        with self._database.writing() as connection:
            bump(connection, run_id)
            return _waive(connection, run_id, given)

    def revoke(self, run_id: str, finding: str, *, by: str, wall: datetime) -> None:
        """Take the waivers of a finding back. Raises RunError when none holds."""
        changes = {"revoked_at": wall, "revoked_by": by}
        with self._database.writing() as connection:
            bump(connection, run_id)
            holds = _of(waivers, run_id, finding) & waivers.c.revoked_at.is_(None)
            if not connection.execute(update(waivers).where(holds).values(**changes)).rowcount:
                raise RunError(
                    "that finding is not waived",
                    where=f"run {run_id}",
                    to_do="see `sprintdojo waivers` for those that are",
                )

    def dispute(self, run_id: str, **given: Unpack[NewDispute]) -> int:
        """Write a dispute down and return its number. Raises RunError when one is open on the finding, or there are too many."""
        with self._database.writing() as connection:
            bump(connection, run_id)
            is_open = disputes.c.state == DisputeState.OPEN.value
            if _count(connection, disputes, _of(disputes, run_id, given["finding"]) & is_open):
                raise RunError(
                    "that finding is disputed already", where=f"run {run_id}", to_do="see it with `sprintdojo disputes`"
                )
            if (
                _count(connection, disputes, (disputes.c.run_id == run_id) & (disputes.c.seat == given["seat"]))
                >= MOST_DISPUTES
            ):
                raise RunError(
                    f"there are {MOST_DISPUTES} disputes already, as many as there may be",
                    where=f"run {run_id}",
                    to_do="talk with your trainer about those",
                )
            number = _next(connection, disputes, run_id)
            row = {**given, "run_id": run_id, "number": number, "state": DisputeState.OPEN.value}
            connection.execute(insert(disputes), row)
            return number

    def withdraw(self, run_id: str, number: int, *, wall: datetime) -> None:
        """Take an open dispute back. Raises RunError when it is not open."""
        with self._database.writing() as connection:
            bump(connection, run_id)
            _settle(connection, run_id, number, state=DisputeState.WITHDRAWN, answered_at=wall)

    def decline(self, run_id: str, number: int, *, by: str, answer: str, wall: datetime) -> None:
        """Decline an open dispute, with a word. Raises RunError when it is not open."""
        with self._database.writing() as connection:
            bump(connection, run_id)
            _settle(connection, run_id, number, state=DisputeState.DECLINED, by=by, answer=answer, answered_at=wall)

    def accept(
        self, run_id: str, number: int, *, answer: str, case: Mapping[str, Any], **waiver: Unpack[NewWaiver]
    ) -> None:
        """Accept an open dispute and waive its finding, both or neither. Raises RunError when it is not open."""
        with self._database.writing() as connection:
            bump(connection, run_id)
            answered = {"by": waiver["by"], "answer": answer, "answered_at": waiver["wall"], "case": case}
            _settle(connection, run_id, number, state=DisputeState.ACCEPTED, **answered)
            _waive(connection, run_id, {**waiver, "dispute": number})


def _waive(connection: Connection, run_id: str, given: NewWaiver) -> int:
    holds = waivers.c.revoked_at.is_(None)
    known = connection.execute(select(waivers.c.number).where(_of(waivers, run_id, given["finding"]), holds)).scalar()
    if known is not None:
        if "dispute" in given:  # what the rule got wrong is not counted any more
            one = (waivers.c.run_id == run_id) & (waivers.c.number == known)
            connection.execute(update(waivers).where(one).values(dispute=given["dispute"]))
        return int(known)
    spent = holds & waivers.c.dispute.is_(None) & (waivers.c.run_id == run_id)
    spent &= (waivers.c.sprint == given["sprint"]) & (waivers.c.seat == given["seat"])
    if "dispute" not in given and _count(connection, waivers, spent) >= MOST_WAIVERS:
        raise RunError(
            f"{MOST_WAIVERS} findings of this learner are waived in this sprint, as many as there may be",
            where=f"run {run_id}",
            to_do="revoke one first; what the rule gets wrong the learner can dispute, which is not counted",
        )
    number = _next(connection, waivers, run_id)
    connection.execute(insert(waivers), {**given, "run_id": run_id, "number": number})
    return number


def _settle(connection: Connection, run_id: str, number: int, **changes: Any) -> None:
    changes["state"] = changes["state"].value
    one = (disputes.c.run_id == run_id) & (disputes.c.number == number)
    is_open = disputes.c.state == DisputeState.OPEN.value
    if not connection.execute(update(disputes).where(one, is_open).values(**changes)).rowcount:
        raise RunError(
            "that dispute is not open (any more)",
            where=f"run {run_id}",
            to_do="see what became of it: sprintdojo disputes",
        )


def _next(connection: Connection, table: Table, run_id: str) -> int:
    last = select(func.coalesce(func.max(table.c.number), 0)).where(table.c.run_id == run_id)
    return int(connection.execute(last).scalar_one()) + 1


def _count(connection: Connection, table: Table, where: Any) -> int:  # Any: an SQL expression
    return int(connection.execute(select(func.count()).select_from(table).where(where)).scalar_one())


def _of(table: Table, run_id: str, finding: str) -> Any:  # Any: an SQL expression
    return (table.c.run_id == run_id) & (table.c.finding == finding)


def _columns(table: Table, kind: type[GivenWaiver] | type[Dispute]) -> list[Any]:
    return [table.c[field.name] for field in fields(kind)]


def _dispute(row: Row[Any]) -> Dispute:
    return Dispute(**{**row._mapping, "state": DisputeState(row._mapping["state"])})
