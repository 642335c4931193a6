"""`was` and `changed`: questions to the history. Each tracked value has an interval: from its change, or the issue's creation,
to the next change of its field."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, literal, not_, null, or_, select, true

from simulator.emulators.jira import tables
from simulator.emulators.jira.jql.errors import JqlError
from simulator.emulators.jira.jql.tree import Changed, Items, Operand, Predicate, Was
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.search.catalogue import find_term
from simulator.emulators.jira.state.search.operands import Wanted, instant, people_named, wanted
from simulator.emulators.jira.state.search.operands import current_user as current_user_call
from simulator.emulators.jira.state.search.terms import ColumnTerm, Condition, day_bounds
from simulator.emulators.kit.tables import accounts

_i = tables.issues.c
_c = tables.changes.c
_OWN: dict[str, tuple[str, ColumnElement[Any]]] = {
    "status": ("status", _i.status_id),
    "assignee": ("assignee", _i.assignee_id),
    "reporter": ("reporter", _i.reporter_id),
    "priority": ("priority", _i.priority_id),
    "resolution": ("resolution", _i.resolution_id),
}


@dataclass(frozen=True, slots=True)
class Interval:
    """When a value held and who brought it: SQL expressions; `end` is null while it holds."""

    start: ColumnElement[Any]
    end: ColumnElement[Any]
    author: ColumnElement[Any]


def compile_was(context: Context, clause: Was) -> Condition:
    """The condition of a `was` clause. Raises JqlError."""
    field_id, column = _tracked(clause.field.name)
    asked = _wanted(context, clause.field.name, clause.operand)
    own = and_(_c.site == _i.site, _c.issue_id == _i.id, _c.field_id == field_id)
    later = and_(
        _value_is(context, field_id, _c.to_value, asked),
        _during(context, clause, Interval(_c.created_at, _c.ended_at, _c.author_id)),
    )
    first_interval = Interval(_i.created_at, _c.created_at, _i.creator_id)
    first = and_(
        _c.first.is_(True), _value_is(context, field_id, _c.from_value, asked), _during(context, clause, first_interval)
    )
    never_changed = and_(
        or_(column.in_(asked.ids), column.is_(None) if asked.empty else false()),
        not_(exists().where(own).correlate(tables.issues)),
        _during(context, clause, Interval(_i.created_at, null(), _i.creator_id)),
    )
    found = or_(exists().where(own, or_(later, first)).correlate(tables.issues), never_changed)
    return not_(found) if "not" in clause.operator else found


def compile_changed(context: Context, clause: Changed) -> Condition:
    """The condition of a `changed` clause. Raises JqlError."""
    field_id, _ = _tracked(clause.field.name)
    conditions: list[Condition] = []
    for predicate in clause.predicates:
        if predicate.operator in ("from", "to"):
            asked = _wanted(context, clause.field.name, predicate.operand)
            value = _c.from_value if predicate.operator == "from" else _c.to_value
            conditions.append(_value_is(context, field_id, value, asked))
        else:
            at = Interval(_c.created_at, _c.created_at, _c.author_id)
            conditions.append(_predicate(context, clause.field.name, predicate, at, moment=True))
    own = (_c.site == _i.site, _c.issue_id == _i.id, _c.field_id == field_id)
    return exists().where(*own, *conditions).correlate(tables.issues)


def _tracked(name: str) -> tuple[str, ColumnElement[Any]]:
    find_term(name)
    if name.lower() not in _OWN:
        raise JqlError(f"History searches do not support the '{name}' field.")
    return _OWN[name.lower()]


def _wanted(context: Context, name: str, operand: Operand) -> Wanted:
    term = find_term(name)
    if not isinstance(term, ColumnTerm):
        raise JqlError(f"History searches do not support the '{name}' field.")
    return wanted(context, name, operand, resolve=term.resolve, functions=dict(term.functions))


def _value_is(context: Context, field_id: str, value: ColumnElement[Any], asked: Wanted) -> Condition:
    """Whether a kept value is one of what is asked. People are kept by accountId, everything else by id."""
    kept: Condition
    if field_id in ("assignee", "reporter"):
        a = accounts.c
        kept = value.in_(select(a.jira_id).where(a.site == context.site, a.id.in_(asked.ids)))
    else:
        kept = value.in_([str(number) for number in asked.ids])
    return or_(kept, value.is_(None) if asked.empty else false())


def _during(context: Context, clause: Was, interval: Interval) -> Condition:
    return and_(true(), *(_predicate(context, clause.field.name, p, interval) for p in clause.predicates))


def _predicate(
    context: Context, name: str, predicate: Predicate, interval: Interval, *, moment: bool = False
) -> Condition:
    """Whether an interval (or, for a change, its moment) fits a predicate."""
    if predicate.operator == "by":
        asked = wanted(
            context, name, predicate.operand, resolve=people_named, functions={"currentuser": current_user_call}
        )
        return interval.author.in_(asked.ids)
    start, end = _times(context, name, predicate)
    if moment:
        return and_(
            interval.start >= literal(start, _c.created_at.type) if start else true(),
            interval.start < literal(end, _c.created_at.type) if end else true(),
        )
    open_or_after = or_(interval.end.is_(None), interval.end > start) if start else true()
    return and_(open_or_after, interval.start < end if end else true())


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
