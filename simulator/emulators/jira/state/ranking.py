"""Ranking with its history: who put an issue higher or lower."""

from __future__ import annotations

from simulator.emulators.jira.errors import BadRequest
from simulator.emulators.jira.fields import RANK
from simulator.emulators.jira.state.changes import Change, record, touch_issues
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.issues import Issue
from simulator.emulators.jira.state.rank import is_beside, rank_issues


def rank_beside(context: Context, issues: list[Issue], *, target: Issue, before: bool) -> None:
    """Rank issues before or after another, with an entry in the history of each. Raises BadRequest.

    One that stands there already is left alone.
    """
    if target.id in {issue.id for issue in issues}:
        raise BadRequest(f"The issue '{target.key}' cannot be ranked relative to itself.")
    if len(issues) == 1 and is_beside(context, issues[0], target, before=before):
        return
    rank_issues(context, issues, target=target, before=before)
    record(context, {issue.id: [_change(higher=issue.rank > target.rank)] for issue in issues})
    touch_issues(context, [issue.id for issue in issues])


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
