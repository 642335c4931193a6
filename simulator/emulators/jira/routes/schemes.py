"""Permission schemes, and which scheme of each kind a project has."""

from __future__ import annotations

from flask import Blueprint, Response

from simulator.emulators.jira.errors import BadRequest, NotFound
from simulator.emulators.jira.params import listed, text, words
from simulator.emulators.jira.payloads import access
from simulator.emulators.jira.project_request import SECURITY_SCHEME
from simulator.emulators.jira.session import reading, writing
from simulator.emulators.jira.state import schemes
from simulator.emulators.jira.state.permissions import require, require_admin
from simulator.emulators.kit.web import json_body, reply

platform = Blueprint("schemes", __name__)


@platform.get("/permissionscheme")
def permission_schemes() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-permission-schemes/#api-rest-api-3-permissionscheme-get"""
    with reading() as session:
        found = schemes.all_schemes(session.context)
        return reply({"permissionSchemes": [access.scheme(session, one, expand=words("expand")) for one in found]})


@platform.post("/permissionscheme")
def post_scheme() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-permission-schemes/#api-rest-api-3-permissionscheme-post"""
    given = json_body()
    with writing() as session:
        context = session.context
        require_admin(context)
        wishes = schemes.read_grants(context, listed(given, "permissions"))
        made = schemes.create_scheme(context, text(given, "name"), text(given, "description"), wishes)
        return reply(access.scheme(session, made, expand=["permissions", *words("expand")]), 201)


@platform.get("/permissionscheme/<number>")
def get_scheme(number: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-permission-schemes/#api-rest-api-3-permissionscheme-schemeid-get"""
    with reading() as session:
        found = schemes.find_scheme(session.context, number)
        return reply(access.scheme(session, found, expand=words("expand")))


@platform.put("/permissionscheme/<number>")
def put_scheme(number: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-permission-schemes/#api-rest-api-3-permissionscheme-schemeid-put"""
    given = json_body()
    with writing() as session:
        context = session.context
        require_admin(context)
        found = schemes.find_scheme(context, number)
        wishes = schemes.read_grants(context, listed(given, "permissions")) if "permissions" in given else None
        changed = schemes.edit_scheme(
            context, found, text(given, "name"), text(given, "description", found.description), wishes
        )
        return reply(access.scheme(session, changed, expand=["permissions", *words("expand")]))


@platform.delete("/permissionscheme/<number>")
def remove_scheme(number: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-permission-schemes/#api-rest-api-3-permissionscheme-schemeid-delete"""
    with writing() as session:
        schemes.delete_scheme(session.context, schemes.find_scheme(session.context, number))
        return reply(None, 204)


@platform.get("/permissionscheme/<number>/permission")
def scheme_grants(number: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-permission-schemes/#api-rest-api-3-permissionscheme-schemeid-permission-get"""
    with reading() as session:
        found = schemes.find_scheme(session.context, number)
        shown = [access.grant(session, found, one, expand=words("expand")) for one in found.grants]
        return reply({"permissions": shown, "expand": "user,group,projectRole,field,all"})


@platform.post("/permissionscheme/<number>/permission")
def post_grant(number: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-permission-schemes/#api-rest-api-3-permissionscheme-schemeid-permission-post"""
    given = json_body()
    with writing() as session:
        require_admin(session.context)
        found = schemes.find_scheme(session.context, number)
        made = schemes.add_grant(session.context, found, schemes.read_grants(session.context, [given])[0])
        return reply(access.grant(session, found, made, expand=words("expand")), 201)


@platform.get("/permissionscheme/<number>/permission/<grant>")
def get_grant(number: str, grant: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-permission-schemes/#api-rest-api-3-permissionscheme-schemeid-permission-permissionid-get"""
    with reading() as session:
        found = schemes.find_scheme(session.context, number)
        return reply(access.grant(session, found, schemes.find_grant(found, grant), expand=words("expand")))


@platform.delete("/permissionscheme/<number>/permission/<grant>")
def remove_grant(number: str, grant: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-permission-schemes/#api-rest-api-3-permissionscheme-schemeid-permission-permissionid-delete"""
    with writing() as session:
        found = schemes.find_scheme(session.context, number)
        schemes.remove_grant(session.context, found, schemes.find_grant(found, grant))
        return reply(None, 204)


@platform.get("/project/<key>/permissionscheme")
def project_scheme(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-project-permission-schemes/#api-rest-api-3-project-projectkeyorid-permissionscheme-get"""
    with reading() as session:
        project = session.context.meta.project(key)
        require(session.context, "ADMINISTER_PROJECTS", project_id=project.id)
        return reply(access.scheme(session, schemes.scheme_of(session.context, project), expand=words("expand")))


@platform.put("/project/<key>/permissionscheme")
def put_project_scheme(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-project-permission-schemes/#api-rest-api-3-project-projectkeyorid-permissionscheme-put"""
    number = json_body().get("id")
    if not isinstance(number, int) or isinstance(number, bool):
        raise BadRequest(errors={"id": "The id of a permission scheme is required."})
    with writing() as session:
        project, found = session.context.meta.project(key), schemes.find_scheme(session.context, str(number))
        schemes.give_scheme(session.context, project.id, found)
        return reply(access.scheme(session, found, expand=words("expand")))


@platform.get("/issuesecurityschemes")
def issue_security_schemes() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-security-schemes/#api-rest-api-3-issuesecurityschemes-get"""
    with reading() as session:
        require_admin(session.context)
        address = session.rest(f"/issuesecurityschemes/{SECURITY_SCHEME}")
        scheme = {
            "self": address,
            "id": SECURITY_SCHEME,
            "name": "Default",
            "description": "Issues without levels of security.",
        }
        return reply({"issueSecuritySchemes": [scheme]})


@platform.get("/project/<key>/issuesecuritylevelscheme")
def project_security_scheme(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-project-permission-schemes/#api-rest-api-3-project-projectkeyorid-issuesecuritylevelscheme-get

    404 while a project has none, and there are no levels to give.
    """
    with reading() as session:
        project = session.context.meta.project(key)
        require(session.context, "ADMINISTER_PROJECTS", project_id=project.id)
        raise NotFound(f"The project '{project.key}' has no issue security scheme.")


@platform.get("/project/<key>/securitylevel")
def project_security_levels(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-project-permission-schemes/#api-rest-api-3-project-projectkeyorid-securitylevel-get"""
    with reading() as session:
        session.context.meta.project(key)
        return reply({"levels": []})
