"""The history of a run: everything that its facts say, up to one simulated instant.

Pure and linear in the facts. Their order and repetition do not matter. Refuses to judge.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from simulator.model.agile import StatusCategory
from simulator.model.facts import Fact
from simulator.model.history.activity import code_activity
from simulator.model.history.book import FactBook
from simulator.model.history.burndown import Burndown, burn_down
from simulator.model.history.checks import CheckRun
from simulator.model.history.code import Branch, Commit, DirectPush, Landing, PullRequest, ReviewRequest
from simulator.model.history.in_the_run import InTheRun
from simulator.model.history.links import WorkStart, work_starts
from simulator.model.history.mailmap import mapped_addresses
from simulator.model.history.planning import planners_of
from simulator.model.history.smart import SmartCommand, last_commands, smart_commands
from simulator.model.history.speech import Said, everything_said
from simulator.model.history.steps import Step, steps_by_hour
from simulator.model.history.surroundings import Surroundings
from simulator.model.history.tracker import Issue, SprintRecord
from simulator.model.history.waiting import Waiting, waiting_of
from simulator.model.keys import IssueKey, SeatId, Sha, issue_keys_in
from simulator.model.people import Roster

WorkingTime = Callable[[datetime, datetime], timedelta]
_ONE_DAY = timedelta(days=1)
_USUAL_DAY = timedelta(hours=8)
_USUAL_COLUMNS = {
    "To Do": StatusCategory.TO_DO,
    "In Progress": StatusCategory.IN_PROGRESS,
    "In Review": StatusCategory.IN_PROGRESS,
    "Done": StatusCategory.DONE,
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the board with the sprint's issues in that status."""

    status: str
    category: StatusCategory
    issues: tuple[Issue, ...]


