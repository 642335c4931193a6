"""Fields that a site added, as queries ask about them: by `cf[N]`, by name, by name and type.

Their values are kept as JSON texts; the full text knows the words of those that are texts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Float, Integer, cast, func, or_, select

from simulator.emulators.jira import tables
from simulator.emulators.jira.custom_types import type_of
from simulator.emulators.jira.fields import FieldSpec
from simulator.emulators.jira.jql.tree import Field, field_name
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.search import lookups
from simulator.emulators.jira.state.search.catalogue import TERMS
from simulator.emulators.jira.state.search.full_text import within_field
from simulator.emulators.jira.state.search.operands import USER_FUNCTIONS, Wanted, people_named
from simulator.emulators.jira.state.search.terms import (
    EQUALITY,
    ORDERING,
    TEXT,
    ColumnTerm,
    Condition,
    EmptyTerm,
    InstantTerm,
    ManyTerm,
    NumberTerm,
    Term,
    TextTerm,
)

_i, _v = tables.issues.c, tables.custom_values.c


def custom_term(context: Context, field: Field) -> Term | None:
    """The term of a field of the site, None when the name is none of theirs."""
    found = find_custom(context, field)
    return term_of(found) if found else None


def find_custom(context: Context, field: Field) -> FieldSpec | None:
    """The field of the site that a query means, None when the name is none of theirs, or one that every Jira has."""
    wanted = field_name(field).lower()
    if wanted in TERMS:
        return None
    specs = context.meta.custom_fields.values()
    return next((spec for spec in specs if wanted in {name.lower() for name in spec.clauses}), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenTimeTerm(InstantTerm):
    """A day or an instant in UTC, kept as text that sorts as time does."""

    def kept(self, context: Context, moment: datetime) -> str:
        """The text of an instant."""
        if self.whole_days:
            return str(InstantTerm.kept(self, context, moment))
        return moment.isoformat(timespec="microseconds")


def term_of(spec: FieldSpec) -> Term:
    """The term of a field of the site."""
    raw, kind = raw_value(spec), type_of(spec)
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

    people = spec.items == "user"
    return ManyTerm(
        name=spec.name,
        operators=EQUALITY,
        has=has,
        has_any=lambda _context: raw.is_not(None),
        resolve=people_named if people else lookups.label,
        functions=USER_FUNCTIONS if people else {},
    )


def _holds(raw: ColumnElement[Any], one: object) -> Condition:
    """Whether a JSON list holds a value: it stands between a bracket or comma and another."""
    value = orjson.dumps(one).decode()
    within = func.replace(func.replace(raw, "[", ","), "]", ",")
    return within.contains(f",{value.replace('[', ',').replace(']', ',')},", autoescape=True)


def _textual(spec: FieldSpec, raw: ColumnElement[Any]) -> Term:
    if spec.kind == "option":
        return EmptyTerm(name=spec.name, operators=EQUALITY)
    number = spec.number or 0
    return TextTerm(
        name=spec.name, operators=(*TEXT, "is", "is not"), matches=within_field(number), emptiness=raw.is_(None)
    )


def raw_value(spec: FieldSpec) -> ColumnElement[Any]:
    """What an issue has in a field of the site, as JSON, null for nothing."""
    query = select(_v.value).where(_v.site == _i.site, _v.issue_id == _i.id, _v.field_id == spec.number)
    return query.correlate(tables.issues).scalar_subquery()
