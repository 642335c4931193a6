"""What may be whose parent: epics over standard issues, standard issues over sub-tasks."""

from __future__ import annotations

from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.issues import Issue


def parent_faults(context: Context, *, type_id: int, project_id: int, parent: Issue | None) -> dict[str, str]:
    """What is wrong with the parent of an issue of that type, by field."""
    own = context.meta.issue_types[type_id]
    if parent is None:
        if own.subtask:
            return {"issuetype": "Issue type is a sub-task but parent issue key or id not specified."}
        return {}
    if context.meta.issue_types[parent.type_id].level != own.level + 1:
        return {"parentId": "Given parent issue does not belong to appropriate hierarchy."}
    if own.subtask and parent.project_id != project_id:
        return {"project": "Sub-tasks must be created in the same project as the parent."}
    return {}
