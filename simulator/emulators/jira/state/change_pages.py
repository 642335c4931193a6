"""Pages of history over one issue or many, cut by the database."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import func, select

from simulator.emulators.jira import tables
from simulator.emulators.jira.state.changes import Change, Entry
from simulator.emulators.jira.state.context import Context

_h, _c = tables.histories.c, tables.changes.c


def count_entries(context: Context, issue_id: int) -> int:
    """How many entries an issue's history has."""
    query = select(func.count()).where(_h.site == context.site, _h.issue_id == issue_id)
    return int(context.connection.execute(query).scalar_one())


def page_of_entries(
    context: Context,
    issue_ids: Sequence[int],
    *,
    limit: int,
    start: int = 0,
    after: int = 0,
    fields: Collection[str] = (),
) -> list[Entry]:
    """Entries of these issues, oldest first, newer than the entry `after`; with `fields`, only items of those."""
    query = select(_h.id, _h.issue_id, _h.author_id, _h.created_at).where(
        _h.site == context.site, _h.issue_id.in_(issue_ids), _h.id > after
    )
    if fields:
        query = query.where(
            select(_c.position)
            .where(_c.site == _h.site, _c.history_id == _h.id, _c.field_id.in_(list(fields)))
            .correlate(tables.histories)
            .exists()
        )
    return _with_items(context, query.order_by(_h.id).offset(start).limit(limit), fields)


def entries_by_id(context: Context, issue_id: int, ids: Sequence[int]) -> list[Entry]:
    """The entries of an issue that have these ids, oldest first; others are left out."""
    query = select(_h.id, _h.issue_id, _h.author_id, _h.created_at).where(
        _h.site == context.site, _h.issue_id == issue_id, _h.id.in_(ids)
    )
    return _with_items(context, query.order_by(_h.id), ())


def _with_items(context: Context, query: Any, fields: Collection[str]) -> list[Entry]:  # Any: a select of four columns
    rows = context.connection.execute(query).all()
    of = (_c.site == context.site) & _c.history_id.in_([row.id for row in rows])
    if fields:
        of &= _c.field_id.in_(list(fields))
    items: dict[int, list[Change]] = {}
    chosen = select(_c.history_id, *(_c[name] for name in Change.__slots__)).where(of)
    for row in context.connection.execute(chosen.order_by(_c.history_id, _c.position)):
        items.setdefault(row.history_id, []).append(Change(**dict(zip(Change.__slots__, row[1:], strict=True))))
    return [Entry(**row._mapping, items=tuple(items.get(row.id, ()))) for row in rows]
