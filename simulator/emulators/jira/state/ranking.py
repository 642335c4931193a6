"""Ranking with its history: who put an issue higher or lower."""

from __future__ import annotations

from typing import Any

from simulator.emulators.jira.errors import BadRequest
from simulator.emulators.jira.fields import BY_ID, RANK
from simulator.emulators.jira.state.changes import Change, record, touch_issues
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.issues import Issue, find_issue
from simulator.emulators.jira.state.permissions import require
from simulator.emulators.jira.state.rank import is_beside, rank_issues


def check_may_schedule(context: Context, issues: list[Issue]) -> None:
    """Raises Forbidden when the caller may not plan one of the issues."""
    for project_id in {issue.project_id for issue in issues}:
        require(context, "SCHEDULE_ISSUES", project_id=project_id)


def rank_beside(context: Context, issues: list[Issue], *, target: Issue, before: bool) -> None:
    """Rank issues before or after another, with an entry in the history of each. Raises BadRequest.

    One that stands there already is left alone. Raises Forbidden when the caller may not plan them.
    """
    check_may_schedule(context, issues)
    if target.id in {issue.id for issue in issues}:
        raise BadRequest(f"The issue '{target.key}' cannot be ranked relative to itself.")
    if len(issues) == 1 and is_beside(context, issues[0], target, before=before):
        return
    rank_issues(context, issues, target=target, before=before)
    record(context, {issue.id: [_change(higher=issue.rank > target.rank)] for issue in issues})
    touch_issues(context, [issue.id for issue in issues])


def rank_as_given(context: Context, issues: list[Issue], given: dict[str, Any]) -> None:
    """Rank issues as the `rankBeforeIssue` or `rankAfterIssue` of a body says, if it has one. Raises BadRequest, NoIssue."""
    before, after = given.get("rankBeforeIssue"), given.get("rankAfterIssue")
    check_rank_field(given)
    if before and after:
        raise BadRequest("Only one of 'rankBeforeIssue' and 'rankAfterIssue' can be specified.")
    if before or after:
        target = find_issue(context, str(before or after), lock=True)
        rank_beside(context, issues, target=target, before=bool(before))


def check_rank_field(given: dict[str, Any]) -> None:
    """Raises BadRequest for a `rankCustomFieldId` of another field."""
    if given.get("rankCustomFieldId") not in (None, BY_ID[RANK].number):
        raise BadRequest("The custom field is not a rank field.")


def _change(*, higher: bool) -> Change:
    return Change(
        field="Rank",
        field_id=RANK,
        field_type="custom",
        from_value="",
        from_text="",
        to_value="",
        to_text="Ranked higher" if higher else "Ranked lower",
    )
