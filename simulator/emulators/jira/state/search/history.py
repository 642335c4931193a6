"""`was` and `changed`: questions to the history, with their predicates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, literal, not_, or_, true

from simulator.emulators.jira import tables
from simulator.emulators.jira.jql.errors import JqlError
from simulator.emulators.jira.jql.tree import Changed, Field, Items, Operand, Predicate, Was, field_name
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.search.catalogue import find_term
from simulator.emulators.jira.state.search.operands import USER_FUNCTIONS, Wanted, instant, people_named, wanted
from simulator.emulators.jira.state.search.pasts import Fits, Interval, Past, SinglePast, among_people
from simulator.emulators.jira.state.search.terms import ColumnTerm, Condition, ManyTerm, check_list, day_bounds
from simulator.emulators.jira.state.search.version_past import VersionsPast

_AT = tables.changes.c.created_at.type


def _past(name: str, kind: type[Past] = SinglePast, *, field_id: str | None = None, **more: Any) -> Past:
    term = find_term(Field(name))
    if not isinstance(term, ColumnTerm | ManyTerm):
        raise TypeError(name)
    return kind(field_id=field_id or name, term=term, **more)


PASTS = {
    "status": _past("status"),
    "assignee": _past("assignee", kept=among_people),
    "reporter": _past("reporter", kept=among_people),
    "priority": _past("priority"),
    "resolution": _past("resolution"),
    "fixversion": _past("fixversion", VersionsPast, field_id="fixVersions"),
}
"""The fields that `was` and `changed` know, by their lower-case names: these and no other, as Jira documents.

https://support.atlassian.com/jira-software-cloud/docs/jql-operators/
"""


def compile_was(context: Context, clause: Was) -> Condition:
    """The condition of a `was` clause. Raises JqlError."""
    past, asked = _asked(context, clause.field, clause.operand)
    check_list(clause.field.name, clause.operator, clause.operand)
    found = past.was(
        context, asked, _fits(context, clause.field.name, clause.predicates) if clause.predicates else None
    )
    return not_(found) if "not" in clause.operator else found


def compile_changed(context: Context, clause: Changed) -> Condition:
    """The condition of a `changed` clause. Raises JqlError."""
    past = _find(clause.field)
    sides = {p.operator: _asked(context, clause.field, p.operand)[1] for p in clause.predicates if p.operator in _SIDES}
    others = [p for p in clause.predicates if p.operator not in _SIDES]
    return past.changed(context, sides, _fits(context, clause.field.name, others, moment=True))


_SIDES = ("from", "to")


def _find(field: Field) -> Past:
    find_term(field)
    past = PASTS.get(field.name.lower())
    if past is None or field.properties:
        raise JqlError(f"History searches do not support the '{field_name(field)}' field.")
    return past


def _asked(context: Context, field: Field, operand: Operand) -> tuple[Past, Wanted]:
    past = _find(field)
    functions = dict(past.term.functions)
    return past, wanted(context, field.name, operand, resolve=past.term.resolve, functions=functions)


def _fits(context: Context, name: str, predicates: Sequence[Predicate], *, moment: bool = False) -> Fits:
    """What an interval (or, for a change, its moment) must be to fit all predicates. Raises JqlError."""
    made = [_predicate(context, name, predicate, moment=moment) for predicate in predicates]
    return lambda interval: and_(true(), *(fits(interval) for fits in made))


def _predicate(context: Context, name: str, predicate: Predicate, *, moment: bool) -> Fits:
    if predicate.operator == "by":
        asked = wanted(context, name, predicate.operand, resolve=people_named, functions=USER_FUNCTIONS)
        return lambda interval: interval.author.in_(asked.ids)
    start, end = (literal(at, _AT) if at else None for at in _times(context, name, predicate))

    def fits(interval: Interval) -> Condition:
        before = true() if end is None else interval.start < end
        if start is None:
            return before
        return and_(interval.start >= start if moment else or_(interval.end.is_(None), interval.end > start), before)

    return fits


Times = tuple[datetime | None, datetime | None]


def _times(context: Context, name: str, predicate: Predicate) -> Times:
    """The span that a predicate means: from the first instant, up to before the second."""
    readers: dict[str, Callable[[], Times]] = {
        "after": lambda: (instant(context, name, predicate.operand), None),
        "before": lambda: (None, instant(context, name, predicate.operand)),
        "on": lambda: day_bounds(instant(context, name, predicate.operand), context.account.time_zone),
        "during": lambda: _span(context, name, predicate.operand),
    }
    return readers[predicate.operator]()


def _span(context: Context, name: str, operand: Operand) -> Times:
    parts: Sequence[Operand] = operand.operands if isinstance(operand, Items) else ()
    if len(parts) != 2:
        raise JqlError('The DURING predicate expects a range of two dates: DURING ("date1", "date2").')
    return instant(context, name, parts[0]), instant(context, name, parts[1])
