"""Issues: found and read. Refuses to change them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from simulator.emulators.jira import tables
from simulator.emulators.jira.errors import NoIssue
from simulator.emulators.jira.state.context import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """An issue's own row. Documents are ADF as JSON text; ids are the site's."""

    id: int
    project_id: int
    number: int
    key: str
    type_id: int
    status_id: int
    status_changed_at: datetime
    priority_id: int
    resolution_id: int | None
    resolved_at: datetime | None
    summary: str
    description: str | None
    environment: str | None
    assignee_id: int | None
    reporter_id: int
    creator_id: int
    parent_id: int | None
    points: float | None
    flagged: bool
    due_on: date | None
    rank: str
    created_at: datetime
    updated_at: datetime


COLUMNS = [tables.issues.c[name] for name in Issue.__slots__]
_i = tables.issues.c


def find_issue(context: Context, key_or_id: str | int, *, lock: bool = False) -> Issue:
    """An issue by key (any case) or id; with `lock` no other transaction changes it before this one ends. Raises NoIssue."""
    wanted = str(key_or_id)
    by = _i.id == int(wanted) if _is_id(wanted) else _i.key == wanted.upper()
    query = select(*COLUMNS).where(_i.site == context.site, by)
    row = context.connection.execute(query.with_for_update() if lock else query).mappings().first()
    if row is None:
        raise NoIssue
    return Issue(**row)


def find_issues(context: Context, keys_or_ids: Sequence[object], *, lock: bool = False) -> list[Issue]:
    """Issues by keys and ids, in the order given, each once. Raises NoIssue when one is missing."""
    wanted = list(dict.fromkeys(str(item).upper() for item in keys_or_ids))
    ids = [int(item) for item in wanted if _is_id(item)]
    query = select(*COLUMNS).where(_i.site == context.site, _i.id.in_(ids) | _i.key.in_(wanted)).order_by(_i.id)
    rows = context.connection.execute(query.with_for_update() if lock else query).mappings()
    found: dict[str, Issue] = {}
    for row in rows:
        found[row["key"]] = found[str(row["id"])] = Issue(**row)
    if any(item not in found for item in wanted):
        raise NoIssue
    return list({found[item].id: found[item] for item in wanted}.values())


def read_issues(context: Context, ids: Iterable[int]) -> dict[int, Issue]:
    """Issues by id; missing ones are left out."""
    query = select(*COLUMNS).where(_i.site == context.site, _i.id.in_(list(ids)))
    return {row["id"]: Issue(**row) for row in context.connection.execute(query).mappings()}


def children(context: Context, parent_ids: Iterable[int], *, level: int | None = None) -> list[Issue]:
    """The issues under these, by rank; with `level`, only those whose type has it."""
    query: Any = select(*COLUMNS).where(_i.site == context.site, _i.parent_id.in_(list(parent_ids))).order_by(_i.rank)
    if level is not None:
        kinds = [kind.id for kind in context.meta.issue_types.values() if kind.level == level]
        query = query.where(_i.type_id.in_(kinds))
    return [Issue(**row) for row in context.connection.execute(query).mappings()]


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19
