"""What is known of a run at one simulated instant, for whoever decides something by it: conditions, moments, colleagues.

Refuses to decide anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from simulator.model.facts import Fact
from simulator.model.history import FactBook, History, Issue, PullRequest
from simulator.model.keys import IssueKey, IssueRef, PullRef, SeatId
from simulator.ports import Bindings
from simulator.timekeeping.workdays import WorkCalendar

if TYPE_CHECKING:
    from simulator.scenario.loaded import LoadedScenario


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A run at `history.now`. `facts` are all that are known then, in the order in which they were learnt."""

    scenario: LoadedScenario
    history: History
    facts: Sequence[Fact]
    bindings: Bindings
    seed: int
    me: SeatId | None = None
    """Whose eyes it is seen with: the seat of a persona; None: nobody's in particular."""

    @property
    def now(self) -> datetime:
        """The simulated instant."""
        return self.history.now

    def key(self, issue: str) -> IssueKey | None:
        """The key of an issue that the scenario names by its id (or that is written `=KEY`), None before it was created."""
        if issue.startswith("="):
            return IssueKey(issue[1:])
        found = self.bindings.get(f"issue:{IssueRef(issue)}")
        return IssueKey(found) if found else None

    def issue(self, issue: str) -> Issue | None:
        """The issue that the scenario names by its id (or that is written `=KEY`), None before it was created."""
        key = self.key(issue)
        return self.history.issues.get(key) if key else None

    def pull(self, pull: str) -> PullRequest | None:
        """The pull request that the scenario names by its id (or that is written `#7`), None before it was opened."""
        number = PullRef(pull)[1:] if pull.startswith("#") else self.bindings.get(f"pull:{pull}")
        return self.history.pulls.get(int(number)) if number and number.isdecimal() else None

    def is_human(self, seat: SeatId | None) -> bool:
        """Whether a human learner sits there."""
        return self.history.roster.is_human_seat(seat)

    def later(self, instant: datetime, length: timedelta) -> datetime:
        """Some working time after an instant."""
        return _later(self.scenario.calendar, instant, length)

    def worked(self, start: datetime, end: datetime | None = None) -> timedelta:
        """Working time from an instant to another one, or to now."""
        return self.history.working_time(start, end or self.now)


@lru_cache(maxsize=20_000)
def _later(calendar: WorkCalendar, instant: datetime, length: timedelta) -> datetime:
    return calendar.add_working_time(instant, length)


def book_of(scenario: LoadedScenario) -> FactBook:
    """An empty book for the facts of one of its runs."""
    spec = scenario.spec
    return FactBook(scenario.roster, project=spec.project.key, default_branch=spec.repository.default_branch)


def history_of(
    scenario: LoadedScenario, facts: Sequence[Fact], *, now: datetime, book: FactBook | None = None
) -> History:
    """What happened up to a simulated instant, as rules, conditions and pages read it; `book` as `book_of` made it."""
    spec, calendar = scenario.spec, scenario.calendar
    return History.of(
        facts,
        roster=scenario.roster,
        project=spec.project.key,
        default_branch=spec.repository.default_branch,
        now=now,
        working_time=calendar.working_time,
        sprint_start=scenario.starts_at,
        sprint_end=scenario.ends_at,
        sprint_days=[
            [calendar.last_instant(scenario.first_day, day) for day in range(window.first, window.last + 1)]
            for window in scenario.sprints
        ],
        book=book or book_of(scenario),
    )
