"""The history of a run: everything that its facts say, up to one simulated instant.

Pure and linear in the facts. Their order and repetition do not matter. Refuses to judge.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from types import MappingProxyType

from simulator.model.agile import StatusCategory
from simulator.model.facts import Fact
from simulator.model.history.at_work import DayCounts, days_at_work
from simulator.model.history.book import FactBook
from simulator.model.history.burndown import Burndown, burn_down
from simulator.model.history.checks import CheckRun
from simulator.model.history.code import Branch, Commit, DirectPush, Landing
from simulator.model.history.in_the_run import InTheRun
from simulator.model.history.lookups import Lookups
from simulator.model.history.pulls import PullRequest
from simulator.model.history.surroundings import Surroundings
from simulator.model.history.tracker import Issue, SprintRecord, SprintSpan
from simulator.model.history.tracker_lookups import USUAL_COLUMNS
from simulator.model.keys import IssueKey, SeatId, Sha
from simulator.model.people import Roster

WorkingTime = Callable[[datetime, datetime], timedelta]
_ONE_DAY = timedelta(days=1)
_ONE_HOUR = timedelta(hours=1)
_USUAL_DAY = timedelta(hours=8)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the board with the sprint's issues in that status."""

    status: str
    category: StatusCategory
    issues: tuple[Issue, ...]


