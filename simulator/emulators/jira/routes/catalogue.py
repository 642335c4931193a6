"""What the site is configured with: issue types, statuses, priorities, resolutions, fields, link types, labels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, request

from simulator.emulators.jira.errors import BadRequest, NotFound
from simulator.emulators.jira.params import flag, page, text, words
from simulator.emulators.jira.payloads import metadata, shapes
from simulator.emulators.jira.session import reading, writing
from simulator.emulators.jira.state.configuration import CATEGORIES, named
from simulator.emulators.jira.state.custom_fields import add_field
from simulator.emulators.jira.state.labels import all_labels
from simulator.emulators.jira.state.meta import Meta
from simulator.emulators.kit.web import json_body, reply

platform = Blueprint("catalogue", __name__)


@platform.get("/issuetype")
def issue_types() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-types/#api-rest-api-3-issuetype-get"""
    with reading() as session:
        kinds = sorted(session.context.meta.issue_types.values(), key=lambda t: t.position)
        return reply([shapes.issue_type(session, kind) for kind in kinds])


@platform.get("/issuetype/project")
def project_issue_types() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-types/#api-rest-api-3-issuetype-project-get"""
    with reading() as session:
        if not request.args.get("projectId"):
            raise BadRequest("The query parameter 'projectId' is required.")
        project = session.context.meta.project(request.args["projectId"])
        return reply([shapes.issue_type(session, kind) for kind in session.context.meta.types_of(project)])


@platform.get("/issuetype/<number>")
def issue_type(number: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-types/#api-rest-api-3-issuetype-id-get"""
    with reading() as session:
        kind = session.context.meta.issue_types.get(_id(number))
        if kind is None:
            raise NotFound(f"The issue type with id '{number}' does not exist")
        return reply(shapes.issue_type(session, kind))


@platform.get("/status")
def statuses() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-workflow-statuses/#api-rest-api-3-status-get"""
    with reading() as session:
        found = sorted(session.context.meta.statuses.values(), key=lambda s: s.position)
        return reply([shapes.status(session, one) for one in found])


@platform.get("/status/<id_or_name>")
def status(id_or_name: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-workflow-statuses/#api-rest-api-3-status-idorname-get"""
    with reading() as session:
        found = named(session.context.meta.statuses.values(), id_or_name)
        if found is None:
            raise NotFound(f"The status with id or name '{id_or_name}' does not exist.")
        return reply(shapes.status(session, found))


@platform.get("/statuscategory")
def status_categories() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-workflow-status-categories/#api-rest-api-3-statuscategory-get"""
    with reading() as session:
        return reply([shapes.category(session, key) for key in CATEGORIES])


@platform.get("/statuscategory/<id_or_key>")
def status_category(id_or_key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-workflow-status-categories/#api-rest-api-3-statuscategory-idorkey-get"""
    with reading() as session:
        for key, (number, _) in CATEGORIES.items():
            if id_or_key in (key, str(number)):
                return reply(shapes.category(session, key))
        raise NotFound(f"The status category with id or key '{id_or_key}' does not exist.")


@platform.get("/priority")
def priorities() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-priorities/#api-rest-api-3-priority-get"""
    with reading() as session:
        meta = session.context.meta
        return reply([shapes.priority(session, one, default=one == meta.default_priority) for one in _ordered(meta)])


@platform.get("/priority/search")
def search_priorities() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-priorities/#api-rest-api-3-priority-search-get"""
    with reading() as session:
        meta, ids = session.context.meta, set(words("id"))
        found = [one for one in _ordered(meta) if not ids or str(one.id) in ids]
        return _page([shapes.priority(session, one, default=one == meta.default_priority) for one in found])


@platform.get("/priority/<number>")
def priority(number: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-priorities/#api-rest-api-3-priority-id-get"""
    with reading() as session:
        meta = session.context.meta
        found = meta.priorities.get(_id(number))
        if found is None:
            raise NotFound(f"The priority with id '{number}' does not exist")
        return reply(shapes.priority(session, found, default=found == meta.default_priority))


@platform.get("/resolution")
def resolutions() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-resolutions/#api-rest-api-3-resolution-get"""
    with reading() as session:
        found = sorted(session.context.meta.resolutions.values(), key=lambda r: r.position)
        return reply([shapes.resolution(session, one) for one in found])


@platform.get("/resolution/search")
def search_resolutions() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-resolutions/#api-rest-api-3-resolution-search-get"""
    ids, default = set(words("id")), flag("onlyDefault")
    with reading() as session:
        found = sorted(session.context.meta.resolutions.values(), key=lambda r: r.position)
        chosen = [one for one in found if not default and (not ids or str(one.id) in ids)]  # no resolution is a default
        return _page([shapes.resolution(session, one) | {"default": False} for one in chosen])


@platform.get("/resolution/<number>")
def resolution(number: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-resolutions/#api-rest-api-3-resolution-id-get"""
    with reading() as session:
        found = session.context.meta.resolutions.get(_id(number))
        if found is None:
            raise NotFound(f"The resolution with id '{number}' does not exist")
        return reply(shapes.resolution(session, found))


@platform.get("/field")
def fields() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-fields/#api-rest-api-3-field-get"""
    with reading() as session:
        return reply([metadata.field(spec) for spec in session.context.meta.fields()])


@platform.post("/field")
def post_field() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-fields/#api-rest-api-3-field-post"""
    given = json_body()
    with writing() as session:
        spec = add_field(
            session.context,
            name=text(given, "name"),
            description=text(given, "description"),
            type_key=text(given, "type"),
            searcher_key=text(given, "searcherKey"),
        )
        return reply(metadata.field(spec), 201)


@platform.get("/field/search")
def search_fields() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-fields/#api-rest-api-3-field-search-get"""
    kinds, ids, query = set(words("type")), set(words("id")), request.args.get("query", "").lower()
    with reading() as session:
        found = [
            {"id": spec.id, "name": spec.name, "key": spec.id, "schema": spec.schema(), "isLocked": False}
            for spec in session.context.meta.fields()
            if (not kinds or ("custom" if spec.custom else "system") in kinds)
            and (not ids or spec.id in ids)
            and query in spec.name.lower()
        ]
        return _page(found)


@platform.get("/issueLinkType")
def link_types() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-link-types/#api-rest-api-3-issuelinktype-get"""
    with reading() as session:
        kinds = session.context.meta.link_types.values()
        return reply({"issueLinkTypes": [shapes.link_type(session, kind) for kind in kinds]})


@platform.get("/issueLinkType/<number>")
def link_type(number: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-link-types/#api-rest-api-3-issuelinktype-issuelinktypeid-get"""
    with reading() as session:
        kind = session.context.meta.link_types.get(_id(number))
        if kind is None:
            raise NotFound(f"No issue link type with id '{number}' found.")
        return reply(shapes.link_type(session, kind))


@platform.get("/label")
def labels() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-labels/#api-rest-api-3-label-get"""
    with reading() as session:
        return _page(all_labels(session.context), default=1000, largest=1000)


def _id(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0


def _ordered(meta: Meta) -> list[Any]:
    return sorted(meta.priorities.values(), key=lambda p: p.position)


def _page(values: Sequence[object], *, default: int = 50, largest: int = 100) -> Response:
    asked = page(default, largest)
    shown = values[asked.start : asked.start + asked.limit]
    return reply(
        {
            "maxResults": asked.limit,
            "startAt": asked.start,
            "total": len(values),
            "isLast": asked.start + len(shown) >= len(values),
            "values": shown,
        }
    )
