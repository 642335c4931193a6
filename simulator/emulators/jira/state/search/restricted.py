"""What the caller may see of what issues hold: comments and worklogs that are restricted, voters and watchers."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, FromClause, Table, and_, exists, or_, select, true

from simulator.emulators.jira import tables
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.permissions import granted

_i = tables.issues.c
RESTRICTED: tuple[Table, ...] = (tables.comments, tables.worklogs)
"""The tables whose rows may be for some people only."""


def seen(context: Context, rows: FromClause) -> ColumnElement[bool]:
    """The condition on a comment or worklog of any project that the caller is among those whom it is for."""
    access, account, own = context.meta.access, context.account, rows.c
    groups = [number for number in access.groups if access.in_group(account, number)]
    ways = [own.visible_to.is_(None), and_(own.visible_to == "group", own.visible_id.in_(groups))]
    for role in access.roles:
        if projects := [number for number in context.meta.projects if access.in_role(account, number, role)]:
            of = select(_i.id).where(_i.site == own.site, _i.id == own.issue_id, _i.project_id.in_(projects))
            has_role = exists(of.correlate_except(tables.issues))
            ways.append(and_(own.visible_to == "role", own.visible_id == role, has_role))
    return or_(*ways)


def may_know(context: Context, person: ColumnElement[Any]) -> ColumnElement[bool]:
    """The condition on an issue's voter or watcher that the caller may know of them; everybody knows of oneself."""
    access, account = context.meta.access, context.account
    projects = context.meta.projects.values()
    closed = [p.id for p in projects if not granted(access, account, "VIEW_VOTERS_AND_WATCHERS", p)]
    return or_(_i.project_id.not_in(closed), person == account.id) if closed else true()
