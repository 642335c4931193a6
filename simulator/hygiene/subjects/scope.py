"""What was in a sprint when it started, and what came in while it ran."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import field
from datetime import datetime

from simulator.hygiene.subjects.kind import Kind, Opportunity, Place, Source
from simulator.hygiene.subjects.sprints import NOT_COUNTED
from simulator.model.history import History, Issue, SprintRecord
from simulator.model.keys import IssueKey, SeatId
from simulator.model.record import record


@record
class Addition:
    """An issue came into a running sprint; `size` in the sprint's unit. `day_ends`: until when it can be traded.

    `before` is what the same person added before it.
    """

    issue: Issue
    by: SeatId | None
    at: datetime
    size: float
    day_ends: datetime
    traded: bool
    before: Addition | None = field(default=None, repr=False, compare=False)  # a chain as long as there are additions

    def earlier(self) -> Iterator[Addition]:
        """What the same person added before, the latest first."""
        addition = self.before
        while addition is not None:
            yield addition
            addition = addition.before


@record
class InScope:
    """An issue of a sprint: there from the start (`added` is None), or added.

    `committed` is the sum that the sprint started with, in `unit`, points or issues.
    """

    issue: Issue
    sprint: SprintRecord
    start: datetime
    unit: str
    committed: float
    added: Addition | None


@record
class _Step:
    """Something changed the sum of a sprint: an issue came (`is_in`), went, or was estimated lower (None)."""

    issue: Issue
    by: SeatId | None
    at: datetime
    size: float
    is_in: bool | None
    day: int


class _Scope:
    """The additions to one sprint, each with whether as much left on the same working day."""

    def __init__(self, sprint: SprintRecord, start: datetime, history: History) -> None:
        self._sprint, self._start, self._days = sprint, start, history.days_of(sprint)
        found = (history.issues.get(key) for key in sorted(sprint.committed | sprint.added))
        self.issues = [issue for issue in found if issue is not None and issue.type not in NOT_COUNTED]
        points = [issue.at(start).points for issue in self.issues if issue.key in sprint.committed]
        known = [each for each in points if each is not None]
        self.unit = "points" if known else "issues"
        self._usual = sum(known) / len(known) if known else 1.0
        self.committed = sum(known) if known else float(len(points))

    def of(self, issue: Issue, added: Addition | None = None) -> InScope:
        """One issue in it."""
        return InScope(
            issue=issue,
            sprint=self._sprint,
            start=self._start,
            unit=self.unit,
            committed=self.committed,
            added=added,
        )

    def additions(self) -> Iterator[Addition]:
        """Those of issues that were not in it from the start, oldest first."""
        every = sorted((step for issue in self.issues for step in self._steps(issue)), key=lambda step: step.at)
        gone = {(step.issue.key, step.day) for step in every if step.is_in is False}
        come = {(step.issue.key, step.day) for step in every if step.is_in}
        room: dict[int, float] = {}
        last: dict[SeatId | None, Addition] = {}
        for step in every:
            if not step.is_in and (step.issue.key, step.day) not in come:
                room[step.day] = room.get(step.day, 0.0) + step.size
        for step in every:
            if step.is_in and step.issue.key not in self._sprint.committed:
                back = (step.issue.key, step.day) in gone
                traded = back or step.size <= room.get(step.day, 0.0)
                room[step.day] = room.get(step.day, 0.0) - (0.0 if back or not traded else step.size)
                ends = self._days[step.day] if step.day < len(self._days) else step.at
                last[step.by] = Addition(
                    issue=step.issue,
                    by=step.by,
                    at=step.at,
                    size=step.size,
                    day_ends=ends,
                    traded=traded,
                    before=last.get(step.by),
                )
                yield last[step.by]

    def _steps(self, issue: Issue) -> Iterator[_Step]:
        sprint = self._sprint
        was_in, before = issue.key in sprint.committed, issue.at(self._start).points
        told = [(change.at, change.recorded_at, change.actor, change.state) for change in issue.changes]
        for at, recorded_at, by, state in [(issue.created_at, issue.created_at, issue.reporter, issue.initial), *told]:
            if at <= self._start or sprint.has_ended_by(at, recorded_at):
                continue
            is_in = sprint.id in state.sprints
            day = bisect_left(self._days, at)
            if is_in != was_in and (is_in or not sprint.is_closing(at, recorded_at)):
                yield _Step(issue=issue, by=by, at=at, size=self._size(state.points), is_in=is_in, day=day)
            elif is_in and (self._size(before) > self._size(state.points)):
                less = self._size(before) - self._size(state.points)
                yield _Step(issue=issue, by=by, at=at, size=less, is_in=None, day=day)
            was_in, before = is_in, state.points

    def _size(self, points: float | None) -> float:
        """What an issue weighs; one that nobody has estimated as much as the others on average."""
        return 1.0 if self.unit == "issues" else self._usual if points is None else points


def _scope(sprint: SprintRecord, history: History) -> Iterator[Opportunity[InScope]]:
    start = sprint.started_at
    if start is None:
        return
    scope = _Scope(sprint, start, history)
    for issue in scope.issues:
        if issue.key in sprint.committed:
            seats = dict.fromkeys(change.actor for change in issue.changes if change.actor is not None)
            yield _opportunity(scope.of(issue), tuple(seats))
    times: Counter[IssueKey] = Counter()
    for added in scope.additions():
        times[added.issue.key] += 1
        by_whom = (added.by,) if added.by else ()
        yield _opportunity(scope.of(added.issue, added), by_whom, number=times[added.issue.key])


def _opportunity(scoped: InScope, seats: tuple[SeatId, ...], *, number: int = 0) -> Opportunity[InScope]:
    name, added = f"issue:{scoped.issue.key}/sprint:{scoped.sprint.id}", scoped.added
    return Opportunity(
        subject=scoped,
        name=f"{name}/added:{number}" if added else name,
        url=scoped.issue.url,
        item=scoped.issue.key,
        mass=1.0,
        seats=seats,
        at=added.at if added else scoped.start,
    )


def _in_hand(issue: Issue, history: History) -> Iterator[Opportunity[Issue]]:
    sprint = history.current_span
    if sprint is None or issue.deleted_at or not (entered := issue.entered(sprint.id)):
        return
    changed = {change.actor for change in issue.changes}
    yield Opportunity(
        subject=issue,
        name=f"issue:{issue.key}",
        url=issue.url,
        item=issue.key,
        mass=1.0,
        seats=tuple(seat for seat in issue.people() if seat in changed),
        at=max(entered, sprint.started_at or entered),
    )


SCOPE = Kind(
    name="issue in scope",
    opportunity="each issue that was in the sprint at its start and that the learner worked with, and each that they added",
    places=(Place(Source.SPRINTS, _scope),),
)
ISSUES_IN_HAND = Kind(
    name="issue in hand",
    opportunity="each issue of the sprint that the learner had and did something with",
    places=(Place(Source.ISSUES, _in_hand),),
)
