"""What can be set on an issue: create and edit metadata, the list of fields."""

from __future__ import annotations

from typing import Any

from simulator.emulators.jira.fields import FLAG_OPTION, FLAGGED, FieldSpec
from simulator.emulators.jira.payloads import shapes
from simulator.emulators.jira.payloads.parts import short_component, short_version
from simulator.emulators.jira.payloads.shapes import Json
from simulator.emulators.jira.session import Session
from simulator.emulators.jira.state.components import components_of
from simulator.emulators.jira.state.configuration import IssueType, Project
from simulator.emulators.jira.state.field_permissions import closed_fields
from simulator.emulators.jira.state.issues import Issue
from simulator.emulators.jira.state.permissions import may
from simulator.emulators.jira.state.versions import versions_of

_REQUIRED = {"summary", "issuetype", "project", "reporter"}
_CREATE_ONLY = {"project"}
_EDIT_ONLY = {"comment"}


def field(spec: FieldSpec) -> Json:
    """A field as `GET /field` lists it."""
    shape: Json = {
        "id": spec.id,
        "key": spec.id,
        "name": spec.name,
        "custom": spec.custom is not None,
        "orderable": spec.orderable,
        "navigable": spec.navigable,
        "searchable": spec.searchable,
        "clauseNames": list(spec.clauses),
    }
    return shape if spec.id == "issuekey" else shape | {"schema": spec.schema()}


def create_fields(session: Session, project: Project, kind: IssueType) -> dict[str, Json]:
    """The fields of the create screen of a project and type, by id."""
    closed = closed_fields(session.context, project.id)
    chosen = [
        spec
        for spec in session.context.meta.fields()
        if (spec.operations and spec.id not in _EDIT_ONLY | closed) or spec.id in _CREATE_ONLY
    ]
    found = {spec.id: described(session, project, spec) for spec in chosen}
    found["issuetype"]["allowedValues"] = [shapes.issue_type(session, kind)]
    found["parent"]["required"] = kind.subtask
    return found


def edit_fields(session: Session, issue: Issue) -> dict[str, Json]:
    """The fields of an issue's edit screen that the caller may set, by id."""
    context = session.context
    if not may(context, "EDIT_ISSUES", issue=issue):
        return {}
    project, closed = context.meta.projects[issue.project_id], closed_fields(context, issue.project_id, issue)
    chosen = [spec for spec in context.meta.fields() if spec.operations and spec.id not in closed]
    found = {spec.id: described(session, project, spec) for spec in chosen}
    own = context.meta.issue_types[issue.type_id]
    kinds = [kind for kind in context.meta.types_of(project) if kind.subtask == own.subtask]
    found["issuetype"]["allowedValues"] = [shapes.issue_type(session, kind) for kind in kinds]
    return found


def described(session: Session, project: Project, spec: FieldSpec) -> Json:
    """A field as screens describe it: what it takes, whether it must be given."""
    shape: Json = {
        "required": spec.id in _REQUIRED,
        "schema": spec.schema(),
        "name": spec.name,
        "key": spec.id,
        "hasDefaultValue": spec.id in {"priority", "reporter"},
        "operations": list(spec.operations) or ["set"],
    }
    allowed = _allowed(session, project, spec)
    if allowed is not None:
        shape["allowedValues"] = allowed
    if spec.id == "priority":
        shape["defaultValue"] = shapes.priority(session, session.context.meta.default_priority)
    if spec.kind == "user":
        query = f"/user/assignable/search?project={project.key}&query="
        shape["autoCompleteUrl"] = session.rest(query)
    return shape


def _allowed(session: Session, project: Project, spec: FieldSpec) -> list[Any] | None:
    meta = session.context.meta
    match spec.id:
        case "issuetype":
            return [shapes.issue_type(session, kind) for kind in meta.types_of(project)]
        case "priority":
            ordered = sorted(meta.priorities.values(), key=lambda p: p.position)
            return [shapes.priority(session, one) for one in ordered]
        case "project":
            return [shapes.project(session, project)]
        case "components":
            return [short_component(session, one) for one in components_of(session.context, project)]
        case "versions" | "fixVersions":
            versions = versions_of(session.context, project)
            return [short_version(session, one) for one in versions if not one.archived]
        case name if name == FLAGGED:
            return [FLAG_OPTION | {"self": session.rest(f"/customFieldOption/{FLAG_OPTION['id']}")}]
    return [] if "option" in (spec.kind, spec.items) else None  # a field that was added has none to choose from
