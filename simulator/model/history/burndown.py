"""Points left in a sprint, day by day, with the cause and the actor of every step.

Pure. Where nothing in the sprint is estimated, issues are counted instead of points. Steps follow Jira's burndown: done,
reopened, added, removed, estimated anew (https://jira.atlassian.com/browse/JSWSERVER-4768).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from simulator.model.agile import StatusCategory
from simulator.model.history.tracker import Issue, IssueState
from simulator.model.keys import IssueKey, SeatId


@dataclass(frozen=True, slots=True, kw_only=True)
class BurndownStep:
    """One change of what is left. `cause`: done, reopened, added, removed or estimated; deltas in the burndown's unit."""

    at: datetime
    cause: str
    issue: IssueKey
    actor: SeatId | None
    remaining_delta: float
    scope_delta: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BurndownDay:
    """The state at the end of a working day, day 0 being the start. Days still to come have only the ideal."""

    day: int
    at: datetime
    ideal: float
    remaining: float | None
    scope: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Burndown:
    """A sprint's burndown. `unit` is points or issues; `remaining` and `scope` are those of now."""

    unit: str
    committed: float
    remaining: float
    scope: float
    days: tuple[BurndownDay, ...]
    steps: tuple[BurndownStep, ...]


def burn_down(
    issues: Iterable[Issue],
    sprint: int,
    *,
    start: datetime,
    day_ends: Sequence[datetime],
    now: datetime,
    closing_at: datetime | None = None,
    removed: Collection[IssueKey] = (),
) -> Burndown:
    """The burndown of a sprint over the ends of its working days, as known at `now`.

    What leaves the sprint from `closing_at` on was not done, and stays in it, unless it is among the `removed`.
    """
    counted = [issue for issue in issues if issue.type not in {"Epic", "Sub-task"} and _ever_in(issue, sprint)]
    by_points = any(state.points is not None for issue in counted for _, state in issue.states())
    weigh = _Weigh(sprint, by_points=by_points)
    at_start = [weigh(issue.at(start)) for issue in counted if issue.created_at <= start]
    committed, remaining = sum(scope for scope, _ in at_start), sum(left for _, left in at_start)
    steps = sorted(
        (
            step
            for issue in counted
            for step in weigh.steps(issue, start, now)
            if step.cause != "removed" or closing_at is None or step.at < closing_at or step.issue in removed
        ),
        key=lambda step: (step.at, step.issue),
    )
    return Burndown(
        unit="points" if by_points else "issues",
        committed=committed,
        remaining=remaining + sum(step.remaining_delta for step in steps),
        scope=committed + sum(step.scope_delta for step in steps),
        days=tuple(_days(steps, committed, remaining, start=start, day_ends=day_ends, now=now)),
        steps=tuple(steps),
    )


class _Weigh:
    """What an issue's state adds to a sprint: (scope, remaining)."""

    def __init__(self, sprint: int, *, by_points: bool) -> None:
        self._sprint = sprint
        self._by_points = by_points

    def __call__(self, state: IssueState) -> tuple[float, float]:
        if self._sprint not in state.sprints:
            return 0.0, 0.0
        size = (state.points or 0.0) if self._by_points else 1.0
        return size, 0.0 if state.category is StatusCategory.DONE else size

    def steps(self, issue: Issue, start: datetime, now: datetime) -> Iterator[BurndownStep]:
        before = issue.at(start) if issue.created_at <= start else None
        changes = [(change.at, change.actor, change.state) for change in issue.changes]
        for at, actor, state in [(issue.created_at, issue.reporter, issue.initial), *changes]:
            if at <= start or at > now:
                continue
            scope, left = self(state)
            old_scope, old_left = self(before) if before else (0.0, 0.0)
            cause = self._cause(before, state)
            if cause and (scope, left) != (old_scope, old_left):
                yield BurndownStep(
                    at=at,
                    cause=cause,
                    issue=issue.key,
                    actor=actor,
                    remaining_delta=left - old_left,
                    scope_delta=scope - old_scope,
                )
            before = state

    def _cause(self, before: IssueState | None, after: IssueState) -> str | None:
        was_in, is_in = before is not None and self._sprint in before.sprints, self._sprint in after.sprints
        if was_in != is_in:
            return "added" if is_in else "removed"
        if before is None or not is_in:
            return None
        was_done, is_done = before.category is StatusCategory.DONE, after.category is StatusCategory.DONE
        if was_done != is_done:
            return "done" if is_done else "reopened"
        return "estimated" if before.points != after.points else None


def _ever_in(issue: Issue, sprint: int) -> bool:
    return any(sprint in state.sprints for _, state in issue.states())


def _days(
    steps: Sequence[BurndownStep],
    committed: float,
    remaining: float,
    *,
    start: datetime,
    day_ends: Sequence[datetime],
    now: datetime,
) -> Iterator[BurndownDay]:
    last = len(day_ends)
    for day, end in enumerate([start, *day_ends]):
        begun = day == 0 or now > (start if day == 1 else day_ends[day - 2])
        so_far = [step for step in steps if step.at <= end]
        yield BurndownDay(
            day=day,
            at=end,
            ideal=committed * (last - day) / last if last else committed,
            remaining=remaining + sum(step.remaining_delta for step in so_far) if begun else None,
            scope=committed + sum(step.scope_delta for step in so_far) if begun else None,
        )
