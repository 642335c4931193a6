"""Components of projects."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, request

from simulator.emulators.jira.errors import BadRequest, NoProject, NotFound
from simulator.emulators.jira.params import page, text
from simulator.emulators.jira.payloads import parts, shapes
from simulator.emulators.jira.payloads.pages import paged
from simulator.emulators.jira.session import Session, reading, writing
from simulator.emulators.jira.state import components
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.parts_meta import Component
from simulator.emulators.jira.state.people import people_by_id, person_by_account_id
from simulator.emulators.kit.web import json_body, reply

platform = Blueprint("components", __name__)


@platform.get("/project/<key>/components")
def project_components(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-project-components/#api-rest-api-3-project-projectidorkey-components-get"""
    with reading() as session:
        return reply(_shown(session, components.components_of(session.context, session.context.meta.project(key))))


@platform.get("/project/<key>/component")
def project_components_page(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-project-components/#api-rest-api-3-project-projectidorkey-component-get"""
    asked, query = page(), request.args.get("query", "").lower()
    with reading() as session:
        own = components.components_of(session.context, session.context.meta.project(key))
        found = [one for one in own if query in one.name.lower() or query in one.description.lower()]
        counts = components.count_issues(session.context, [one.id for one in found])
        shown = _ordered(session.context, found, counts)[asked.start : asked.start + asked.limit]
        values = [shape | {"issueCount": counts[int(shape["id"])]} for shape in _shown(session, shown)]
        where = f"/project/{key}/component"
        return reply(paged(asked, values, total=len(found), address=session.rest(where)))


@platform.post("/component")
def post_component() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-project-components/#api-rest-api-3-component-post"""
    given = json_body()
    with writing() as session:
        context = session.context
        if not text(given, "project"):
            raise BadRequest(errors={"project": "The project key is required."})
        try:
            project = context.meta.project(text(given, "project"))
        except NoProject as exc:
            raise NotFound("The project key specified is invalid. Does not exist or not visible.") from exc
        made = components.create_component(context, project, _values(context, given))
        return reply(_shown(session, [made])[0], 201)


@platform.get("/component/<number>")
def get_component(number: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-project-components/#api-rest-api-3-component-id-get"""
    with reading() as session:
        return reply(_shown(session, [components.find_component(session.context, number)])[0])


@platform.put("/component/<number>")
def put_component(number: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-project-components/#api-rest-api-3-component-id-put"""
    given = json_body()
    with writing() as session:
        context = session.context
        found = components.find_component(context, number)
        changed = components.edit_component(context, found, _values(context, given))
        return reply(_shown(session, [changed])[0])


@platform.delete("/component/<number>")
def remove_component(number: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-project-components/#api-rest-api-3-component-id-delete"""
    with writing() as session:
        context = session.context
        found = components.find_component(context, number)
        wanted = request.args.get("moveIssuesTo")
        move_to = components.find_component(context, wanted) if wanted else None
        components.delete_component(context, found, move_to=move_to)
        return reply(None, 204)


@platform.get("/component/<number>/relatedIssueCounts")
def related_counts(number: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-project-components/#api-rest-api-3-component-id-relatedissuecounts-get"""
    with reading() as session:
        found = components.find_component(session.context, number)
        count = components.count_issues(session.context, [found.id])[found.id]
        return reply({"self": session.rest(f"/component/{found.id}"), "issueCount": count})


def _ordered(context: Context, found: list[Component], counts: Mapping[int, int]) -> list[Component]:
    """Components in the order that `orderBy` asks for. Raises BadRequest."""
    order = request.args.get("orderBy", "name")
    leads = people_by_id(context, [one.lead_id for one in found])
    keys: dict[str, Callable[[Component], Any]] = {  # Any: what can be compared with its like
        "description": lambda one: one.description.lower(),
        "issueCount": lambda one: counts[one.id],
        "lead": lambda one: leads[one.lead_id].name.lower() if one.lead_id in leads else "",
        "name": lambda one: one.name.lower(),
    }
    if order.lstrip("+- ") not in keys:
        raise BadRequest(f"The value '{order[:40]}' is not valid for the parameter 'orderBy'.")
    return sorted(found, key=keys[order.lstrip("+- ")], reverse=order.startswith("-"))


def _shown(session: Session, found: Sequence[Component]) -> list[shapes.Json]:
    leads = {session.context.meta.projects[one.project_id].lead_id for one in found}
    people = people_by_id(session.context, {one.lead_id for one in found} | leads)
    return [parts.component(session, one, people) for one in found]


def _values(context: Context, given: dict[str, Any]) -> dict[str, Any]:
    """A component's values from a body. Raises BadRequest."""
    values: dict[str, Any] = {name: text(given, name) for name in ("name", "description") if name in given}
    if given.get("assigneeType") is not None:
        values["assignee_type"] = text(given, "assigneeType")
    if "leadAccountId" in given:
        wanted = text(given, "leadAccountId")
        person = person_by_account_id(context, wanted) if wanted else None
        if wanted and person is None:
            raise BadRequest(errors={"leadAccountId": f"The user '{wanted[:128]}' does not exist."})
        values["lead_id"] = person.id if person else None
    return values
