"""Fields that take a permission of their own besides creating or editing the issue; without it no screen shows them.

https://support.atlassian.com/jira-cloud-administration/docs/permissions-for-company-managed-projects/
"""

from __future__ import annotations

from collections.abc import Iterable

from simulator.emulators.jira.fields import SPRINT
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.issues import Issue
from simulator.emulators.jira.state.permissions import may

NOT_ON_SCREEN = "Field '{}' cannot be set. It is not on the appropriate screen, or unknown."

_PLANNING = {"duedate": "SCHEDULE_ISSUES", SPRINT: "SCHEDULE_ISSUES", "fixVersions": "RESOLVE_ISSUES"}
_NEEDED = _PLANNING | {
    "assignee": "ASSIGN_ISSUES",
    "reporter": "MODIFY_REPORTER",
    "issuelinks": "LINK_ISSUES",
    "comment": "ADD_COMMENTS",
    "worklog": "WORK_ON_ISSUES",
    "attachment": "CREATE_ATTACHMENTS",
}


def closed_fields(context: Context, project_id: int, issue: Issue | None = None) -> set[str]:
    """The fields that the caller may not set on a project's new issues, or on an issue."""
    if context.meta.access.untouched:
        return set()
    return {name for name, needed in _NEEDED.items() if not may(context, needed, project_id=project_id, issue=issue)}


def planning_faults(
    context: Context, project_id: int, asked: Iterable[str], *, issue: Issue | None = None
) -> dict[str, str]:
    """What is wrong with setting when an issue shall be done, for those of the fields that the caller may not set.

    `assigning` knows of people, and each of the others asks for itself.
    """
    wanted = [name for name in asked if name in _PLANNING]
    closed = closed_fields(context, project_id, issue) if wanted else set()
    return {name: NOT_ON_SCREEN.format(name) for name in wanted if name in closed}
