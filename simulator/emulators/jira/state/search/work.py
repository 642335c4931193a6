"""Times and logged work in queries: estimates, time spent, the work ratio, the days of worklogs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, case, false, not_, or_, select

from simulator.emulators.jira import tables
from simulator.emulators.jira.jql.errors import JqlError
from simulator.emulators.jira.jql.tree import Empty, Items, Operand
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.durations import seconds_of
from simulator.emulators.jira.state.search import full_text, rows
from simulator.emulators.jira.state.search.operands import USER_FUNCTIONS, instant, people_named, wanted
from simulator.emulators.jira.state.search.restricted import seen
from simulator.emulators.jira.state.search.terms import (
    EQUALITY,
    ORDERING,
    Condition,
    InstantTerm,
    ManyTerm,
    NumberTerm,
    Term,
    TextTerm,
    compared,
    day_bounds,
    negative,
)

_i, _t, _w = tables.issues.c, tables.time_tracking.c, tables.worklogs.c


@dataclass(frozen=True, slots=True, kw_only=True)
class DurationTerm(Term):
    """A time in seconds, or none, asked for as people write it: `2h 30m`."""

    column: ColumnElement[Any]

    def condition(self, context: Context, operator: str, operand: Operand) -> Condition:
        """The condition of a clause. Raises JqlError for what is no duration."""
        asked = wanted(context, self.name, operand, resolve=_seconds)
        if operator in ORDERING:
            return compared(operator, self.column, asked.ids[0])
        if negative(operator):
            return (self.column.is_not(None)) & self.column.not_in(asked.ids)
        among = self.column.in_(asked.ids)
        return among | self.column.is_(None) if asked.empty else among


@dataclass(frozen=True, slots=True, kw_only=True)
class WorklogDateTerm(InstantTerm):
    """When work began, of any worklog of an issue."""

    def condition(self, context: Context, operator: str, operand: Operand) -> Condition:
        """Whether any worklog fits, by whole days; `!=` and `not in` ask for one of another day."""
        if isinstance(operand, Empty):
            logged = rows.row_of(tables.worklogs, _seen(context))
            return logged if negative(operator) else not_(logged)
        return rows.row_of(tables.worklogs, _seen(context), self._of_day(context, operator, operand))

    def _of_day(self, context: Context, operator: str, operand: Operand) -> Condition:
        if operator in {"in", "not in"}:
            inner = operand.operands if isinstance(operand, Items) else (operand,)
            return _or_none(operator, [self._of_day(context, "=", item) for item in inner])
        start, end = day_bounds(instant(context, self.name, operand), context.account.time_zone)
        match operator:
            case "<" | ">=":
                return compared(operator, self.column, start)
            case "<=":
                return compared("<", self.column, end)
            case ">":
                return compared(">=", self.column, end)
        return _or_none(operator, [(self.column >= start) & (self.column < end)])


def _or_none(operator: str, conditions: list[Condition]) -> Condition:
    either = or_(false(), *conditions)
    return not_(either) if negative(operator) else either


def _seconds(_context: Context, field: str, value: str) -> Sequence[int]:
    found = seconds_of(value)
    if found is None:
        raise JqlError(f"The value '{value}' is not a valid duration for the field '{field}'.")
    return [found]


def _seen(context: Context) -> Condition:
    return seen(context, tables.worklogs)


def _time(column: ColumnElement[Any]) -> ColumnElement[Any]:
    own = select(column).where(_t.site == _i.site, _t.issue_id == _i.id)
    return own.correlate(tables.issues).scalar_subquery()


def _duration(name: str, column: ColumnElement[Any]) -> DurationTerm:
    return DurationTerm(name=name, operators=EQUALITY + ORDERING, column=column)


ORIGINAL, REMAINING, SPENT = _time(_t.original_s), _time(_t.remaining_s), _time(_t.spent_s)
"""An issue's times in seconds, null where it has none."""

RATIO = _time(case((_t.original_s > 0, _t.spent_s * 100 // _t.original_s)))
"""What was spent of the original estimate, in percent."""

_AUTHOR = ManyTerm(
    name="worklogAuthor",
    operators=EQUALITY,
    has=rows.has(tables.worklogs, _w.author_id, limit=_seen),
    has_any=rows.has_any(tables.worklogs, limit=_seen),
    resolve=people_named,
    functions=USER_FUNCTIONS,
)
WORK_TERMS: list[tuple[Term, tuple[str, ...]]] = [
    (_duration("originalEstimate", ORIGINAL), ("originalestimate", "timeoriginalestimate")),
    (_duration("remainingEstimate", REMAINING), ("remainingestimate", "timeestimate")),
    (_duration("timeSpent", SPENT), ("timespent",)),
    (NumberTerm(name="workRatio", operators=EQUALITY + ORDERING, column=RATIO), ("workratio",)),
    (WorklogDateTerm(name="worklogDate", operators=EQUALITY + ORDERING, column=_w.started_at), ("worklogdate",)),
    (_AUTHOR, ("worklogauthor",)),
    (TextTerm(name="worklogComment", operators=("~",), matches=full_text.within("worklog")), ("worklogcomment",)),
]
"""The terms with their names in lower case."""
