"""What is kept of runs, gathered, and the way of a plan into an agenda."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from simulator.model.actions import pack
from simulator.model.agenda import AgendaEntry, Phase
from simulator.plan.compile import TimedAction
from simulator.storage.agenda import AgendaRows
from simulator.storage.database import Database
from simulator.storage.facts import Facts
from simulator.storage.objections import Objections
from simulator.storage.runs import Runs
from simulator.storage.scorecards import Scorecards
from simulator.storage.snapshots import Snapshots


@dataclass(frozen=True, slots=True)
class Shelf:
    """The stores of one database."""

    runs: Runs
    agenda: AgendaRows
    facts: Facts
    scorecards: Scorecards
    snapshots: Snapshots
    objections: Objections


def open_shelf(database: Database) -> Shelf:
    """The stores over a database whose schema is current."""
    return Shelf(
        Runs(database),
        AgendaRows(database),
        Facts(database),
        Scorecards(database),
        Snapshots(database),
        Objections(database),
    )


def entries_of(timed: Iterable[TimedAction], *, phase: Phase) -> list[AgendaEntry]:
    """Agenda entries for timed actions, in their order."""
    return [
        AgendaEntry(id=t.id, at=t.at, priority=t.priority, sequence=n, phase=phase, action=pack(t.action))
        for n, t in enumerate(timed)
    ]
