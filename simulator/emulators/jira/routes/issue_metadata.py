"""What can be set when an issue is created or edited."""

from __future__ import annotations

from flask import Blueprint, Response

from simulator.emulators.jira.errors import BadRequest, NotFound
from simulator.emulators.jira.overrides import check_overrides
from simulator.emulators.jira.params import number, page, words
from simulator.emulators.jira.payloads import shapes
from simulator.emulators.jira.payloads.metadata import create_fields, edit_fields
from simulator.emulators.jira.session import Session, reading
from simulator.emulators.jira.state.configuration import IssueType, Project
from simulator.emulators.jira.state.issues import find_issue
from simulator.emulators.jira.state.permissions import may
from simulator.emulators.kit.web import reply

platform = Blueprint("issue_metadata", __name__)

LONGEST_PAGE = 200


@platform.get("/issue/createmeta")
def create_meta() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-createmeta-get"""
    keys, ids = {key.upper() for key in words("projectKeys")}, set(words("projectIds"))
    with reading() as session:
        chosen = [
            p
            for p in sorted(session.context.meta.projects.values(), key=lambda p: p.key)
            if may(session.context, "CREATE_ISSUES", project_id=p.id)
            and (not (keys or ids) or p.key in keys or str(p.id) in ids)
        ]
        return reply({"expand": "projects", "projects": [_project(session, p) for p in chosen]})


def _project(session: Session, project: Project) -> shapes.Json:
    names, ids = set(words("issuetypeNames")), set(words("issuetypeIds"))
    kinds = [
        kind
        for kind in session.context.meta.types_of(project)
        if (not names or kind.name in names) and (not ids or str(kind.id) in ids)
    ]
    with_fields = "projects.issuetypes.fields" in words("expand")
    described = []
    for kind in kinds:
        shape = shapes.issue_type(session, kind) | {"untranslatedName": kind.name, "expand": "fields"}
        described.append(shape | {"fields": create_fields(session, project, kind)} if with_fields else shape)
    whole = shapes.project(session, project)
    kept = {name: whole[name] for name in ("self", "id", "key", "name", "avatarUrls")}
    return kept | {"expand": "issuetypes", "issuetypes": described}


@platform.get("/issue/createmeta/<project>/issuetypes")
def create_meta_types(project: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-createmeta-projectidorkey-issuetypes-get"""
    with reading() as session:
        meta = session.context.meta
        kinds = [shapes.issue_type(session, kind) for kind in _kinds(session, meta.project(project))]
        return _page("issueTypes", [kind | {"untranslatedName": kind["name"]} for kind in kinds])


@platform.get("/issue/createmeta/<project>/issuetypes/<kind>")
def create_meta_fields(project: str, kind: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-createmeta-projectidorkey-issuetypes-issuetypeid-get"""
    with reading() as session:
        found = session.context.meta.project(project)
        chosen = next((t for t in _kinds(session, found) if str(t.id) == kind), None)
        if chosen is None:
            raise NotFound(f"The issue type with id '{kind}' does not exist in the project.")
        fields = create_fields(session, found, chosen)
        return _page("fields", [shape | {"fieldId": name} for name, shape in fields.items()])


@platform.get("/issue/<key>/editmeta")
def edit_meta(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-issueidorkey-editmeta-get"""
    with reading() as session:
        issue = find_issue(session.context, key)
        check_overrides(session)
        return reply({"fields": edit_fields(session, issue)})


def _kinds(session: Session, project: Project) -> list[IssueType]:
    """The issue types that the caller can create in a project."""
    allowed = may(session.context, "CREATE_ISSUES", project_id=project.id)
    return session.context.meta.types_of(project) if allowed else []


def _page(name: str, values: list[shapes.Json]) -> Response:
    if number("maxResults", 50) > LONGEST_PAGE:
        raise BadRequest(f"Parameter 'maxResults' must not exceed the limit '{LONGEST_PAGE}'")
    asked = page(50, LONGEST_PAGE)
    shown = values[asked.start : asked.start + asked.limit]
    return reply({"startAt": asked.start, "maxResults": asked.limit, "total": len(values), name: shown})
