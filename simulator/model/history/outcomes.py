"""What became of each sprint's issues, and what the team got done so far: velocity as a band, never a measure of people.

Pure. Points that an issue has when its sprint closes are what counts; where nothing is estimated, issues are counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from simulator.model.agile import StatusCategory
from simulator.model.history.history import History
from simulator.model.history.tracker import Issue, SprintRecord
from simulator.model.keys import IssueKey

_NOT_COUNTED = frozenset({"Epic", "Sub-task"})
_LAST = 3
_SPREAD = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class SprintOutcome:
    """A sprint and its issues by what became of them, in the order of their keys; sums are in `unit`, points or issues.

    `carried_in` were left over by an earlier sprint, `carried_over` are what this one left.
    """

    sprint: SprintRecord
    unit: str
    completed: tuple[Issue, ...]
    not_completed: tuple[Issue, ...]
    added: tuple[Issue, ...]
    removed: tuple[Issue, ...]
    carried_in: tuple[Issue, ...]
    carried_over: tuple[Issue, ...]
    committed_sum: float
    completed_sum: float
    added_sum: float
    removed_sum: float
    carried_over_sum: float


@dataclass(frozen=True, slots=True)
class Band:
    """What the next sprint may bring, by the sprints so far: from `low` to `high` in `unit`."""

    low: float
    high: float
    unit: str


def sprint_outcomes(history: History) -> tuple[SprintOutcome, ...]:
    """The sprints that have started, in their order, with what became of their issues."""
    started = [(sprint.started_at, sprint.id, sprint) for sprint in history.sprints.values() if sprint.started_at]
    outcomes: list[SprintOutcome] = []
    for _, _, sprint in sorted(started, key=lambda entry: entry[:2]):
        before = {issue.key for outcome in outcomes for issue in outcome.carried_over}
        outcomes.append(_outcome(history, sprint, before))
    return tuple(outcomes)


def velocity_band(outcomes: Sequence[SprintOutcome]) -> Band | None:
    """What was completed in the last three closed sprints, as a band (of a single one: a fifth below to a fifth above).

    None before a sprint is closed, and when nothing was completed: that foretells nothing.
    """
    closed = [outcome for outcome in outcomes if outcome.sprint.closed_at][-_LAST:]
    if not closed:
        return None
    done = [outcome.completed_sum for outcome in closed]
    if not any(done):
        return None
    if len(done) == 1:
        return Band(round(done[0] * (1 - _SPREAD)), round(done[0] * (1 + _SPREAD)), closed[0].unit)
    return Band(min(done), max(done), closed[-1].unit)


def _outcome(history: History, sprint: SprintRecord, carried: set[IssueKey]) -> SprintOutcome:
    counted = [i for i in history.issues.values() if i.type not in _NOT_COUNTED and not i.deleted_at]
    issues = sorted((i for i in counted if i.key in sprint.committed | sprint.added), key=_number)
    unit = "points" if any(i.before_close_of(sprint).points is not None for i in issues) else "issues"
    gone = tuple(i for i in issues if i.key in sprint.removed and sprint.id not in i.before_close_of(sprint).sprints)
    kept = [i for i in issues if i not in gone]
    done = tuple(i for i in kept if i.before_close_of(sprint).category is StatusCategory.DONE)
    left = tuple(i for i in kept if i not in done)
    added = tuple(i for i in kept if i.key in sprint.added)

    def weigh(some: Iterable[Issue]) -> float:
        return sum(1.0 if unit == "issues" else i.before_close_of(sprint).points or 0.0 for i in some)

    return SprintOutcome(
        sprint=sprint,
        unit=unit,
        completed=done,
        not_completed=left,
        added=added,
        removed=gone,
        carried_in=tuple(i for i in issues if i.key in carried),
        carried_over=left if sprint.closed_at else (),
        committed_sum=_committed(history, sprint, unit),
        completed_sum=weigh(done),
        added_sum=weigh(added),
        removed_sum=weigh(gone),
        carried_over_sum=weigh(left) if sprint.closed_at else 0.0,
    )


def _committed(history: History, sprint: SprintRecord, unit: str) -> float:
    start = sprint.started_at or history.now
    issues = [history.issues[key] for key in sprint.committed if key in history.issues]
    counted = [issue for issue in issues if issue.type not in _NOT_COUNTED]
    return sum(1.0 if unit == "issues" else issue.at(start).points or 0.0 for issue in counted)


def _number(issue: Issue) -> tuple[str, int]:
    project, _, number = issue.key.rpartition("-")
    return project, int(number) if number.isdecimal() else 0
