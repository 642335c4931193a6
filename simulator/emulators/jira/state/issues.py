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
    epic_color: str | None = None
    epic_done: bool | None = None


COLUMNS = [tables.issues.c[name] for name in Issue.__slots__]
_i = tables.issues.c


def find_issue(context: Context, key_or_id: str | int, *, lock: bool = False) -> Issue:
    """An issue by key (any case) or id; with `lock` no other transaction changes it before this one ends. Raises NoIssue."""
    wanted = str(key_or_id)
    by = _i.id == int(wanted) if _is_id(wanted) else _i.key == context.meta.issue_key(wanted)
    query = select(*COLUMNS).where(_i.site == context.site, by)
    row = context.connection.execute(query.with_for_update() if lock else query).mappings().first()
    if row is None or row["project_id"] in context.meta.hidden:
        raise NoIssue
    return Issue(**row)


def find_issues(context: Context, keys_or_ids: Sequence[object], *, lock: bool = False) -> list[Issue]:
    """Issues by keys and ids, in the order given, each once. Raises NoIssue when one is missing."""
    wanted = {str(item).upper() for item in keys_or_ids}
    found = issues_by_name(context, keys_or_ids, lock=lock)
    if len(found) < len(wanted):
        raise NoIssue
    return list({issue.id: issue for issue in found.values()}.values())


def present_issues(context: Context, keys_or_ids: Sequence[object]) -> list[Issue]:
    """Issues by keys and ids, in the order given, each once; what may not be seen or is not there is left out."""
    return list({issue.id: issue for issue in issues_by_name(context, keys_or_ids).values()}.values())


def issues_by_name(context: Context, keys_or_ids: Sequence[object], *, lock: bool = False) -> dict[str, Issue]:
    """The issues that may be seen, by the key (in capitals) or id that was asked for, in that order."""
    wanted = list(dict.fromkeys(str(item).upper() for item in keys_or_ids))
    ids, keys = [int(item) for item in wanted if _is_id(item)], [item for item in wanted if not _is_id(item)]
    keys = [context.meta.issue_key(key) for key in keys]
    rows: list[Any] = []
    for by in [column.in_(names) for column, names in ((_i.id, ids), (_i.key, keys)) if names]:
        # each by its own index: with OR and an order, SQLite looks at every issue of the site
        query = select(*COLUMNS).where(_i.site == context.site, by)
        rows += context.connection.execute(query.with_for_update() if lock else query).mappings()
    found: dict[str, Issue] = {}
    for row in rows:
        if row["project_id"] in context.meta.hidden:
            continue
        found[row["key"]] = found[str(row["id"])] = Issue(**row)
    return {item: found[now] for item in wanted if (now := context.meta.issue_key(item)) in found}


def read_issues(context: Context, ids: Iterable[int]) -> dict[int, Issue]:
    """Issues by id; missing ones are left out."""
    query = select(*COLUMNS).where(_i.site == context.site, _i.id.in_(list(ids)))
    return {row["id"]: Issue(**row) for row in context.connection.execute(query).mappings()}


def children(context: Context, parent_ids: Iterable[int], *, level: int | None = None) -> list[Issue]:
    """The issues under these, by rank; with `level`, only those whose type has it."""
    query: Any = select(*COLUMNS).where(_i.site == context.site, _i.parent_id.in_(list(parent_ids)))
    if level is not None:
        kinds = [kind.id for kind in context.meta.issue_types.values() if kind.level == level]
        query = query.where(_i.type_id.in_(kinds))
    found = [Issue(**row) for row in context.connection.execute(query).mappings()]
    return sorted(found, key=lambda issue: issue.rank)  # asked to, SQLite would go through the ranks of the whole site


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19
