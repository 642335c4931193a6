"""Saved filters, as far as boards need them."""

from __future__ import annotations

from urllib.parse import quote

from flask import Blueprint, Response

from simulator.emulators.jira.errors import BadRequest
from simulator.emulators.jira.params import text
from simulator.emulators.jira.payloads import shapes
from simulator.emulators.jira.session import Session, reading, writing
from simulator.emulators.jira.state.filters import Filter, create_filter, find_filter
from simulator.emulators.jira.state.people import people_by_id
from simulator.emulators.jira.state.search.query import compile_jql
from simulator.emulators.kit.web import json_body, reply

platform = Blueprint("filters", __name__)


@platform.post("/filter")
def post_filter() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-filters/#api-rest-api-3-filter-post"""
    given = json_body()
    name, jql = text(given, "name"), text(given, "jql")
    with writing() as session:
        context = session.context
        if not 1 <= len(name) <= 255:
            raise BadRequest(errors={"filterName": "You must specify a name to save this filter as."})
        compile_jql(context, jql)
        filter_id = create_filter(
            context.connection,
            site=context.site,
            name=name,
            jql=jql,
            owner_id=context.account.id,
            description=text(given, "description"),
        )
        return reply(_filter(session, find_filter(context, filter_id)))


@platform.get("/filter/<int:number>")
def get_filter(number: int) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-filters/#api-rest-api-3-filter-id-get"""
    with reading() as session:
        return reply(_filter(session, find_filter(session.context, number)))


def _filter(session: Session, found: Filter) -> shapes.Json:
    owner = people_by_id(session.context, [found.owner_id])[found.owner_id]
    return {
        "self": session.rest(f"/filter/{found.id}"),
        "id": str(found.id),
        "name": found.name,
        "description": found.description,
        "owner": shapes.user(session, owner),
        "jql": found.jql,
        "viewUrl": session.urls.jira(f"/issues/?filter={found.id}"),
        "searchUrl": session.rest(f"/search?jql={quote(found.jql)}"),
        "favourite": False,
        "favouritedCount": 0,
        "sharePermissions": [],
        "editPermissions": [],
    }
