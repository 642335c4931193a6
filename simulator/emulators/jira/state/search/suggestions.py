"""What an editor of queries is offered: the fields with their operators, the functions, values that begin with what was typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

import orjson
from sqlalchemy import func, select

from simulator.emulators.jira import tables
from simulator.emulators.jira.fields import FIELDS, FieldSpec
from simulator.emulators.jira.jql.tree import Field
from simulator.emulators.jira.state.configuration import CATEGORIES
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.people import search_people
from simulator.emulators.jira.state.search.catalogue import TERMS, find_term
from simulator.emulators.jira.state.search.custom_terms import find_custom, term_of
from simulator.emulators.jira.state.search.history import PASTS
from simulator.emulators.jira.state.search.lookups import seen_sprints
from simulator.emulators.jira.state.search.order import ORDERS, can_sort
from simulator.emulators.jira.state.search.terms import ColumnTerm, ManyTerm, Term

_MOST_LISTS = 200
MOST = 15
"""So many values are offered at once."""

_PAST_OPERATORS = ("was", "was in", "was not", "was not in", "changed")
_AS_WRITTEN = {clause.lower(): clause for spec in FIELDS for clause in spec.clauses}
_NUMBERS = {clause.lower(): f"cf[{spec.number}]" for spec in FIELDS if spec.custom for clause in spec.clauses}

Offer = Callable[[Context, str], Iterable[str]]
"""Names among which the caller chooses; the second argument is what was typed, in lower case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldOffer:
    """A field as an editor offers it."""

    name: str
    custom: str | None
    kind: str | None  # the type of a field of the site
    operators: Sequence[str]
    orderable: bool
    values: bool  # whether `suggest` knows values of it


def fields_offered(context: Context) -> list[FieldOffer]:
    """Every name that a query can ask about, in their order; `cf[N]` stands beside its name."""
    found = [_field(name, term) for name, term in TERMS.items() if "[" not in name]
    found += [_custom_field(spec) for spec in context.meta.custom_fields.values()]
    return sorted(found, key=lambda one: (one.name.lower(), one.custom or ""))


def suggest(context: Context, field: str, typed: str) -> list[str]:
    """Values of a field that begin with what was typed, or a word of which does. Raises JqlError for an unknown field."""
    named = Field(field.strip('"'))
    spec = find_custom(context, named)
    offer = _custom_offer(spec) if spec else _OFFERS.get(find_term(named).name.lower())
    wanted = typed.lower()
    fitting = (name for name in (offer(context, wanted) if offer else ()) if _begins(name.lower(), wanted))
    return sorted(set(fitting), key=str.lower)[:MOST]


def suggest_for_predicate(context: Context, field: str, predicate: str, typed: str) -> list[str]:
    """The same for what follows a predicate: people after `by`, the field's values after `from` and `to`."""
    if predicate.lower() == "by":
        return suggest(context, "assignee", typed)
    return suggest(context, field, typed) if predicate.lower() in ("from", "to") else []


def _begins(name: str, wanted: str) -> bool:
    return name.startswith(wanted) or f" {wanted}" in name


def _field(name: str, term: Term) -> FieldOffer:
    return FieldOffer(
        name=_AS_WRITTEN.get(name, term.name if term.name.lower() == name else name),
        custom=_NUMBERS.get(name),
        kind=None,
        operators=(*term.operators, *(_empties(term)), *(_PAST_OPERATORS if name in PASTS else ())),
        orderable=name in ORDERS,
        values=term.name.lower() in _OFFERS,
    )


def _custom_field(spec: FieldSpec) -> FieldOffer:
    return FieldOffer(
        name=spec.name,
        custom=f"cf[{spec.number}]",
        kind=spec.kind,
        operators=term_of(spec).operators,
        orderable=can_sort(spec),
        values=_custom_offer(spec) is not None,
    )


def _custom_offer(spec: FieldSpec) -> Offer | None:
    if "user" in (spec.kind, spec.items):
        return _people
    return partial(_listed_in, spec) if spec.items == "string" else None


def _listed_in(spec: FieldSpec, context: Context, typed: str) -> Iterable[str]:
    """What the lists of a field hold, of many issues' lists."""
    v = tables.custom_values.c
    own = (v.site == context.site, v.field_id == spec.number, func.lower(v.value).contains(typed, autoescape=True))
    lists = context.connection.execute(select(v.value).where(*own).distinct().limit(_MOST_LISTS)).scalars()
    return {one for text in lists for one in orjson.loads(text)}


def _empties(term: Term) -> Sequence[str]:
    known = isinstance(term, ColumnTerm | ManyTerm) and "is" not in term.operators
    return ("is", "is not") if known else ()


def _people(context: Context, typed: str) -> list[str]:
    return [account.name for account in search_people(context, typed)]


def _labels(context: Context, typed: str) -> list[str]:
    column = tables.labels.c.label
    own = (tables.labels.c.site == context.site) & func.lower(column).startswith(typed, autoescape=True)
    return list(context.connection.execute(select(column).where(own).distinct().order_by(column).limit(MOST)).scalars())


def _sprints(context: Context, typed: str) -> list[str]:
    s = tables.sprints.c
    own = (s.site == context.site) & func.lower(s.name).contains(typed, autoescape=True) & seen_sprints(context)
    return list(context.connection.execute(select(s.name).where(own).distinct().order_by(s.name).limit(200)).scalars())


_OFFERS: dict[str, Offer] = {
    **dict.fromkeys(("assignee", "reporter", "creator", "watcher", "voter", "worklogauthor"), _people),
    "labels": _labels,
    "sprint": _sprints,
    "parentproject": lambda c, _typed: [one.name for one in c.meta.projects.values()],
    "projecttype": lambda _context, _typed: ["business", "service_desk", "software"],
    "project": lambda c, _typed: [one.name for one in c.meta.projects.values()],
    "status": lambda c, _typed: [one.name for one in c.meta.statuses.values()],
    "statuscategory": lambda _context, _typed: [name for _, name in CATEGORIES.values()],
    "issuetype": lambda c, _typed: [one.name for one in c.meta.issue_types.values()],
    "priority": lambda c, _typed: [one.name for one in c.meta.priorities.values()],
    "resolution": lambda c, _typed: ["Unresolved", *(one.name for one in c.meta.resolutions.values())],
    "issuelinktype": lambda c, _typed: [words for t in c.meta.link_types.values() for words in (t.inward, t.outward)],
    "component": lambda c, _typed: [one.name for one in c.meta.components.values()],
    "fixversion": lambda c, _typed: [one.name for one in c.meta.versions.values()],
    "affectedversion": lambda c, _typed: [one.name for one in c.meta.versions.values()],
    "flagged": lambda _context, _typed: ["Impediment"],
}
