"""Functions that give issues or projects by what somebody did with them: updatedBy(), issueHistory(), votedIssues() and kin.

https://support.atlassian.com/jira-software-cloud/docs/jql-functions/
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, select

from simulator.emulators.jira import tables
from simulator.emulators.jira.jql.errors import JqlError
from simulator.emulators.jira.jql.tree import Function, Value
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.permission_list import PERMISSIONS
from simulator.emulators.jira.state.permissions import granted
from simulator.emulators.jira.state.search.operands import Call, Wanted, arity, instant, people_named
from simulator.emulators.jira.state.search.restricted import seen

MOST_VIEWED = 60
"""So many of the last issues that somebody looked at issueHistory() gives."""


def updated_by(context: Context, function: Function) -> Wanted:
    """updatedBy(user), updatedBy(user, from) and updatedBy(user, from, to): who created, changed or commented."""
    arity(function, 1, 3)
    people = people_named(context, function.name, function.arguments[0])
    dates = [instant(context, function.name, Value(text)) for text in function.arguments[1:]]

    def within(at: ColumnElement[Any]) -> list[ColumnElement[bool]]:
        return [at >= dates[0] if place == 0 else at <= dates[1] for place in range(len(dates))]

    i, h, c = tables.issues.alias().c, tables.histories.c, tables.comments.c
    said = (c.site == context.site, seen(context, tables.comments))
    return Wanted(
        subqueries=(
            select(i.id).where(i.site == context.site, i.creator_id.in_(people), *within(i.created_at)),
            select(h.issue_id).where(h.site == context.site, h.author_id.in_(people), *within(h.created_at)),
            select(c.issue_id).where(*said, c.author_id.in_(people), *within(c.created_at)),
            select(c.issue_id).where(*said, c.editor_id.in_(people), *within(c.updated_at)),
        )
    )


def issue_history(context: Context, function: Function) -> Wanted:
    """issueHistory(): what the caller looked at last."""
    arity(function, 0)
    v = tables.issue_views.c
    own = select(v.issue_id).where(v.site == context.site, v.account_id == context.account.id)
    recent = own.order_by(v.viewed_at.desc(), v.issue_id).limit(MOST_VIEWED)
    return Wanted(ids=tuple(context.connection.execute(recent).scalars()))


def voted_issues(context: Context, function: Function) -> Wanted:
    """votedIssues()."""
    arity(function, 0)
    v = tables.votes.c
    mine = select(v.issue_id).where(v.site == context.site, v.account_id == context.account.id)
    return Wanted(subqueries=(mine,))


def projects_led(context: Context, function: Function) -> Wanted:
    """projectsLeadByUser() and projectsLeadByUser(user)."""
    arity(function, 0, 1)
    names = function.arguments
    leads = people_named(context, function.name, names[0]) if names else [context.account.id]
    return Wanted(ids=tuple(one.id for one in context.meta.projects.values() if one.lead_id in leads))


def projects_permitted(context: Context, function: Function) -> Wanted:
    """projectsWhereUserHasPermission(permission): by its name or key."""
    arity(function, 1)
    asked = function.arguments[0].lower()
    key = next((key for key, one in PERMISSIONS.items() if asked in (key.lower(), one.name.lower())), None)
    if key is None:
        raise JqlError(f"Function '{function.name}' does not know the permission '{function.arguments[0]}'.")
    access, account = context.meta.access, context.account
    return Wanted(ids=tuple(p.id for p in context.meta.projects.values() if granted(access, account, key, p)))


def projects_with_role(context: Context, function: Function) -> Wanted:
    """projectsWhereUserHasRole(role)."""
    arity(function, 1)
    asked, access = function.arguments[0].lower(), context.meta.access
    role = next((one.id for one in access.roles.values() if asked in (one.name.lower(), str(one.id))), None)
    if role is None:
        raise JqlError(f"Function '{function.name}' does not know the role '{function.arguments[0]}'.")
    return Wanted(
        ids=tuple(p.id for p in context.meta.projects.values() if access.in_role(context.account, p.id, role))
    )


PROJECT_FUNCTIONS: dict[str, Call] = {
    "projectsleadbyuser": projects_led,
    "projectswhereuserhaspermission": projects_permitted,
    "projectswhereuserhasrole": projects_with_role,
}
"""Functions that give projects."""
