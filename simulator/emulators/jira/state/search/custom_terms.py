"""Fields that a site added, as queries ask about them: by `cf[N]`, by name, by name and type.

Their values are kept as JSON texts; words are looked for in the text as it is, without stems.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Float, Integer, and_, cast, func, not_, or_, select

from simulator.emulators.jira import tables
from simulator.emulators.jira.custom_types import type_of
from simulator.emulators.jira.fields import FieldSpec
from simulator.emulators.jira.jql.dates import zone_of
from simulator.emulators.jira.jql.tree import Empty, Field, Items, Operand
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.search import lookups
from simulator.emulators.jira.state.search.operands import USER_FUNCTIONS, Wanted, instant, people_named
from simulator.emulators.jira.state.search.terms import (
    EQUALITY,
    ORDERING,
    TEXT,
    ColumnTerm,
    Condition,
    EmptyTerm,
    ManyTerm,
    NumberTerm,
    Term,
    TextTerm,
    compared,
    negative,
)
from simulator.emulators.jira.state.search.words import Phrase, Sought

_i, _v = tables.issues.c, tables.custom_values.c


def custom_term(context: Context, field: Field) -> Term | None:
    """The term of a field of the site, None when the name is none of theirs."""
    wanted = field.name.lower()
    specs = context.meta.custom_fields.values()
    found = next((spec for spec in specs if wanted in (spec.id, *(name.lower() for name in spec.clauses))), None)
    return _term(found) if found and not field.properties else None


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenTimeTerm(Term):
    """A day or an instant in UTC, kept as text that sorts as time does."""

    column: ColumnElement[Any]
    whole_days: bool

    def condition(self, context: Context, operator: str, operand: Operand) -> Condition:
        if isinstance(operand, Empty):
            return self.column.is_not(None) if negative(operator) else self.column.is_(None)
        if operator in ("in", "not in"):
            inner = operand.operands if isinstance(operand, Items) else (operand,)
            parts = [self.condition(context, "!=" if operator == "not in" else "=", item) for item in inner]
            return and_(*parts) if operator == "not in" else or_(*parts)
        moment = instant(context, self.name, operand)
        if self.whole_days:
            return compared(
                operator, self.column, moment.astimezone(zone_of(context.account.time_zone)).date().isoformat()
            )
        return compared(operator, self.column, moment.isoformat(timespec="microseconds"))


def _term(spec: FieldSpec) -> Term:
    raw, kind = _raw(spec), type_of(spec)
    if spec.kind == "number":
        return NumberTerm(name=spec.name, operators=EQUALITY + ORDERING, column=cast(raw, Float))
    if spec.kind in ("date", "datetime"):
        written = func.substr(raw, 2, func.length(raw) - 2)
        return WrittenTimeTerm(
            name=spec.name, operators=EQUALITY + ORDERING, column=written, whole_days=spec.kind == "date"
        )
    if spec.kind == "user":
        return ColumnTerm(
            name=spec.name,
            operators=EQUALITY,
            column=cast(raw, Integer),
            resolve=people_named,
            functions=USER_FUNCTIONS,
        )
    if kind == "url":
        return ColumnTerm(
            name=spec.name, operators=EQUALITY, column=raw, resolve=lambda _c, _f, text: [orjson.dumps(text).decode()]
        )
    return _listed(spec, raw) if spec.items else _textual(spec, raw)


def _listed(spec: FieldSpec, raw: ColumnElement[Any]) -> Term:
    if spec.items == "option":
        return EmptyTerm(name=spec.name, operators=EQUALITY)

    def has(_context: Context, asked: Wanted) -> Condition:
        return or_(*(_holds(raw, one) for one in asked.ids))

    resolve = people_named if spec.items == "user" else lookups.label
    return ManyTerm(name=spec.name, operators=EQUALITY, has=has, has_any=lambda: raw.is_not(None), resolve=resolve)


def _holds(raw: ColumnElement[Any], one: object) -> Condition:
    """Whether a JSON list holds a value: it stands between a bracket or comma and another."""
    value = orjson.dumps(one).decode()
    within = func.replace(func.replace(raw, "[", ","), "]", ",")
    return within.contains(f",{value.replace('[', ',').replace(']', ',')},", autoescape=True)


def _textual(spec: FieldSpec, raw: ColumnElement[Any]) -> Term:
    if spec.kind == "option":
        return EmptyTerm(name=spec.name, operators=EQUALITY)

    def matches(_context: Context, alternatives: Sequence[Sought]) -> Condition:
        def each(sought: Sought) -> Condition:
            return and_(
                *(_said(raw, one) for one in sought.wanted), *(not_(_said(raw, one)) for one in sought.unwanted)
            )

        return or_(*(each(sought) for sought in alternatives)) if alternatives else _i.id.is_(None)

    return TextTerm(name=spec.name, operators=(*TEXT, "is", "is not"), matches=matches, emptiness=raw.is_(None))


def _said(raw: ColumnElement[Any], phrase: Phrase) -> Condition:
    return func.coalesce(func.lower(raw).contains(" ".join(phrase.words), autoescape=True), False)


def _raw(spec: FieldSpec) -> ColumnElement[Any]:
    query = select(_v.value).where(_v.site == _i.site, _v.issue_id == _i.id, _v.field_id == spec.number)
    return query.correlate(tables.issues).scalar_subquery()
