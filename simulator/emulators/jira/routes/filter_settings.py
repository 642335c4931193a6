"""With whom filters are shared, and the columns they show."""

from __future__ import annotations

from flask import Blueprint, Response, request

from simulator.emulators.jira.errors import BadRequest
from simulator.emulators.jira.params import strings
from simulator.emulators.jira.payloads.filters import share
from simulator.emulators.jira.session import Session, reading, writing
from simulator.emulators.jira.state import filter_shares, filters
from simulator.emulators.jira.state.people import people_by_id
from simulator.emulators.kit.web import json_body, reply

platform = Blueprint("filter_settings", __name__)


@platform.get("/filter/<int:number>/permission")
def get_shares(number: int) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-filter-sharing/#api-rest-api-3-filter-id-permission-get"""
    with reading() as session:
        filters.find_filter(session.context, number)
        return reply(_shares(session, number))


@platform.post("/filter/<int:number>/permission")
def post_share(number: int) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-filter-sharing/#api-rest-api-3-filter-id-permission-post"""
    given = json_body()
    with writing() as session:
        filters.find_filter(session.context, number, to_edit=True)
        wanted = filter_shares.read_share(session.context, given, edits=False)
        filter_shares.add_shares(session.context, number, [wanted])
        return reply(_shares(session, number), 201)


@platform.get("/filter/<int:number>/permission/<int:share_id>")
def get_share(number: int, share_id: int) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-filter-sharing/#api-rest-api-3-filter-id-permission-permissionid-get"""
    with reading() as session:
        filters.find_filter(session.context, number)
        filter_shares.find_share(session.context, number, share_id)
        return reply(next(shape for shape in _shares(session, number) if shape["id"] == share_id))


@platform.delete("/filter/<int:number>/permission/<int:share_id>")
def remove_share(number: int, share_id: int) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-filter-sharing/#api-rest-api-3-filter-id-permission-permissionid-delete"""
    with writing() as session:
        filters.find_filter(session.context, number, to_edit=True)
        filter_shares.find_share(session.context, number, share_id)
        filter_shares.remove_shares(session.context, number, share_id=share_id)
        return reply(None, 204)


@platform.get("/filter/<int:number>/columns")
def get_columns(number: int) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-filters/#api-rest-api-3-filter-id-columns-get"""
    with reading() as session:
        context = session.context
        found = map(context.meta.field, filters.columns_of(context, filters.find_filter(context, number)))
        return reply([{"label": spec.name, "value": spec.id} for spec in found if spec])


@platform.put("/filter/<int:number>/columns")
def put_columns(number: int) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-filters/#api-rest-api-3-filter-id-columns-put

    The fields come as a form (`columns=summary&columns=status`) or as JSON.
    """
    wanted = request.form.getlist("columns") or strings(json_body() if request.is_json else {}, "columns")
    with writing() as session:
        found = filters.find_filter(session.context, number, to_edit=True)
        for name in wanted:
            spec = session.context.meta.field(name)
            if spec is None or not spec.navigable:
                raise BadRequest(f"The field '{name[:60]}' is not a column.")
        filters.set_columns(session.context, found, list(dict.fromkeys(wanted)))
        return reply(None, 200)


@platform.delete("/filter/<int:number>/columns")
def reset_columns(number: int) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-filters/#api-rest-api-3-filter-id-columns-delete"""
    with writing() as session:
        filters.set_columns(session.context, filters.find_filter(session.context, number, to_edit=True), ())
        return reply(None, 204)


def _shares(session: Session, number: int) -> list[dict[str, object]]:
    found = filter_shares.shares_of(session.context, [number])[number]
    people = people_by_id(session.context, [one.subject_id for one in found if one.kind == "user"])
    return [share(session, one, people) for one in found]
