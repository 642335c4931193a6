"""Projects: listed, created, edited, deleted."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request

from simulator.emulators.jira.errors import BadRequest, Forbidden
from simulator.emulators.jira.params import page, text, words
from simulator.emulators.jira.payloads import shapes
from simulator.emulators.jira.payloads.parts import short_component, version
from simulator.emulators.jira.session import Session, reading, writing
from simulator.emulators.jira.state.components import components_of
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.meta import Project, load
from simulator.emulators.jira.state.people import people_by_id, person_by_account_id
from simulator.emulators.jira.state.permissions import require
from simulator.emulators.jira.state.projects import create_project, delete_project, edit_project
from simulator.emulators.jira.state.roles import all_roles
from simulator.emulators.jira.state.versions import versions_of
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.web import json_body, reply

platform = Blueprint("projects", __name__)

_GREENHOPPER = "com.pyxis.greenhopper.jira"
_TEMPLATES = {
    f"{_GREENHOPPER}:gh-simplified-scrum-classic": "scrum",
    f"{_GREENHOPPER}:gh-simplified-agility-scrum": "scrum",
    f"{_GREENHOPPER}:gh-scrum-template": "scrum",
    f"{_GREENHOPPER}:gh-simplified-kanban-classic": "kanban",
    f"{_GREENHOPPER}:gh-simplified-agility-kanban": "kanban",
    f"{_GREENHOPPER}:gh-kanban-template": "kanban",
    f"{_GREENHOPPER}:gh-simplified-basic": "kanban",
    f"{_GREENHOPPER}:basic-software-development-template": "kanban",
}
_TEAM_MANAGED = frozenset(f"{_GREENHOPPER}:gh-simplified-agility-{kind}" for kind in ("scrum", "kanban"))


@platform.get("/project")
def list_projects() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-projects/#api-rest-api-3-project-get"""
    with reading() as session:
        return reply(_listed(session, _by_key(session.context, {"live"})))


@platform.get("/project/search")
def search_projects() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-projects/#api-rest-api-3-project-search-get"""
    asked, query = page(), request.args.get("query", "").lower()
    keys, ids, states = {key.upper() for key in words("keys")}, set(words("id")), set(words("status"))
    with reading() as session:
        found = [
            p
            for p in _by_key(session.context, states or {"live"})
            if (query in p.name.lower() or query in p.key.lower())
            and (not keys or p.key in keys)
            and (not ids or str(p.id) in ids)
        ]
        shown = found[asked.start : asked.start + asked.limit]
        return reply(
            {
                "self": session.rest(f"/project/search?startAt={asked.start}&maxResults={asked.limit}"),
                "maxResults": asked.limit,
                "startAt": asked.start,
                "total": len(found),
                "isLast": asked.start + len(shown) >= len(found),
                "values": _listed(session, shown),
            }
        )


@platform.post("/project")
def post_project() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-projects/#api-rest-api-3-project-post"""
    given = json_body()
    with writing() as session:
        context = session.context
        _check_admin(context, "create")
        project_id = create_project(
            context.connection,
            site=context.site,
            key=text(given, "key"),
            name=text(given, "name"),
            template=_template(given),
            lead=_lead(context, given) or context.account,
            now=context.now,
            description=text(given, "description"),
            url=text(given, "url"),
            assignee_type=_assignee_type(given) or "UNASSIGNED",
            style="next-gen" if given.get("projectTemplateKey") in _TEAM_MANAGED else "classic",
        )
        context.tell("project_created", project_id=project_id)
        shape = {"self": session.rest(f"/project/{project_id}"), "id": project_id, "key": text(given, "key")}
        return reply(shape, 201)


