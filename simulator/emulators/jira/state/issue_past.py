"""What issues were at an earlier moment: their sprints, status and estimate, as the history tells.

A moment is the id of the newest history entry then: ids order what instants cannot, when two things happen at one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import bindparam, select

from simulator.emulators.jira import tables
from simulator.emulators.jira.fields import POINTS, SPRINT
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.issues import Issue
from simulator.emulators.jira.state.sprints import sprints_of

T = TypeVar("T")

_c = tables.changes.c
_CHANGES = (
    select(
        _c.issue_id,
        _c.field_id,
        _c.history_id,
        _c.created_at,
        _c.from_value,
        _c.from_text,
        _c.to_value,
        _c.to_text,
    )
    .where(
        _c.site == bindparam("site"),
        _c.issue_id.in_(bindparam("ids", expanding=True)),
        _c.field_id.in_([SPRINT, "status", POINTS]),
    )
    .order_by(_c.history_id, _c.position)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn(Generic[T]):
    """One change of a field: when, in which entry, from what to what."""

    history_id: int
    at: datetime
    old: T
    new: T


@dataclass(frozen=True, slots=True)
class Course(Generic[T]):
    """A field's values over time: the first one and its turns, oldest first."""

    first: T
    turns: tuple[Turn[T], ...]

    def when(self, moment: int | None) -> T:
        """The value at a moment; now for None."""
        value = self.first
        for turn in self.turns:
            if moment is not None and turn.history_id > moment:
                break
            value = turn.new
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """An issue with the courses of its sprints' ids, its status and its estimate."""

    issue: Issue
    sprints: Course[frozenset[int]]
    status: Course[int]
    points: Course[float | None]

    def was_in(self, sprint_id: int) -> bool:
        """Whether the issue is or ever was in a sprint."""
        return sprint_id in self.sprints.first or any(sprint_id in turn.new for turn in self.sprints.turns)


def read_pasts(context: Context, issues: Sequence[Issue]) -> list[Past]:
    """The pasts of issues, in their order, in two statements."""
    ids = [issue.id for issue in issues]
    if not ids:
        return []
    now_in = sprints_of(context, ids)
    rows: dict[tuple[int, str], list[Any]] = {}
    for row in context.connection.execute(_CHANGES, {"site": context.site, "ids": ids}):
        rows.setdefault((row.issue_id, row.field_id), []).append(row)
    return [
        Past(
            issue=issue,
            sprints=_course(rows.get((issue.id, SPRINT), ()), _sprints, frozenset(s.id for s in now_in[issue.id])),
            status=_course(rows.get((issue.id, "status"), ()), lambda value, _text: int(value or 0), issue.status_id),
            points=_course(rows.get((issue.id, POINTS), ()), _points, issue.points),
        )
        for issue in issues
    ]


def _course(rows: Sequence[Any], read: Callable[[str | None, str | None], T], now: T) -> Course[T]:
    """Without a change the value has been what it is now."""
    turns = tuple(
        Turn(
            history_id=row.history_id,
            at=row.created_at,
            old=read(row.from_value, row.from_text),
            new=read(row.to_value, row.to_text),
        )
        for row in rows
    )
    return Course(turns[0].old if turns else now, turns)


def _sprints(value: str | None, _text: str | None) -> frozenset[int]:
    return frozenset(int(part) for part in (value or "").split(",") if part.strip())


def _points(_value: str | None, text: str | None) -> float | None:
    return float(text) if text else None
