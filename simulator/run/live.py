"""A run that is being worked on: its scenario read, its services connected, its timeline at hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from simulator.hygiene.linter import Scorer
from simulator.model.facts import Fact
from simulator.model.history import FactBook, History
from simulator.model.hygiene import Scorecard
from simulator.model.keys import RunId, SeatId
from simulator.model.people import Roster
from simulator.plan.words.wordings import Table, Wordings
from simulator.ports import Observer, Performer
from simulator.scenario.loaded import LoadedScenario
from simulator.scenario.view import View, book_of, history_of
from simulator.timekeeping.timeline import Timeline
from simulator.timekeeping.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class Story:
    """What a scenario says, as the engine and the pages need it. All instants are simulated."""

    scenario: LoadedScenario

    @property
    def roster(self) -> Roster:
        """The people."""
        return self.scenario.roster

    @property
    def calendar(self) -> WorkCalendar:
        """Working days and hours."""
        return self.scenario.calendar

    @property
    def first_day(self) -> date:
        """The first working day."""
        return self.scenario.first_day

    def book(self) -> FactBook:
        """An empty book for the facts of a run."""
        return book_of(self.scenario)

    def history(self, facts: tuple[Fact, ...], *, now: datetime, book: FactBook | None = None) -> History:
        """What happened up to a simulated instant, as rules and pages read it; with the book of the one before, quicker."""
        return history_of(self.scenario, facts, now=now, book=book)

    def elapsed(self, now: datetime) -> float:
        """Share of the sprint's working time that has passed, 0 to 1."""
        whole = self.calendar.working_time(self.scenario.starts_at, self.scenario.ends_at)
        return min(1.0, self.calendar.working_time(self.scenario.starts_at, now) / whole) if whole else 1.0


def _nothing() -> None:
    """What resting and closing do where nothing is open."""


@dataclass(slots=True, kw_only=True)
class Live:
    """A run in the hands of the engine. `timeline` changes as the clock is steered."""

    run_id: RunId
    seed: int
    story: Story
    performer: Performer
    observer: Observer
    timeline: Timeline
    seen_until: datetime  # wall: everything up to here has been looked at
    rest: Callable[[], None] = _nothing  # lets go of connections until they are needed again
    close: Callable[[], None] = _nothing  # ends its connections
    wordings: Wordings = field(default_factory=Table)  # how colleagues find their words
    judged_at: datetime | None = None  # simulated: when it was last scored
    emulated: bool = False  # whether its services are ours
    days_kept: int = 0  # the last day whose beginning is kept
    watched_at: datetime | None = None  # simulated: when its moments were last looked at
    known: View | None = None  # as it was last read, by run/knowing.py
    book: FactBook | None = None  # its facts as they add up so far, by run/knowing.py
    scorer: Scorer | None = None  # what was judged so far, by run/judge.py
    cards: Mapping[SeatId | None, Scorecard] = field(default_factory=dict)  # the last ones, by run/judge.py
    looked_at: Mapping[SeatId | None, Scorecard] = field(default_factory=dict)  # as they were at each seat's last check
    stirred_at: datetime | None = None  # wall: when something new was learnt
    spoken_of: Mapping[SeatId | None, Scorecard] | None = None  # the cards that the coach has commented on
    silent_until: datetime | None = None  # wall: when the coach may comment again
    speaks_at: datetime | None = None  # wall: when it will, None when it has nothing to say
    waiting: dict[str, datetime] | None = None  # events that wait on the agenda, by run/happenings.py
    offered: set[str] = field(default_factory=set)  # ids of entries that were put on the agenda already
