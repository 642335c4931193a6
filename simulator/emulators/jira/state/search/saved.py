"""`filter = …` in queries: saved filters by name or id, none in itself, and not too many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select

from simulator.emulators.jira import tables
from simulator.emulators.jira.errors import NotFound
from simulator.emulators.jira.jql.errors import JqlError
from simulator.emulators.jira.jql.tree import Field, Items, Operand, Value
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.filters import find_filter
from simulator.emulators.jira.state.search.folding import called

MOST_EXPANDED = 30
_NAMES = {"filter", "request", "savedfilter", "searchrequest"}
_f = tables.filters.c


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved filter's query, and how the asking query calls it."""

    id: int
    jql: str
    called: str


def is_filter(field: Field) -> bool:
    """Whether a field stands for saved filters."""
    return field.name.lower() in _NAMES


def find_filters(context: Context, operator: str, operand: Operand) -> list[Saved]:
    """The saved filters that a clause names. Raises JqlError."""
    if operator not in ("=", "!=", "in", "not in"):
        raise JqlError(f"The operator '{operator}' is not supported by the 'filter' field.")
    named = operand.operands if isinstance(operand, Items) else (operand,)
    return [_find(context, one) for one in named]


def check_depth(filter_: Saved, outer: Sequence[int], expanded: int) -> None:
    """Raises JqlError for a filter within itself, or for too many."""
    if filter_.id in outer:
        raise JqlError(
            f"Field 'filter' with value '{filter_.called}' matches filter '{filter_.called}' and causes a cyclical reference, "
            "this query can not be executed and should be edited."
        )
    if expanded > MOST_EXPANDED:
        raise JqlError(f"The JQL query has more than {MOST_EXPANDED} saved filters within it.")


def _find(context: Context, operand: Operand) -> Saved:
    if not isinstance(operand, Value):
        raise JqlError("The field 'filter' expects the name or id of a filter.")
    text = operand.text
    by = called(_f.name, text)
    if text.isascii() and text.isdecimal() and len(text) < 19:
        by = or_(by, _f.id == int(text))
    ids = context.connection.execute(select(_f.id).where(_f.site == context.site, by).order_by(_f.id)).scalars().all()
    for number in ids:
        try:
            found = find_filter(context, number)
        except NotFound:
            continue
        return Saved(found.id, found.jql, text)
    raise JqlError(f"The value '{text}' does not exist for the field 'filter'.")
