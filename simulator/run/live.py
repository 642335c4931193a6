"""A run that is being worked on: its scenario read, its services connected, its timeline at hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from simulator.model.facts import Fact
from simulator.model.history import History
from simulator.model.keys import RunId
from simulator.model.people import Roster
from simulator.ports import Observer, Performer
from simulator.scenario.loaded import LoadedScenario, SprintWindow
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

    def history(self, facts: tuple[Fact, ...], *, now: datetime) -> History:
        """What happened up to a simulated instant, as rules and pages read it."""
        spec = self.scenario.spec
        return History.of(
            facts,
            roster=self.roster,
            project=spec.project.key,
            default_branch=spec.repository.default_branch,
            now=now,
            working_time=self.calendar.working_time,
            sprint_start=self.scenario.starts_at,
            sprint_end=self.scenario.ends_at,
            sprint_days=[self._day_ends(window) for window in self.scenario.sprints],
        )

    def _day_ends(self, window: SprintWindow) -> list[datetime]:
        days = range(window.first, window.last + 1)
        return [self.calendar.last_instant(self.first_day, day) for day in days]

    def elapsed(self, now: datetime) -> float:
        """Share of the sprint's working time that has passed, 0 to 1."""
        whole = self.calendar.working_time(self.scenario.starts_at, self.scenario.ends_at)
        return min(1.0, self.calendar.working_time(self.scenario.starts_at, now) / whole) if whole else 1.0


def _nothing() -> None:
    """What closing does where nothing is open."""


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
    close: Callable[[], None] = _nothing  # ends its connections
    judged_at: datetime | None = None  # simulated: when it was last scored
