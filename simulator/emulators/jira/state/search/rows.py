"""What a field's rows say about an issue: labels, sprints, watchers, links, versions, priorities, in SQL."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, case, exists, false, func, or_, select, true

from simulator.emulators.jira import tables
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.search.operands import Wanted
from simulator.emulators.jira.state.search.terms import Condition

_i = tables.issues.c


Limit = Callable[[Context], Condition]
"""Which rows the caller may know of."""


def has(
    table: Table, column: ColumnElement[Any], *, limit: Limit | None = None
) -> Callable[[Context, Wanted], Condition]:
    """Whether an issue has a row in the table whose column is among what is asked."""

    def condition(context: Context, asked: Wanted) -> Condition:
        among = or_(false(), column.in_(asked.ids), *(column.in_(query) for query in asked.subqueries))
        return row_of(table, among, limit(context) if limit else true())

    return condition


def has_any(table: Table, *, limit: Limit | None = None) -> Callable[[Context], Condition]:
    """Whether an issue has any row in the table."""
    return lambda context: row_of(table, limit(context) if limit else true())


def row_of(table: Table, *more: Condition) -> Condition:
    """Whether an issue has a row in the table that fulfils all conditions."""
    return exists().where(table.c.site == _i.site, table.c.issue_id == _i.id, *more).correlate(tables.issues)


def number_of(table: Table) -> ColumnElement[Any]:
    """How many rows an issue has in the table."""
    own = select(func.count()).where(table.c.site == _i.site, table.c.issue_id == _i.id)
    return own.correlate(tables.issues).scalar_subquery()


def linked(_context: Context) -> Condition:
    """Whether an issue has any link."""
    link = tables.links.c
    ends = or_(link.source_id == _i.id, link.destination_id == _i.id)
    return exists().where(link.site == _i.site, ends).correlate(tables.issues)


def link_kinds(context: Context, words: Collection[str] | None) -> tuple[list[int], list[int]]:
    """The link types that read so, in lower case, from the source's side, and from the destination's; None: all."""
    kinds = context.meta.link_types.values()
    outward = [t.id for t in kinds if words is None or {t.outward.lower(), t.name.lower()} & set(words)]
    inward = [t.id for t in kinds if words is None or {t.inward.lower(), t.name.lower()} & set(words)]
    return outward, inward


def linked_by(context: Context, asked: Wanted) -> Condition:
    """Whether an issue has a link that reads so from its side."""
    link, (outward, inward) = tables.links.c, link_kinds(context, asked.ids)
    return _linked(link.type_id.in_(outward), link.type_id.in_(inward))


def linked_to(context: Context, asked: Wanted, *, words: Collection[str] | None = None) -> Condition:
    """Whether an issue is linked with one of these, by a link that reads so from its side."""
    link, (outward, inward) = tables.links.c, link_kinds(context, words)
    return _linked(
        and_(link.destination_id.in_(asked.ids), link.type_id.in_(outward)),
        and_(link.source_id.in_(asked.ids), link.type_id.in_(inward)),
    )


def _linked(as_source: Condition, as_destination: Condition) -> Condition:
    link = tables.links.c
    ways = or_(and_(link.source_id == _i.id, as_source), and_(link.destination_id == _i.id, as_destination))
    return exists().where(link.site == _i.site, ways).correlate(tables.issues)


def priority_position(context: Context) -> ColumnElement[Any]:
    """How high an issue's priority is: greater is higher."""
    return case({p.id: -p.position for p in context.meta.priorities.values()}, value=_i.priority_id)


def resolution_position(context: Context) -> ColumnElement[Any]:
    """Where an issue's resolution stands in their order, null without one."""
    return case({one.id: one.position for one in context.meta.resolutions.values()}, value=_i.resolution_id)


def position_of(context: Context, priority_id: int) -> int:
    """How high a priority is, as `priority_position` counts."""
    return -context.meta.priorities[priority_id].position
