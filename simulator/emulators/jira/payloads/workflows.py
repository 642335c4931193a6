"""Workflows as Jira lists them, with the rules of their transitions.

https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-workflows/#api-rest-api-3-workflow-search-get
"""

from __future__ import annotations

from collections.abc import Collection
from hashlib import sha256
from uuid import UUID

from simulator.emulators.jira.payloads import shapes
from simulator.emulators.jira.payloads.shapes import Json
from simulator.emulators.jira.session import Session
from simulator.emulators.jira.state.configuration import Transition, Workflow

_CONDITIONS: dict[str, Json] = {
    "assignee": {"type": "AllowOnlyAssignee"},
    "reporter": {"type": "AllowOnlyReporter"},
    "lead": {"type": "PermissionCondition", "configuration": {"permissionKey": "ADMINISTER_PROJECTS"}},
    "admin": {"type": "InGroupCondition", "configuration": {"group": "jira-administrators"}},
}
"""Jira has no condition for a project's lead: the nearest is the permission that the lead has."""
_ASSIGN = {
    "me": {"type": "AssignToCurrentUserFunction"},
    "lead": {"type": "AssignToLeadFunction"},
    "reporter": {"type": "AssignToReporterFunction"},
    "nobody": {"type": "ClearFieldValuePostFunction", "configuration": {"fieldId": "assignee"}},
}


def workflow(session: Session, found: Workflow, *, expand: Collection[str]) -> Json:
    """A workflow with the expansions asked for."""
    digest = sha256(f"{session.context.site}/workflow/{found.id}".encode()).digest()
    shape: Json = {
        "id": {"name": found.name, "entityId": str(UUID(bytes=digest[:16], version=4))},
        "description": "",
        "isDefault": False,
    }
    if any(name.startswith("transitions") for name in expand):
        rules = "transitions.rules" in expand
        shape["transitions"] = [_initial(found), *(_transition(session, t, rules=rules) for t in found.transitions)]
    if any(name.startswith("statuses") for name in expand):
        names = session.context.meta.statuses
        shape["statuses"] = [{"id": str(n), "name": names[n].name, "properties": {}} for n in found.status_ids()]
    if "projects" in expand:
        users = [
            p for p in session.context.meta.projects.values() if found.id in {p.workflow_id, *p.workflow_ids.values()}
        ]
        shape["projects"] = [shapes.project(session, one) for one in users]
    return shape


def _initial(found: Workflow) -> Json:
    return {
        "id": "1",
        "name": "Create",
        "description": "",
        "from": [],
        "to": str(found.initial_status_id),
        "type": "initial",
    }


def _transition(session: Session, step: Transition, *, rules: bool) -> Json:
    shape: Json = {
        "id": str(step.id),
        "name": step.name,
        "description": "",
        "from": [] if step.from_status_id is None else [str(step.from_status_id)],
        "to": str(step.to_status_id),
        "type": "global" if step.from_status_id is None else "directed",
    }
    return shape | ({"rules": _rules(session, step)} if rules else {})


def _rules(session: Session, step: Transition) -> Json:
    rules = step.rules
    conditions: list[Json] = [{"nodeType": "simple", **_CONDITIONS[who]} for who in rules.only]
    roles = {role.name.lower(): role for role in session.context.meta.access.roles.values()}
    conditions += [
        {
            "nodeType": "simple",
            "type": "InProjectRoleCondition",
            "configuration": {"projectRole": {"id": str(roles[name.lower()].id), "name": name}},
        }
        for name in rules.roles
        if name.lower() in roles
    ]
    shape: Json = {"validators": [], "postFunctions": [{"type": "UpdateIssueStatusFunction"}]}
    if conditions:
        shape["conditionsTree"] = {"nodeType": "compound", "operator": "OR", "conditions": conditions}
    if rules.require:
        asked = {"fields": list(rules.require), "ignoreContext": False, "errorMessage": ""}
        shape["validators"] = [{"type": "FieldRequiredValidator", "configuration": asked}]
    if step.resolution_id is not None:
        value = {"fieldId": "resolution", "fieldValue": str(step.resolution_id)}
        shape["postFunctions"].append({"type": "UpdateIssueFieldFunction", "configuration": value})
    if rules.assign:
        shape["postFunctions"].append(_ASSIGN[rules.assign])
    return shape
