"""The server, the caller, and what the caller may do."""

from __future__ import annotations

from flask import Blueprint, Response, request

from simulator.emulators.jira.errors import BadRequest
from simulator.emulators.jira.payloads import shapes
from simulator.emulators.jira.session import reading
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import reply, stamp_millis

platform = Blueprint("server", __name__)

_PERMISSIONS = {
    # key: (id, name, for administrators only)
    "ADMINISTER": ("44", "Administer Jira", True),
    "CREATE_PROJECT": ("48", "Create projects", True),
    "ADMINISTER_PROJECTS": ("23", "Administer projects", True),
    "BROWSE_PROJECTS": ("10", "Browse Projects", False),
    "CREATE_ISSUES": ("11", "Create Issues", False),
    "EDIT_ISSUES": ("12", "Edit Issues", False),
    "SCHEDULE_ISSUES": ("28", "Schedule Issues", False),
    "ASSIGN_ISSUES": ("13", "Assign Issues", False),
    "ASSIGNABLE_USER": ("17", "Assignable User", False),
    "RESOLVE_ISSUES": ("14", "Resolve Issues", False),
    "CLOSE_ISSUES": ("18", "Close Issues", False),
    "TRANSITION_ISSUES": ("46", "Transition Issues", False),
    "ADD_COMMENTS": ("15", "Add Comments", False),
    "EDIT_OWN_COMMENTS": ("35", "Edit Own Comments", False),
    "EDIT_ALL_COMMENTS": ("34", "Edit All Comments", True),
    "DELETE_OWN_COMMENTS": ("37", "Delete Own Comments", False),
    "DELETE_ALL_COMMENTS": ("36", "Delete All Comments", True),
    "DELETE_ISSUES": ("16", "Delete Issues", True),
    "LINK_ISSUES": ("21", "Link Issues", False),
    "MANAGE_WATCHERS": ("32", "Manage Watchers", False),
    "MANAGE_SPRINTS_PERMISSION": ("-1", "Manage sprints", False),
    "MODIFY_REPORTER": ("30", "Modify Reporter", False),
    "MOVE_ISSUES": ("25", "Move Issues", False),
}
_GLOBAL = {"ADMINISTER", "CREATE_PROJECT"}


@platform.get("/serverInfo")
def server_info() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-server-info/#api-rest-api-3-serverinfo-get

    The one address that asks for no credentials.
    """
    now, base = stamp_millis(instance().now()), Urls.of_request().jira()
    return reply(
        {
            "baseUrl": base,
            "displayUrl": base,
            "version": "1001.0.0-SNAPSHOT",
            "versionNumbers": [1001, 0, 0],
            "deploymentType": "Cloud",
            "buildNumber": 100300,
            "buildDate": "2026-11-01T00:00:00.000+0000",
            "serverTime": now,
            "serverTimeZone": "UTC",
            "scmInfo": "emulated",
            "serverTitle": "Jira",
            "defaultLocale": {"locale": "en_GB"},
        }
    )


@platform.get("/myself")
def myself() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-myself/#api-rest-api-3-myself-get"""
    with reading() as session:
        groups = {"size": 1, "items": []}
        shape = shapes.user(session, session.context.account)
        return reply(shape | {"locale": "en_GB", "groups": groups, "applicationRoles": {"size": 1, "items": []}})


@platform.get("/mypermissions")
def my_permissions() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-permissions/#api-rest-api-3-mypermissions-get"""
    asked = [key.strip() for key in request.args.get("permissions", "").split(",") if key.strip()]
    if not asked:
        raise BadRequest("The 'permissions' query parameter is required.")
    unknown = [key for key in asked if key not in _PERMISSIONS]
    if unknown:
        raise BadRequest(f"Unrecognized permission(s): {', '.join(unknown)}")
    with reading() as session:
        if key := request.args.get("projectKey") or request.args.get("projectId"):
            session.context.meta.project(key)
        return reply({"permissions": {key: _permission(key, admin=session.context.account.admin) for key in asked}})


def _permission(key: str, *, admin: bool) -> shapes.Json:
    number, name, admins_only = _PERMISSIONS[key]
    return {
        "id": number,
        "key": key,
        "name": name,
        "type": "GLOBAL" if key in _GLOBAL else "PROJECT",
        "description": name,
        "havePermission": admin or not admins_only,
    }


@platform.get("/permissionscheme")
def permission_schemes() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-permission-schemes/#api-rest-api-3-permissionscheme-get"""
    with reading() as session:
        scheme = {
            "expand": "permissions,user,group,projectRole,field,all",
            "id": 0,
            "self": session.rest("/permissionscheme/0"),
            "name": "Default Permission Scheme",
            "description": "Everybody of the site may work in every project; administrators may do the rest.",
        }
        return reply({"permissionSchemes": [scheme]})


@platform.get("/issuesecurityschemes")
def issue_security_schemes() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-security-schemes/#api-rest-api-3-issuesecurityschemes-get"""
    with reading() as session:
        scheme = {
            "self": session.rest("/issuesecurityschemes/10000"),
            "id": 10000,
            "name": "Default",
            "description": "",
        }
        return reply({"issueSecuritySchemes": [scheme]})


@platform.get("/projectCategory")
def project_categories() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-project-categories/#api-rest-api-3-projectcategory-get"""
    with reading():
        return reply([])
