"""Project roles, of the site and in projects."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request

from simulator.emulators.jira.errors import BadRequest
from simulator.emulators.jira.params import mapping, text
from simulator.emulators.jira.payloads import access
from simulator.emulators.jira.session import Session, reading, writing
from simulator.emulators.jira.state import roles
from simulator.emulators.jira.state.access import Access, Role, load_access
from simulator.emulators.jira.state.configuration import Project
from simulator.emulators.jira.state.permissions import require_admin
from simulator.emulators.kit.web import json_body, reply

platform = Blueprint("roles", __name__)


@platform.get("/role")
def all_roles() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-project-roles/#api-rest-api-3-role-get"""
    with reading() as session:
        require_admin(session.context)
        return reply([_site_role(session, role) for role in roles.all_roles(session.context)])


@platform.post("/role")
def post_role() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-project-roles/#api-rest-api-3-role-post"""
    given = json_body()
    with writing() as session:
        made = roles.create_role(session.context, text(given, "name"), text(given, "description"))
        return reply(_site_role(session, made))


@platform.get("/role/<number>")
def get_role(number: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-project-roles/#api-rest-api-3-role-id-get"""
    with reading() as session:
        require_admin(session.context)
        return reply(_site_role(session, roles.find_role(session.context, number)))


@platform.put("/role/<number>")
@platform.post("/role/<number>")
def put_role(number: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-project-roles/#api-rest-api-3-role-id-put

    POST changes only what is given, PUT both name and description.
    """
    given = json_body()
    with writing() as session:
        found = roles.find_role(session.context, number)
        kept = (found.name, found.description) if request.method == "POST" else ("", "")
        name, description = text(given, "name", kept[0]), text(given, "description", kept[1])
        return reply(_site_role(session, roles.edit_role(session.context, found, name, description)))


@platform.delete("/role/<number>")
def remove_role(number: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-project-roles/#api-rest-api-3-role-id-delete"""
    with writing() as session:
        roles.delete_role(session.context, roles.find_role(session.context, number))
        return reply(None, 204)


@platform.get("/project/<key>/role")
def project_roles(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-project-roles/#api-rest-api-3-project-projectidorkey-role-get"""
    with reading() as session:
        project = roles.administered_project(session.context, key)
        found = roles.all_roles(session.context)
        return reply({role.name: session.rest(f"/project/{project.id}/role/{role.id}") for role in found})


@platform.get("/project/<key>/roledetails")
def project_role_details(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-project-roles/#api-rest-api-3-project-projectidorkey-roledetails-get"""
    with reading() as session:
        project = session.context.meta.project(key)
        return reply([access.role(session, role, project) for role in roles.all_roles(session.context)])


@platform.get("/project/<key>/role/<number>")
def project_role(key: str, number: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-project-roles/#api-rest-api-3-project-projectidorkey-role-id-get"""
    with reading() as session:
        project = roles.administered_project(session.context, key)
        return reply(_project_role(session, project, roles.find_role(session.context, number)))


@platform.post("/project/<key>/role/<number>")
def add_actors(key: str, number: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-project-role-actors/#api-rest-api-3-project-projectidorkey-role-id-post"""
    given = json_body()
    with writing() as session:
        context = session.context
        project, role = roles.administered_project(context, key), roles.find_role(context, number)
        users, groups, ids = (_some(given.get(name)) for name in ("user", "group", "groupId"))
        more = roles.read_actors(context, users=users, groups=groups, group_ids=ids)
        roles.add_actors(context, project, role, more)
        return reply(_project_role(session, project, role))


@platform.put("/project/<key>/role/<number>")
def put_actors(key: str, number: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-project-role-actors/#api-rest-api-3-project-projectidorkey-role-id-put"""
    body = json_body()
    given = mapping(body, "categorisedActors")
    with writing() as session:
        context = session.context
        project, role = roles.administered_project(context, key), roles.find_role(context, number)
        kinds = ("atlassian-user-role-actor", "atlassian-group-role-actor", "atlassian-group-role-actor-id")
        if "categorisedActors" not in body or not given.keys() <= set(kinds):
            raise BadRequest(f"'categorisedActors' must be an object of: {', '.join(kinds)}.")
        users, groups, ids = (_some(given.get(name)) for name in kinds)
        wanted = roles.read_actors(context, users=users, groups=groups, group_ids=ids)
        roles.set_actors(context, project, role, wanted)
        return reply(_project_role(session, project, role))


@platform.delete("/project/<key>/role/<number>")
def remove_actors(key: str, number: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-project-role-actors/#api-rest-api-3-project-projectidorkey-role-id-delete"""
    with writing() as session:
        context = session.context
        project, role = roles.administered_project(context, key), roles.find_role(context, number)
        users, groups, ids = (_some(request.args.get(name)) for name in ("user", "group", "groupId"))
        gone = roles.read_actors(context, users=users, groups=groups, group_ids=ids)
        roles.remove_actors(context, project, role, gone)
        return reply(None, 204)


def _some(value: Any) -> list[Any]:
    return [] if value is None or value == "" else value if isinstance(value, list) else [value]


def _site_role(session: Session, role: Role) -> dict[str, Any]:
    return access.role_with_actors(session, role, None, Access.first_actors(role.id))


def _project_role(session: Session, project: Project, role: Role) -> dict[str, Any]:
    """The role as it stands now, after what the request changed."""
    fresh = load_access(session.context.connection, session.context.site)
    return access.role_with_actors(session, role, project, fresh.actors_of(project.id, role.id))
