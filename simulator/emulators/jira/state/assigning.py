"""Who may be made an issue's assignee or reporter, and by whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.field_permissions import NOT_ON_SCREEN
from simulator.emulators.jira.state.issues import Issue
from simulator.emulators.jira.state.people import people_by_id
from simulator.emulators.jira.state.permissions import granted, may
from simulator.emulators.kit.accounts import Account


def assignable(context: Context, person: Account, project_id: int) -> bool:
    """Whether a person may be assigned the issues of a project."""
    is_app = person.kind == "bot"
    return not is_app and granted(context.meta.access, person, "ASSIGNABLE_USER", context.meta.projects[project_id])


def person_faults(
    context: Context, project_id: int, values: Mapping[str, Any], *, issue: Issue | None = None
) -> dict[str, str]:
    """What is wrong with a new assignee or reporter, by field; nothing where none is given, or all is as at first."""
    faults = {}
    named = () if context.meta.access.untouched else (("assignee", "ASSIGN_ISSUES"), ("reporter", "MODIFY_REPORTER"))
    for field, permission in named:
        before = getattr(issue, f"{field}_id") if issue else context.account.id if field == "reporter" else 0
        if field not in values or values[field] == before:
            continue
        if not may(context, permission, project_id=project_id, issue=issue):
            faults[field] = NOT_ON_SCREEN.format(field)
    wanted = values.get("assignee")
    if wanted and "assignee" not in faults and not (issue and issue.assignee_id == wanted):
        person = people_by_id(context, [wanted]).get(wanted)
        if person is not None and not assignable(context, person, project_id):
            faults["assignee"] = f"User '{person.jira_id}' cannot be assigned issues."
    return faults
