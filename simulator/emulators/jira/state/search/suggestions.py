"""What an editor of queries is offered: the fields with their operators, the functions, values that begin with what was typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from simulator.emulators.jira import tables
from simulator.emulators.jira.fields import FIELDS
from simulator.emulators.jira.jql.tree import Field
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.meta import CATEGORIES
from simulator.emulators.jira.state.people import search_people
from simulator.emulators.jira.state.search.catalogue import TERMS, find_term
from simulator.emulators.jira.state.search.history import PASTS
from simulator.emulators.jira.state.search.order import ORDERS
from simulator.emulators.jira.state.search.terms import ColumnTerm, ManyTerm, Term

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
    operators: Sequence[str]
    orderable: bool
    values: bool  # whether `suggest` knows values of it


def fields_offered() -> list[FieldOffer]:
    """Every name that a query can ask about, in their order; `cf[N]` stands beside its name."""
    return [_field(name, term) for name, term in sorted(TERMS.items()) if "[" not in name]


def suggest(context: Context, field: str, typed: str) -> list[str]:
    """Values of a field that begin with what was typed, or a word of which does. Raises JqlError for an unknown field."""
    term = find_term(Field(field))
    offer = _OFFERS.get(term.name.lower())
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
        operators=(*term.operators, *(_empties(term)), *(_PAST_OPERATORS if name in PASTS else ())),
        orderable=name in ORDERS,
        values=term.name.lower() in _OFFERS,
    )


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
    own = (s.site == context.site) & func.lower(s.name).contains(typed, autoescape=True)
    return list(context.connection.execute(select(s.name).where(own).distinct().order_by(s.name).limit(200)).scalars())


_OFFERS: dict[str, Offer] = {
    **dict.fromkeys(("assignee", "reporter", "creator", "watcher", "voter", "worklogauthor"), _people),
    "labels": _labels,
    "sprint": _sprints,
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