@dataclass(frozen=True, kw_only=True)
class History(Lookups):
    """What happened in a run. All instants are simulated; make one with `History.of`."""

    roster: Roster
    project: str
    default_branch: str
    now: datetime
    sprint_start: datetime
    sprint_end: datetime
    sprint_days: Sequence[Sequence[datetime]] = field(default=(), repr=False)
    working_time: WorkingTime = field(repr=False)
    commits: Mapping[Sha, Commit] = field(repr=False)
    pulls: Mapping[int, PullRequest] = field(repr=False)
    branches: Mapping[str, Branch] = field(repr=False)
    landings: tuple[Landing, ...] = field(repr=False)
    direct_pushes: tuple[DirectPush, ...] = field(repr=False)
    issues: Mapping[IssueKey, Issue] = field(repr=False)
    sprints: Mapping[int, SprintRecord] = field(repr=False)
    run: InTheRun = field(default_factory=InTheRun, repr=False)
    checks: tuple[CheckRun, ...] = field(default=(), repr=False)
    surroundings: Surroundings = field(default_factory=Surroundings, repr=False)
    last_deeds: Mapping[SeatId, datetime] = field(default_factory=dict, repr=False)
    """When each person was last seen to do anything; who never was is left out."""
    alone: Mapping[Sha, Commit] = field(default_factory=dict, repr=False)
    """Commits of the default branch that came by no known pull request, where a past is looked back on (`sprintdojo lint`).

    A clone cannot tell a rebased pull request from a push: they are judged by themselves. Empty in a run, which knows its pushes.
    """

    names: Mapping[str, IssueKey] = field(default_factory=dict, repr=False)
    """Other names than their keys that texts call issues by, in lower case: `#62`, where a team's tracker counts so."""

    @classmethod
    def of(  # noqa: PLR0913 - the frame of a run, all by keyword
        cls,
        facts: Sequence[Fact],
        *,
        roster: Roster,
        project: str,
        default_branch: str,
        now: datetime,
        working_time: WorkingTime,
        sprint_start: datetime,
        sprint_end: datetime,
        seed_shas: Collection[str] = (),
        sprint_days: Sequence[Sequence[datetime]] = (),
        book: FactBook | None = None,
        names: Mapping[str, IssueKey] = MappingProxyType({}),
    ) -> History:
        """The history that the facts up to `now` tell.

        `working_time` measures between two simulated instants; `project` is the Jira project's key; `seed_shas` are the
        starter commits, if known (a push that makes the default branch is taken for one anyway); `sprint_days` are the ends of
        each sprint's working days, the first sprint first (without them they are reckoned from the run's bounds). With the
        `book` of the history before, made of the same roster and project, only what is new costs time. `names` are other names
        than keys that issues are called by, in lower case.
        """
        book = book or FactBook(
            roster, project=project, default_branch=default_branch, seed_shas=seed_shas, names=names
        )
        return cls(
            roster=roster,
            project=project,
            default_branch=default_branch,
            now=now,
            sprint_start=sprint_start,
            sprint_end=sprint_end,
            sprint_days=sprint_days,
            working_time=working_time,
            names=names,
            **book.read(facts, now=now),
        )

    # --- time ---------------------------------------------------------------------------------------------------

    @cached_property
    def day_length(self) -> timedelta:
        """Working time of the sprint's first day."""
        return self.working_time(self.sprint_start, self.sprint_start + _ONE_DAY) or _USUAL_DAY

    def working_hours(self, start: datetime, end: datetime) -> float:
        """Working hours between two instants, zero when `end` is not after `start`."""
        return self.working_time(start, end) / _ONE_HOUR

    def working_days(self, start: datetime, end: datetime) -> float:
        """Working days between two instants, in fractions."""
        return self.working_time(start, end) / self.day_length

    @property
    def is_over(self) -> bool:
        """Whether the sprint's last working hour has passed."""
        return self.now >= self.sprint_end

    def name_of(self, seat: SeatId | None) -> str:
        """A person's name, the seat itself for one who is not in the roster."""
        person = self.roster.people.get(seat) if seat else None
        return person.name if person else str(seat or "somebody")

    @cached_property
    def joined(self) -> tuple[SeatId, ...]:
        """The human seats that were seen to do anything; all of them while none was. Nobody waits for the others."""
        humans = tuple(person.seat for person in self.roster.humans())
        return tuple(seat for seat in humans if seat in self.last_deeds) or humans

    # --- the sprint ---------------------------------------------------------------------------------------------

    @cached_property
    def sprint(self) -> SprintRecord | None:
        """The sprint started last, None before the first start."""
        started = [sprint for sprint in self.sprints.values() if sprint.started_at]
        return max(started, key=lambda sprint: (sprint.started_at, sprint.id), default=None)

    def board(self) -> tuple[Column, ...]:
        """The board's columns from left to right, with the sprint's issues; all issues before a sprint has started."""
        columns = dict(USUAL_COLUMNS)
        for issue in self.issues.values():
            columns |= {state.status: state.category for _, state in issue.states() if state.status not in columns}
        shown = [issue for issue in self.issues.values() if self._is_on_board(issue)]
        rank = list(StatusCategory)
        return tuple(
            Column(status, category, tuple(issue for issue in shown if issue.state.status == status))
            for status, category in sorted(columns.items(), key=lambda column: rank.index(column[1]))
        )

    def _is_on_board(self, issue: Issue) -> bool:
        if issue.deleted_at or issue.type in {"Epic", "Sub-task"}:
            return False
        if self.sprint is None:
            return True
        gone = self.sprint.closed_at is not None and issue.key in self.sprint.committed | self.sprint.added
        return self.sprint.id in issue.state.sprints or gone

    def burndown(self, of: SprintRecord | None = None) -> Burndown | None:
        """A sprint's burndown as known now (that of the sprint started last), None before a sprint has started."""
        sprint = of or self.sprint
        if sprint is None or sprint.started_at is None:
            return None
        return burn_down(
            (issue for issue in self.issues.values() if not issue.deleted_at),
            sprint.id,
            start=sprint.started_at,
            day_ends=self._day_ends(sprint.started_at),
            now=min(self.now, sprint.closed_at or self.now),
            closing_at=sprint.closing_at,
            removed=sprint.removed,
        )

    def days_of(self, sprint: SprintSpan) -> Sequence[datetime]:
        """The ends of a sprint's working days, those to come too; none before it has started."""
        return self._day_ends(sprint.started_at) if sprint.started_at else ()

    def _day_ends(self, started: datetime) -> Sequence[datetime]:
        known = [ends for ends in self.sprint_days if ends and started < ends[-1]]
        return known[0] if known else self.reckoned_day_ends

    @cached_property
    def reckoned_day_ends(self) -> list[datetime]:
        """The ends of working days as the run's bounds give them, for a history that was told none."""
        days = (self.sprint_end - self.sprint_start) // _ONE_DAY + 1
        mornings = [self.sprint_start + n * _ONE_DAY for n in range(days)]
        return [
            min(morning + self.day_length, self.sprint_end)
            for morning in mornings
            if self.working_time(morning, morning + self.day_length)
        ]

    @cached_property
    def day_ends(self) -> tuple[datetime, ...]:
        """The ends of the run's working days that have begun by now, the first day's first."""
        ends = [end for sprint in self.sprint_days for end in sprint] or self.reckoned_day_ends
        begun = [end for end in ends if end <= self.now]
        return (*begun, *[end for end in ends if end > self.now][:1])

    @cached_property
    def at_work(self) -> Mapping[tuple[SeatId, int], DayCounts]:
        """(person, sprint) → on how many days of the sprint they pushed, and had an issue in progress; of those who ever did."""
        found: dict[tuple[SeatId, int], DayCounts] = {}
        for sprint in self.sprint_spans:
            start = sprint.started_at
            if start is None:
                continue
            ends, today = (
                [start, *(end for end in self.days_of(sprint) if end > start)],
                max(self.day_ends, default=start),
            )
            for seat in dict.fromkeys((*self.pushes_of, *self.held_by)):
                pushes, held = self.pushes_of.get(seat, ()), self.held_by.get(seat, ())
                found[seat, sprint.id] = days_at_work(pushes, held, ends=ends, today=today)
        return found

    @cached_property
    def days_over(self) -> tuple[datetime, ...]:
        """The ends of the run's working days that have passed."""
        return tuple(end for end in self.day_ends if end <= self.now)
