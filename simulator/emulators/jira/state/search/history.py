"""`was` and `changed`: questions to the history. Each tracked value has an interval: from its change, or the issue's creation,
to the next change of its field."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    and_,
    cast,
    exists,
    false,
    func,
    literal,
    not_,
    null,
    or_,
    select,
    true,
    union_all,
)

from simulator.emulators.jira import tables
from simulator.emulators.jira.fields import SPRINT
from simulator.emulators.jira.jql.errors import JqlError
from simulator.emulators.jira.jql.tree import Changed, Field, Items, Operand, Predicate, Value, Was, field_name
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.search.catalogue import find_term
from simulator.emulators.jira.state.search.operands import USER_FUNCTIONS, Wanted, instant, people_named, wanted
from simulator.emulators.jira.state.search.terms import ColumnTerm, Condition, ManyTerm, day_bounds
from simulator.emulators.kit.tables import accounts

_i = tables.issues.c
_c = tables.changes.c
_of = tables.issues.alias("first_of").c  # the issue whose creation began a first interval


@dataclass(frozen=True, slots=True)
class Past:
    """A field with a past: its id in the history, its present, and whether a kept text says what is asked."""

    field_id: str
    term: ColumnTerm | ManyTerm
    kept: Callable[[Context, ColumnElement[Any], Wanted], Condition]


def _among(_context: Context, value: ColumnElement[Any], asked: Wanted) -> Condition:
    """Most fields are kept by id."""
    kept = value.in_([str(number) for number in asked.ids])
    return or_(kept, value.is_(None) if asked.empty else false())


def _person(context: Context, value: ColumnElement[Any], asked: Wanted) -> Condition:
    """People are kept by accountId."""
    a = accounts.c
    kept = value.in_(select(a.jira_id).where(a.site == context.site, a.id.in_(asked.ids)))
    return or_(kept, value.is_(None) if asked.empty else false())


def _sprint(context: Context, value: ColumnElement[Any], asked: Wanted) -> Condition:
    """Sprints are kept as a comma list of ids."""
    s = tables.sprints.c
    listed = literal(", ").concat(value).concat(",").contains(literal(", ").concat(cast(s.id, Text)).concat(","))
    among = or_(false(), s.id.in_(asked.ids), *(s.id.in_(query) for query in asked.subqueries))
    some = exists(select(s.id).where(s.site == context.site, among, listed).correlate(tables.changes))
    return or_(some, func.coalesce(value, "") == "" if asked.empty else false())


def _past(name: str, kept: Callable[[Context, ColumnElement[Any], Wanted], Condition] = _among) -> Past:
    term = find_term(Field(name))
    if not isinstance(term, ColumnTerm | ManyTerm):
        raise TypeError(name)
    return Past(SPRINT if name == "sprint" else name, term, kept)


PASTS = {
    "status": _past("status"),
    "assignee": _past("assignee", _person),
    "reporter": _past("reporter", _person),
    "priority": _past("priority"),
    "resolution": _past("resolution"),
    "sprint": _past("sprint", _sprint),
    "cf[10020]": _past("sprint", _sprint),
}
"""Fields that `was` and `changed` know, by their lower-case names."""


@dataclass(frozen=True, slots=True)
class Interval:
    """When a value held and who brought it: SQL expressions; `end` is null while it holds."""

    start: ColumnElement[Any]
    end: ColumnElement[Any]
    author: ColumnElement[Any]


def compile_was(context: Context, clause: Was) -> Condition:
    """The condition of a `was` clause. Raises JqlError."""
    past, asked = _asked(context, clause.field, clause.operand)
    if isinstance(clause.operand, Value) and clause.operator.endswith("in"):
        raise JqlError(
            f"Operator '{clause.operator}' does not support the non-list value '\"{clause.operand.text}\"' for field "
            f"'{clause.field.name}'."
        )
    own = (_c.site == context.site, _c.field_id == past.field_id)
    held = _during(context, clause, Interval(_c.created_at, _c.ended_at, _c.author_id))
    later = select(_c.issue_id).where(*own, past.kept(context, _c.to_value, asked), held)
    first = select(_c.issue_id).where(*own, _c.first.is_(True), past.kept(context, _c.from_value, asked))
    if clause.predicates:
        began = _during(context, clause, Interval(_of.created_at, _c.created_at, _of.creator_id))
        first = first.where(exists().where(_of.site == _c.site, _of.id == _c.issue_id, began))
    ever = exists().where(*own, _c.first.is_(True), _c.issue_id == _i.id).correlate(tables.issues)
    since_created = _during(context, clause, Interval(_i.created_at, null(), _i.creator_id))
    always = select(_i.id).where(_i.site == context.site, past.term.holds(context, asked), since_created, not_(ever))
    found = _i.id.in_(union_all(later, first, _apart(always)))
    return not_(found) if "not" in clause.operator else found


def _apart(query: Select[Any]) -> Select[Any]:
    """A query over issues of its own, not those of the query that it stands in."""
    return query.correlate(None)


def compile_changed(context: Context, clause: Changed) -> Condition:
    """The condition of a `changed` clause. Raises JqlError."""
    past = _find(clause.field)
    found: list[Condition] = []
    for predicate in clause.predicates:
        if predicate.operator in ("from", "to"):
            _, asked = _asked(context, clause.field, predicate.operand)
            value = _c.from_value if predicate.operator == "from" else _c.to_value
            found.append(past.kept(context, value, asked))
        else:
            at = Interval(_c.created_at, _c.created_at, _c.author_id)
            found.append(_predicate(context, clause.field.name, predicate, at, moment=True))
    return _i.id.in_(select(_c.issue_id).where(_c.site == context.site, _c.field_id == past.field_id, *found))


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


def _during(context: Context, clause: Was, interval: Interval) -> Condition:
    return and_(true(), *(_predicate(context, clause.field.name, p, interval) for p in clause.predicates))


def _predicate(
    context: Context, name: str, predicate: Predicate, interval: Interval, *, moment: bool = False
) -> Condition:
    """Whether an interval (or, for a change, its moment) fits a predicate."""
    if predicate.operator == "by":
        asked = wanted(context, name, predicate.operand, resolve=people_named, functions=USER_FUNCTIONS)
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
