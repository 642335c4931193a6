"""Votes for issues: one for each person, on other people's open issues."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, delete, insert, select

from simulator.emulators.jira import tables
from simulator.emulators.jira.errors import NotFound
from simulator.emulators.jira.state.archived import refuse_archived
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.issues import Issue
from simulator.emulators.kit.prepared import Prepared

_v = tables.votes.c
_OF_ISSUES = Prepared(
    select(_v.issue_id, _v.account_id)
    .where(_v.site == bindparam("site"), _v.issue_id.in_(bindparam("ids", expanding=True)))
    .order_by(_v.account_id),
    names="ids",
)


def votes_of(context: Context, issue_ids: Iterable[int]) -> dict[int, list[int]]:
    """The accounts that voted for each issue."""
    wanted = list(issue_ids)
    found: dict[int, list[int]] = {issue_id: [] for issue_id in wanted}
    for issue_id, account_id in _OF_ISSUES.all(context.connection, site=context.site, ids=wanted):
        found[issue_id].append(account_id)
    return found


def add_vote(context: Context, issue: Issue) -> None:
    """Vote as the caller. Raises NotFound, as Jira does, where they may not."""
    if issue.reporter_id == context.account.id:
        raise NotFound("You cannot vote for an issue you have reported.")
    _check_open(context, issue)
    if context.account.id in votes_of(context, [issue.id])[issue.id]:
        raise NotFound("Cannot add a vote for an issue that the user has already voted for")
    row = {"site": context.site, "issue_id": issue.id, "account_id": context.account.id}
    context.connection.execute(insert(tables.votes), row)


def remove_vote(context: Context, issue: Issue) -> None:
    """Take the caller's vote back. Raises NotFound where there is none, or the issue is resolved."""
    _check_open(context, issue)
    of = (_v.site == context.site) & (_v.issue_id == issue.id) & (_v.account_id == context.account.id)
    if not context.connection.execute(delete(tables.votes).where(of)).rowcount:
        raise NotFound("Cannot remove a vote for an issue that the user has not already voted for.")


def _check_open(context: Context, issue: Issue) -> None:
    refuse_archived(context, issue, error=NotFound)
    if issue.resolution_id is not None:
        raise NotFound("You cannot vote or change your vote on resolved issues.")
