"""Who watches an issue."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, insert, select

from simulator.emulators.jira import tables
from simulator.emulators.jira.errors import BadRequest
from simulator.emulators.jira.state.archived import refuse_archived
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.issues import Issue
from simulator.emulators.jira.state.permissions import granted, require
from simulator.emulators.kit.accounts import Account

_w = tables.watchers.c


def watchers_of(context: Context, issue_ids: Iterable[int]) -> dict[int, list[int]]:
    """The accounts that watch each issue, by id."""
    wanted = list(issue_ids)
    found: dict[int, list[int]] = {issue_id: [] for issue_id in wanted}
    query = select(_w.issue_id, _w.account_id).where(_w.site == context.site, _w.issue_id.in_(wanted))
    for issue_id, account_id in context.connection.execute(query.order_by(_w.account_id)):
        found[issue_id].append(account_id)
    return found


def add_watcher(context: Context, issue: Issue, person: Account) -> None:
    """Let a person watch an issue. Nothing happens when they do already.

    Raises Forbidden for somebody else without the permission, BadRequest for who may not see the issue.
    """
    _check(context, issue, person)
    project = context.meta.projects[issue.project_id]
    if not person.active or not granted(context.meta.access, person, "BROWSE_PROJECTS", project, issue=issue):
        raise BadRequest(
            f'The user "{person.name}" does not have permission to view this issue. '
            "This user will not be added to the watch list."
        )
    if person.id not in watchers_of(context, [issue.id])[issue.id]:
        row = {"site": context.site, "issue_id": issue.id, "account_id": person.id}
        context.connection.execute(insert(tables.watchers), row)


def remove_watcher(context: Context, issue: Issue, person: Account) -> None:
    """Let a person stop watching. Raises Forbidden for somebody else without the permission."""
    _check(context, issue, person)
    of = (_w.site == context.site) & (_w.issue_id == issue.id) & (_w.account_id == person.id)
    context.connection.execute(delete(tables.watchers).where(of))


def _check(context: Context, issue: Issue, person: Account) -> None:
    refuse_archived(context, issue)
    if person.id != context.account.id:
        require(context, "MANAGE_WATCHERS", issue=issue)
