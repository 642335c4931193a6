"""What a field's rows say about an issue: labels, sprints, watchers, links, versions, priorities, in SQL."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, case, exists, false, func, or_, select

from simulator.emulators.jira import tables
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.search.operands import Wanted
from simulator.emulators.jira.state.search.terms import Condition

_i = tables.issues.c


def has(table: Table, column: ColumnElement[Any]) -> Callable[[Context, Wanted], Condition]:
    """Whether an issue has a row in the table whose column is among what is asked."""

    def condition(_context: Context, asked: Wanted) -> Condition:
        among = or_(false(), column.in_(asked.ids), *(column.in_(query) for query in asked.subqueries))
        return exists().where(table.c.site == _i.site, table.c.issue_id == _i.id, among).correlate(tables.issues)

    return condition


def has_any(table: Table) -> Callable[[], Condition]:
    """Whether an issue has any row in the table."""
    return lambda: exists().where(table.c.site == _i.site, table.c.issue_id == _i.id).correlate(tables.issues)


def number_of(table: Table) -> ColumnElement[Any]:
    """How many rows an issue has in the table."""
    own = select(func.count()).where(table.c.site == _i.site, table.c.issue_id == _i.id)
    return own.correlate(tables.issues).scalar_subquery()


def linked() -> Condition:
    """Whether an issue has any link."""
    link = tables.links.c
    ends = or_(link.source_id == _i.id, link.destination_id == _i.id)
    return exists().where(link.site == _i.site, ends).correlate(tables.issues)


def linked_by(context: Context, asked: Wanted) -> Condition:
    """Whether an issue has a link that reads so from its side."""
    link = tables.links.c
    kinds = context.meta.link_types.values()
    outward = [t.id for t in kinds if {t.outward.lower(), t.name.lower()} & set(asked.ids)]
    inward = [t.id for t in kinds if {t.inward.lower(), t.name.lower()} & set(asked.ids)]
    ways = or_(
        and_(link.source_id == _i.id, link.type_id.in_(outward)),
        and_(link.destination_id == _i.id, link.type_id.in_(inward)),
    )
    return exists().where(link.site == _i.site, ways).correlate(tables.issues)


def linked_to(_context: Context, asked: Wanted) -> Condition:
    """Whether an issue is linked with one of these."""
    link = tables.links.c
    ways = or_(
        and_(link.source_id == _i.id, link.destination_id.in_(asked.ids)),
        and_(link.destination_id == _i.id, link.source_id.in_(asked.ids)),
    )
    return exists().where(link.site == _i.site, ways).correlate(tables.issues)


def priority_position(context: Context) -> ColumnElement[Any]:
    """How high an issue's priority is: greater is higher."""
    return case({p.id: -p.position for p in context.meta.priorities.values()}, value=_i.priority_id)


def position_of(context: Context, priority_id: int) -> int:
    """How high a priority is, as `priority_position` counts."""
    return -context.meta.priorities[priority_id].position