@platform.get("/project/<key>")
def get_project(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-projects/#api-rest-api-3-project-projectidorkey-get"""
    with reading() as session:
        return reply(_full(session, session.context.meta.project(key)))


@platform.put("/project/<key>")
def put_project(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-projects/#api-rest-api-3-project-projectidorkey-put"""
    given = json_body()
    with writing() as session:
        context = session.context
        project = context.meta.project(key)
        require(context, "ADMINISTER_PROJECTS", project_id=project.id)
        if given.get("key", project.key) != project.key:
            raise BadRequest(errors={"projectKey": "The key of an emulated project cannot be changed."})
        lead = _lead(context, given)
        changes: dict[str, Any] = {n: text(given, n) for n in ("name", "description", "url") if n in given}
        changes |= {"lead_id": lead.id} if lead else {}
        changes |= {"assignee_type": _assignee_type(given)} if "assigneeType" in given else {}
        edit_project(context.connection, site=context.site, project_id=project.id, changes=changes)
        context.tell("project_updated", project_id=project.id)
        fresh = load(context.connection, context.site, "").projects[project.id]
        return reply(_full(session, fresh))


@platform.delete("/project/<key>")
def remove_project(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-projects/#api-rest-api-3-project-projectidorkey-delete"""
    with writing() as session:
        project = session.context.meta.project(key)
        _check_admin(session.context, "delete")
        if project.archived_at is not None:
            raise BadRequest(f"The project '{project.key}' is archived. Restore it in order to delete it.")
        delete_project(session.context.connection, site=session.context.site, project_id=project.id)
        session.context.tell("project_deleted", project=project)
        return reply(None, 204)


@platform.get("/project/<key>/statuses")
def project_statuses(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-projects/#api-rest-api-3-project-projectidorkey-statuses-get"""
    with reading() as session:
        meta = session.context.meta
        project = meta.project(key)
        return reply(
            [
                {
                    "self": session.rest(f"/issuetype/{kind.id}"),
                    "id": str(kind.id),
                    "name": kind.name,
                    "subtask": kind.subtask,
                    "statuses": [
                        shapes.status(session, meta.statuses[n])
                        for n in meta.workflow_of(project.id, kind.id).status_ids()
                    ],
                }
                for kind in meta.types_of(project)
            ]
        )


def _by_key(context: Context, states: set[str]) -> list[Project]:
    """The projects in these states: live, archived."""
    listed = (p for p in context.meta.projects.values() if ("archived" if p.archived_at else "live") in states)
    return sorted(listed, key=lambda p: p.key)


def _listed(session: Session, projects: list[Project]) -> list[shapes.Json]:
    expand = words("expand")
    leads = people_by_id(session.context, [p.lead_id for p in projects]) if "lead" in expand else {}
    types = bool({"issueTypes", "issuetypes"} & set(expand))
    return [shapes.listed_project(session, p, lead=leads.get(p.lead_id), types=types) for p in projects]


def _full(session: Session, project: Project) -> shapes.Json:
    lead = people_by_id(session.context, [project.lead_id])[project.lead_id]
    return shapes.full_project(session, project, lead) | {
        "components": [short_component(session, one) for one in components_of(session.context, project)],
        "versions": [version(session, one) for one in versions_of(session.context, project)],
        "roles": {
            role.name: session.rest(f"/project/{project.id}/role/{role.id}") for role in all_roles(session.context)
        },
    }


def _check_admin(context: Context, verb: str) -> None:
    if not context.account.admin:
        raise Forbidden(f"You must have global administrator rights in order to {verb} projects.")


def _lead(context: Context, given: dict[str, Any]) -> Account | None:
    wanted = given.get("leadAccountId")
    if not wanted:
        return None
    person = person_by_account_id(context, str(wanted))
    if person is None:
        raise BadRequest(errors={"projectLead": "The user specified as the project lead does not exist."})
    return person


def _template(given: dict[str, Any]) -> str:
    kind, key = given.get("projectTypeKey", "software"), given.get("projectTemplateKey")
    if kind != "software":
        raise BadRequest(errors={"projectTypeKey": f"The project type '{kind}' is not available."})
    if key is None:
        return "scrum"
    if not isinstance(key, str) or key not in _TEMPLATES:
        raise BadRequest(errors={"projectTemplateKey": f"The project template '{key}' does not exist."})
    return _TEMPLATES[key]


def _assignee_type(given: dict[str, Any]) -> str | None:
    wanted = given.get("assigneeType")
    if wanted not in (None, "PROJECT_LEAD", "UNASSIGNED"):
        raise BadRequest(errors={"assigneeType": f"The default assignee type '{wanted}' is not valid."})
    return str(wanted) if wanted else None
