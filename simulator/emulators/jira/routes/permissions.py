"""What the caller may do, and the permissions that there are."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, request

from simulator.emulators.jira.errors import BadRequest
from simulator.emulators.jira.params import listed, strings
from simulator.emulators.jira.payloads import access
from simulator.emulators.jira.session import reading
from simulator.emulators.jira.state.callers import renewed
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.issues import Issue, find_issue, read_issues
from simulator.emulators.jira.state.people import person_by_account_id
from simulator.emulators.jira.state.permission_list import PERMISSIONS
from simulator.emulators.jira.state.permissions import may, require_admin
from simulator.emulators.kit.web import json_body, reply

platform = Blueprint("permissions", __name__)

_MOST = 1000


@platform.get("/mypermissions")
def my_permissions() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-permissions/#api-rest-api-3-mypermissions-get"""
    asked = [key.strip() for key in request.args.get("permissions", "").split(",") if key.strip()]
    if not asked:
        raise BadRequest("The 'permissions' query parameter is required.")
    _check_known(asked)
    with reading() as session:
        project_id, issue = _about(session.context)
        return reply(
            {
                "permissions": {
                    key: access.permission(
                        PERMISSIONS[key], have=may(session.context, key, project_id=project_id, issue=issue)
                    )
                    for key in asked
                }
            }
        )


@platform.get("/permissions")
def all_permissions() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-permissions/#api-rest-api-3-permissions-get"""
    with reading() as session:
        require_admin(session.context)
        return reply({"permissions": {key: access.permission(found) for key, found in PERMISSIONS.items()}})


@platform.post("/permissions/check")
def check_permissions() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-permissions/#api-rest-api-3-permissions-check-post"""
    given = json_body()
    everywhere, asked = strings(given, "globalPermissions"), listed(given, "projectPermissions")
    if not all(isinstance(one, dict) for one in asked) or len(asked) > _MOST:
        raise BadRequest("'projectPermissions' must be an array of objects.")
    _check_known([*everywhere, *(key for one in asked for key in strings(one, "permissions"))])
    with reading() as session:
        context = session.context
        wanted = given.get("accountId")
        if wanted and wanted != context.account.jira_id:
            require_admin(context)
            person = person_by_account_id(context, str(wanted))
            if person is None:
                raise BadRequest("The user does not exist.")
            context = renewed(replace(context, account=person))  # with what that person may see
        return reply(
            {
                "globalPermissions": [key for key in everywhere if may(context, key)],
                "projectPermissions": [shape for one in asked for shape in _granted(context, one)],
            }
        )


@platform.post("/permissions/project")
def permitted_projects() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-permissions/#api-rest-api-3-permissions-project-post"""
    asked = strings(json_body(), "permissions")
    _check_known(asked)
    with reading() as session:
        context = session.context
        found = [
            project
            for project in sorted(context.meta.projects.values(), key=lambda one: one.key)
            if all(may(context, key, project_id=project.id) for key in asked)
        ]
        return reply({"projects": [{"id": project.id, "key": project.key} for project in found]})


def _check_known(keys: list[str]) -> None:
    unknown = [key[:60] for key in keys if key not in PERMISSIONS]
    if unknown:
        raise BadRequest(f"Unrecognized permission(s): {', '.join(unknown[:20])}")


def _about(context: Context) -> tuple[int | None, Issue | None]:
    """The project or issue that the query names, if any. Raises NoProject, NoIssue."""
    if key := request.args.get("issueKey") or request.args.get("issueId"):
        issue = find_issue(context, key)
        return issue.project_id, issue
    if key := request.args.get("projectKey") or request.args.get("projectId"):
        return context.meta.project(key).id, None
    return None, None


def _granted(context: Context, asked: dict[str, Any]) -> list[dict[str, Any]]:
    """For each permission, the projects and issues among those asked about for which it is given."""
    projects, numbers = (
        [number for number in listed(asked, name) if isinstance(number, int)][:_MOST] for name in ("projects", "issues")
    )
    issues = [one for one in read_issues(context, numbers).values() if one.project_id not in context.meta.hidden]
    return [
        {
            "permission": key,
            "projects": [number for number in projects if may(context, key, project_id=number)],
            "issues": [issue.id for issue in issues if may(context, key, issue=issue)],
        }
        for key in strings(asked, "permissions")
    ]
