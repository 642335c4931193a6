"""Deleting issues. Their numbers are not given again.

Source: https://docs.github.com/en/issues/tracking-your-work-with-issues/administering-issues/deleting-an-issue
"""

from __future__ import annotations

from sqlalchemy import delete, select

from simulator.emulators.github.state.issues import Issue
from simulator.emulators.github.state.reactions import COMMENT, ISSUE
from simulator.emulators.github.state.tallies import count_in
from simulator.emulators.github.state.work import Work
from simulator.emulators.github.tables import comments, issues, reactions


def delete_issue(work: Work, issue: Issue) -> None:
    """Remove an issue with its comments, history, reactions and its place among other issues."""
    of_issue = select(comments.c.id).where(comments.c.site == work.site, comments.c.issue_id == issue.id)
    for kind, ids in ((COMMENT, of_issue), (ISSUE, [issue.id])):
        query = delete(reactions).where(
            reactions.c.site == work.site, reactions.c.subject == kind, reactions.c.subject_id.in_(ids)
        )
        work.connection.execute(query)
    # Everything else refers to the issue's row and goes with it.
    work.connection.execute(delete(issues).where(issues.c.site == work.site, issues.c.id == issue.id))
    count_in(work.connection, work.site, issue.repository_id, is_pull=issue.is_pull, state=issue.state, by=-1)
