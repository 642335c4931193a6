"""What somebody looked at, as issueHistory() and lastViewed know it. Programs that read issues do not look at them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, insert, select, update

from simulator.emulators.jira import tables
from simulator.emulators.jira.state.context import Context

_v = tables.issue_views.c


_OF_ISSUES = select(_v.issue_id, _v.viewed_at).where(
    _v.site == bindparam("site"),
    _v.account_id == bindparam("caller"),
    _v.issue_id.in_(bindparam("ids", expanding=True)),
)


def viewed_at(context: Context, issue_ids: Iterable[int]) -> dict[int, datetime]:
    """When the caller looked at issues last; those never looked at are left out."""
    keys = {"site": context.site, "caller": context.account.id, "ids": list(issue_ids)}
    return {row.issue_id: row.viewed_at for row in context.connection.execute(_OF_ISSUES, keys)}


def viewed(context: Context) -> ColumnElement[bool]:
    """The condition that the caller has looked at an issue."""
    own = select(_v.issue_id).where(_v.site == context.site, _v.account_id == context.account.id)
    return tables.issues.c.id.in_(own)


def note_view(context: Context, issue_id: int) -> None:
    """Note that the caller looks at an issue now."""
    key = {"site": context.site, "account_id": context.account.id, "issue_id": issue_id}
    own = (_v.site == context.site) & (_v.account_id == context.account.id) & (_v.issue_id == issue_id)
    seen = context.connection.execute(update(tables.issue_views).where(own).values(viewed_at=context.now)).rowcount
    if not seen:
        context.connection.execute(insert(tables.issue_views), key | {"viewed_at": context.now})
