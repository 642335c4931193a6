"""Work that people logged: found and read, as far as the caller may see it. Refuses to change anything."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from simulator.emulators.jira import tables
from simulator.emulators.jira.errors import NotFound
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.issues import Issue
from simulator.emulators.jira.state.visibility import seen, sees
from simulator.emulators.kit.prepared import Prepared

MOST_IN_ISSUE = 20
"""Worklogs that an issue's `worklog` field shows; the rest has an address of its own."""

PAGE = 1000
"""Worklogs that one page of the changed ones names."""

_UNSETTLED = timedelta(minutes=1)  # what changed a moment ago is not told yet
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Worklog:
    """Some work; `comment` is ADF as JSON text."""

    id: int
    issue_id: int
    author_id: int
    editor_id: int
    comment: str | None
    seconds: int
    started_at: datetime
    created_at: datetime
    updated_at: datetime
    visible_to: str | None
    visible_id: int | None


@dataclass(frozen=True, slots=True)
class Touched:
    """A worklog that was changed or deleted, and when."""

    id: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchedPage:
    """What happened since an instant and before `until`, oldest first."""

    values: Sequence[Touched]
    until: datetime
    last: bool


_w, _i, _d = tables.worklogs.c, tables.issues.c, tables.worklog_deletions.c
_LOGGED = Prepared(
    select(_w.issue_id)
    .where(_w.site == bindparam("site"), _w.issue_id.in_(bindparam("ids", expanding=True)))
    .group_by(_w.issue_id),
    names="ids",
)
COLUMNS = [_w[name] for name in Worklog.__slots__]


def worklog_page(
    context: Context,
    issue: Issue,
    *,
    start: int,
    limit: int,
    after: datetime | None = None,
    before: datetime | None = None,
) -> tuple[list[Worklog], int]:
    """An issue's worklogs in the order in which work began, and how many there are; begun at or after, and before."""
    of = [_w.site == context.site, _w.issue_id == issue.id, seen(context, tables.worklogs, issue.project_id)]
    if after is not None:
        of.append(_w.started_at >= after)
    if before is not None:
        of.append(_w.started_at < before)
    total = context.connection.execute(select(func.count()).select_from(tables.worklogs).where(*of)).scalar_one()
    query = select(*COLUMNS).where(*of).order_by(_w.started_at, _w.id).offset(start).limit(limit)
    return _read(context, query), total


def worklogs_in(context: Context, issues: Sequence[Issue]) -> dict[int, tuple[list[Worklog], int]]:
    """For each issue the worklogs that its field shows and their whole number; issues without any are left out."""
    logged = {row[0] for row in _LOGGED.all(context.connection, site=context.site, ids=[one.id for one in issues])}
    by_project: dict[int, list[int]] = {}
    for issue in (one for one in issues if one.id in logged):
        by_project.setdefault(issue.project_id, []).append(issue.id)
    found: dict[int, tuple[list[Worklog], int]] = {}
    for project_id, ids in by_project.items():
        of = (_w.site == context.site) & _w.issue_id.in_(ids) & seen(context, tables.worklogs, project_id)
        place = func.row_number().over(partition_by=_w.issue_id, order_by=(_w.started_at, _w.id)).label("place")
        total = func.count().over(partition_by=_w.issue_id).label("total")
        ranked = select(*COLUMNS, place, total).where(of).subquery()
        query = select(ranked).where(ranked.c.place <= MOST_IN_ISSUE).order_by(ranked.c.issue_id, ranked.c.place)
        for row in context.connection.execute(query).mappings():
            listed, _ = found.setdefault(row["issue_id"], ([], row["total"]))
            listed.append(Worklog(**{name: row[name] for name in Worklog.__slots__}))
    return found


def find_worklog(context: Context, issue: Issue, worklog_id: str) -> Worklog:
    """A worklog of an issue that the caller may see. Raises NotFound."""
    number = int(worklog_id) if worklog_id.isascii() and worklog_id.isdecimal() and len(worklog_id) < 19 else 0
    query = select(*COLUMNS).where(_w.site == context.site, _w.issue_id == issue.id, _w.id == number)
    found = _read(context, query)
    if not found or not sees(context, issue.project_id, found[0].visible_to, found[0].visible_id):
        raise NotFound(f"Cannot find worklog with id: '{worklog_id}'.")
    return found[0]


def worklogs_by_id(context: Context, ids: Iterable[int]) -> list[Worklog]:
    """Those of the worklogs that there are and that the caller may see, by id."""
    query = _with_project(*COLUMNS).where(_w.id.in_(list(ids))).order_by(_w.id)
    rows = context.connection.execute(query, {"site": context.site}).mappings()
    return [Worklog(**{name: row[name] for name in Worklog.__slots__}) for row in rows if _shows(context, row)]


def updated_since(context: Context, since: datetime) -> TouchedPage:
    """The worklogs that were made or changed since an instant, but not within the last minute."""
    query = (
        _with_project(_w.id, _w.updated_at, _w.visible_to, _w.visible_id)
        .where(_w.updated_at >= since, _w.updated_at < context.now - _UNSETTLED)
        .order_by(_w.updated_at, _w.id)
        .limit(PAGE + 1)
    )
    rows = list(context.connection.execute(query, {"site": context.site}).mappings())
    touched = [(Touched(row["id"], row["updated_at"]), _shows(context, row)) for row in rows]
    return _page(touched, since)


def deleted_since(context: Context, since: datetime) -> TouchedPage:
    """The worklogs that were deleted since an instant, but not within the last minute."""
    query = (
        select(_d.worklog_id, _d.deleted_at)
        .where(_d.site == context.site, _d.deleted_at >= since, _d.deleted_at < context.now - _UNSETTLED)
        .order_by(_d.deleted_at, _d.worklog_id)
        .limit(PAGE + 1)
    )
    return _page([(Touched(*row), True) for row in context.connection.execute(query)], since)


def instant_of(millis: int) -> datetime:
    """The instant of a number of milliseconds since 1970; the ends of the calendar for what lies beyond."""
    return _EPOCH + timedelta(milliseconds=max(-(10**13), min(millis, 10**14)))


def millis_of(instant: datetime) -> int:
    """An instant as milliseconds since 1970."""
    return (instant - _EPOCH) // timedelta(milliseconds=1)


def _page(touched: list[tuple[Touched, bool]], since: datetime) -> TouchedPage:
    page = touched[:PAGE]
    until = page[-1][0].at if page else since
    return TouchedPage(values=[one for one, shows in page if shows], until=until, last=len(touched) <= PAGE)


def _with_project(*columns: Any) -> Select[Any]:  # Any: columns of every type
    joined = tables.worklogs.join(tables.issues, (_i.site == _w.site) & (_i.id == _w.issue_id))
    return select(*columns, _i.project_id).select_from(joined).where(_w.site == bindparam("site"))


def _shows(context: Context, row: Any) -> bool:  # Any: SQLAlchemy's row
    project_id = row["project_id"]
    return project_id not in context.meta.hidden and sees(context, project_id, row["visible_to"], row["visible_id"])


def _read(context: Context, query: Select[Any]) -> list[Worklog]:
    return [Worklog(**row) for row in context.connection.execute(query).mappings()]
