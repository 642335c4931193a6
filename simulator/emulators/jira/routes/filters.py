"""Saved filters: saved, found, liked, changed. `filter_settings` has their shares and columns."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request

from simulator.emulators.jira.errors import BadRequest
from simulator.emulators.jira.params import flag, listed, page, text, words
from simulator.emulators.jira.payloads import filters as shapes
from simulator.emulators.jira.payloads.pages import paged
from simulator.emulators.jira.session import Session, reading, writing
from simulator.emulators.jira.state import filter_shares, filters
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.filters import Filter
from simulator.emulators.jira.state.groups import find_group
from simulator.emulators.jira.state.people import person_by_account_id
from simulator.emulators.jira.state.search.query import compile_jql
from simulator.emulators.kit.web import json_body, reply

platform = Blueprint("filters", __name__)

MOST_IDS = 200
_SHARES = (("sharePermissions", False), ("editPermissions", True))


@platform.post("/filter")
def post_filter() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-filters/#api-rest-api-3-filter-post"""
    given = json_body()
    name, jql, description = text(given, "name"), text(given, "jql"), text(given, "description")
    with writing() as session:
        context = session.context
        owner_id = context.account.id
        filters.check_filter(context, name, description, owner_id=owner_id)
        compile_jql(context, jql)
        number = filters.create_filter(
            context.connection, site=context.site, name=name, jql=jql, owner_id=owner_id, description=description
        )
        found = filters.find_filter(context, number)
        _share(context, found, given)
        if given.get("favourite") is True:
            filters.like(context, found, liked=True)
        return _reply(session, found)


@platform.get("/filter/<int:number>")
def get_filter(number: int) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-filters/#api-rest-api-3-filter-id-get"""
    with reading() as session:
        return _reply(session, filters.find_filter(session.context, number))


@platform.put("/filter/<int:number>")
def put_filter(number: int) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-filters/#api-rest-api-3-filter-id-put"""
    given = json_body()
    with writing() as session:
        context = session.context
        found = filters.find_filter(context, number, to_edit=True)
        values: dict[str, Any] = {name: text(given, name) for name in ("name", "description", "jql") if name in given}
        if "jql" in values:
            compile_jql(context, values["jql"])
        filters.edit_filter(context, found, values)
        _share(context, found, given)
        if isinstance(given.get("favourite"), bool):
            filters.like(context, found, liked=given["favourite"])
        return _reply(session, filters.find_filter(context, number))


@platform.delete("/filter/<int:number>")
def remove_filter(number: int) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-filters/#api-rest-api-3-filter-id-delete"""
    with writing() as session:
        filters.delete_filter(session.context, filters.find_filter(session.context, number))
        return reply(None, 204)


@platform.get("/filter/search")
def search_filters() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-filters/#api-rest-api-3-filter-search-get"""
    asked, order = page(), request.args.get("orderBy", "name")
    with reading() as session:
        wanted = _wanted(session.context)
        found = filters.find_filters(session.context, *wanted, order=order, start=asked.start, limit=asked.limit)
        values = shapes.found_filters(session, found, expand=words("expand"))
        total = filters.count_filters(session.context, *wanted)
        return reply(paged(asked, values, total=total, address=session.rest("/filter/search")))


@platform.get("/filter/my")
def my_filters() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-filters/#api-rest-api-3-filter-my-get"""
    with reading() as session:
        context = session.context
        mine = filters.owned_by(context.account.id)
        wanted = mine | filters.liked_by(context) if flag("includeFavourites") else mine
        return reply(shapes.filters(session, filters.find_filters(context, wanted)))


@platform.get("/filter/favourite")
def favourite_filters() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-filters/#api-rest-api-3-filter-favourite-get"""
    with reading() as session:
        found = filters.find_filters(session.context, filters.liked_by(session.context))
        return reply(shapes.filters(session, found))


@platform.put("/filter/<int:number>/favourite")
@platform.delete("/filter/<int:number>/favourite")
def like_filter(number: int) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-filters/#api-rest-api-3-filter-id-favourite-put"""
    with writing() as session:
        found = filters.find_filter(session.context, number)
        filters.like(session.context, found, liked=request.method == "PUT")
        return _reply(session, found)


@platform.put("/filter/<int:number>/owner")
def put_owner(number: int) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-filters/#api-rest-api-3-filter-id-owner-put"""
    account_id = text(json_body(), "accountId")
    with writing() as session:
        context = session.context
        found = filters.find_filter(context, number, to_edit=True)
        person = person_by_account_id(context, account_id)
        if person is None or (found.owner_id != context.account.id and not context.account.admin):
            raise BadRequest("The owner of the filter cannot be changed to that user, or not by you.")
        filters.edit_filter(context, found, {"owner_id": person.id})
        return reply(None, 204)


def _reply(session: Session, found: Filter) -> Response:
    return reply(shapes.filters(session, [found])[0])


def _share(context: Context, found: Filter, given: dict[str, Any]) -> None:
    """Share the filter as a body says, with nobody else than it names. Raises BadRequest."""
    for name, edits in _SHARES:
        if name in given:
            wanted = [filter_shares.read_share(context, one, edits=edits) for one in listed(given, name)]
            filter_shares.remove_shares(context, found.id, edits=edits)
            filter_shares.add_shares(context, found.id, list(dict.fromkeys(wanted)))


def _wanted(context: Context) -> list[Any]:
    """The conditions that a search's parameters are. Raises BadRequest."""
    found: list[Any] = []
    for one, other in (("accountId", "owner"), ("groupname", "groupId")):
        if request.args.get(one) and request.args.get(other):
            raise BadRequest(f"The parameters '{one}' and '{other}' cannot be used together.")
    if name := request.args.get("filterName"):
        found.append(filters.named_like(name, part=flag("isSubstringMatch")))
    if ids := words("id"):
        if len(ids) > MOST_IDS:
            raise BadRequest(f"At most {MOST_IDS} filters can be asked for by id.")
        found.append(filters.among([int(number) for number in ids if number.isdecimal() and len(number) < 19]))
    if account_id := request.args.get("accountId") or request.args.get("owner"):
        person = person_by_account_id(context, account_id)
        found.append(filters.owned_by(person.id if person else 0))
    if project := request.args.get("projectId"):
        found.append(filter_shares.shared_with(context, "project", context.meta.project(project).id))
    if request.args.get("groupname") or request.args.get("groupId"):
        group = find_group(context, name=request.args.get("groupname"), opaque_id=request.args.get("groupId"))
        found.append(filter_shares.shared_with(context, "group", group.id))
    return found