@dataclass(frozen=True, kw_only=True)
class History:
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
    ) -> History:
        """The history that the facts up to `now` tell.

        `working_time` measures between two simulated instants; `project` is the Jira project's key; `seed_shas` are the
        starter commits, if known (a push that makes the default branch is taken for one anyway); `sprint_days` are the ends of
        each sprint's working days, the first sprint first (without them they are reckoned from the run's bounds). With the
        `book` of the history before, made of the same roster and project, only what is new costs time.
        """
        book = book or FactBook(roster, project=project, default_branch=default_branch, seed_shas=seed_shas)
        return cls(
            roster=roster,
            project=project,
            default_branch=default_branch,
            now=now,
            sprint_start=sprint_start,
            sprint_end=sprint_end,
            sprint_days=sprint_days,
            working_time=working_time,
            **book.read(facts, now=now),
        )

    # --- time ---------------------------------------------------------------------------------------------------

    @cached_property
    def day_length(self) -> timedelta:
        """Working time of the sprint's first day."""
        return self.working_time(self.sprint_start, self.sprint_start + _ONE_DAY) or _USUAL_DAY

    def working_hours(self, start: datetime, end: datetime) -> float:
        """Working hours between two instants, zero when `end` is not after `start`."""
        return self.working_time(start, end) / timedelta(hours=1)

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
        columns = dict(_USUAL_COLUMNS)
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

    def days_of(self, sprint: SprintRecord) -> Sequence[datetime]:
        """The ends of a sprint's working days, those to come too; none before it has started."""
        return self._day_ends(sprint.started_at) if sprint.started_at else ()

    @cached_property
    def planners(self) -> Mapping[int, tuple[SeatId, ...]]:
        """Sprint → who planned it."""
        return planners_of(self.sprints, self.issues.values(), self.run.prompts.values())

    @cached_property
    def waiting(self) -> Mapping[SeatId, tuple[Waiting, ...]]:
        """Seat → the issues that waited for them, to do, and from when to when."""
        return waiting_of(self.issues.values())

    def _day_ends(self, started: datetime) -> Sequence[datetime]:
        known = [ends for ends in self.sprint_days if ends and started < ends[-1]]
        return known[0] if known else self._reckoned_day_ends()

    def _reckoned_day_ends(self) -> list[datetime]:
        days = (self.sprint_end - self.sprint_start) // _ONE_DAY + 1
        mornings = [self.sprint_start + n * _ONE_DAY for n in range(days)]
        return [
            min(morning + self.day_length, self.sprint_end)
            for morning in mornings
            if self.working_time(morning, morning + self.day_length)
        ]

    @cached_property
    def said(self) -> tuple[Said, ...]:
        """Everything that people said, wherever they said it, oldest first."""
        return everything_said(self.issues.values(), self.pulls.values(), self.run)

    # --- links --------------------------------------------------------------------------------------------------

    def keys_in(self, text: str) -> tuple[IssueKey, ...]:
        """Keys of existing issues of the project in a text, in order."""
        return tuple(key for key in issue_keys_in(text, projects=(self.project,)) if key in self.issues)

    @cached_property
    def work_starts(self) -> Mapping[IssueKey, WorkStart]:
        """Issue → when its first code was made, and whose its code is."""
        topic = (commit for commit in self.commits.values() if commit.branch != self.default_branch)
        return work_starts(self.branches.values(), topic, self.pulls.values(), keys_in=self.keys_in)

    @cached_property
    def pulls_of(self) -> Mapping[IssueKey, tuple[PullRequest, ...]]:
        """Issue → the pull requests that name it in their branch or title; issues without one are left out."""
        named: dict[IssueKey, list[PullRequest]] = {}
        for pull in self.pulls.values():
            for key in self.keys_in(f"{pull.head} {pull.title}"):
                named.setdefault(key, []).append(pull)
        return {key: tuple(pulls) for key, pulls in named.items()}

    @cached_property
    def landed_for(self) -> Mapping[IssueKey, tuple[str, ...]]:
        """Issue → what landed for it: `#7` for merged pull requests that name it anywhere, short names of other commits."""
        found: dict[IssueKey, dict[str, None]] = {}
        for pull in self.pulls.values():
            if pull.merged_at is not None:
                text = " ".join([pull.head, pull.title, pull.body, *(commit.message for commit in pull.commits)])
                for key in self.keys_in(text):
                    found.setdefault(key, {})[f"#{pull.number}"] = None
        for landing in self.landings:
            for key in self.keys_in(landing.message):
                named = [f"#{number}" for number in landing.pulls] or [landing.sha[:7]]
                found.setdefault(key, {}).update(dict.fromkeys(named))
        return {key: tuple(named) for key, named in found.items()}

    @cached_property
    def activity_of(self) -> Mapping[IssueKey, tuple[datetime, ...]]:
        """Issue → when something happened to its code, in order; issues without code are left out."""
        return code_activity(self.commits.values(), self.pulls.values(), keys_in=self.keys_in)

    @cached_property
    def board_steps(self) -> Mapping[tuple[SeatId, int], tuple[Step, ...]]:
        """(person, hour) → the changes of issues' statuses that the person made in that hour."""
        return steps_by_hour(self.issues.values())

    @cached_property
    def children_of(self) -> Mapping[str, tuple[Issue, ...]]:
        """Key of an issue → its sub-tasks, or an epic's issues; issues without any are left out."""
        found: dict[str, list[Issue]] = {}
        for issue in self.issues.values():
            if issue.state.parent:
                found.setdefault(issue.state.parent, []).append(issue)
        return {key: tuple(children) for key, children in found.items()}

    @cached_property
    def day_ends(self) -> tuple[datetime, ...]:
        """The ends of the run's working days that have begun by now, the first day's first."""
        ends = [end for sprint in self.sprint_days for end in sprint] or self._reckoned_day_ends()
        begun = [end for end in ends if end <= self.now]
        return (*begun, *[end for end in ends if end > self.now][:1])

    @cached_property
    def pulls_at(self) -> Mapping[Sha, tuple[PullRequest, ...]]:
        """Commit → the pull requests of which it is, or was, the head."""
        found: dict[Sha, list[PullRequest]] = {}
        for pull in self.pulls.values():
            for head in pull.heads:
                found.setdefault(head.sha, []).append(pull)
        return {sha: tuple(pulls) for sha, pulls in found.items()}

    @cached_property
    def checks_of(self) -> Mapping[Sha, tuple[CheckRun, ...]]:
        """Commit → the runs of its checks, oldest first; commits without any are left out."""
        found: dict[Sha, list[CheckRun]] = {}
        for run in self.checks:
            found.setdefault(run.sha, []).append(run)
        return {sha: tuple(runs) for sha, runs in found.items()}

    @cached_property
    def landed(self) -> frozenset[Sha]:
        """The commits that came to the default branch."""
        return frozenset(landing.sha for landing in self.landings)

    def review_requests(self) -> tuple[ReviewRequest, ...]:
        """All review requests, by pull request and turn."""
        return tuple(request for pull in self.pulls.values() for request in pull.requests)

    @cached_property
    def landings_of(self) -> Mapping[int, tuple[Landing, ...]]:
        """Pull request number → the commits that it brought to the default branch."""
        brought: dict[int, list[Landing]] = {}
        for landing in self.landings:
            for number in landing.pulls:
                brought.setdefault(number, []).append(landing)
        return {number: tuple(landings) for number, landings in brought.items()}

    @cached_property
    def smart_commands(self) -> Mapping[Sha, tuple[SmartCommand, ...]]:
        """Commit → the commands to issues in its message; commits without any are left out."""
        return smart_commands(self.commits.values(), project=self.project)

    @cached_property
    def last_commands(self) -> Mapping[tuple[str, str], SmartCommand]:
        """(issue key, command) and (author's seat, command) → the last such command of a commit."""
        return last_commands(self.smart_commands.values())

    @cached_property
    def statuses(self) -> frozenset[str]:
        """The names of all statuses that were seen, on issues and on the board."""
        seen = {state.status for issue in self.issues.values() for _, state in issue.states()}
        shown = {name for _, columns in self.surroundings.boards for column in columns for name in column.statuses}
        return frozenset({*_USUAL_COLUMNS, *seen, *shown} - {""})

    @cached_property
    def mapped_addresses(self) -> frozenset[str]:
        """The e-mail addresses that merged pull requests put into the project's `.mailmap`, in lower case."""
        return mapped_addresses(self.pulls.values())

    def squashed(self, pull: PullRequest) -> Landing | None:
        """The one commit that a squash (or a rebase of one commit) made of a pull request, None for other merges."""
        brought = self.landings_of.get(pull.number, ())
        if pull.merged_at is None or len(brought) != 1 or brought[0].parents > 1:
            return None
        return brought[0] if brought[0].sha not in {sha for head in pull.heads for sha in head.commits} else None
