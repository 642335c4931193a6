"""Dashboards, to be read: the site's default one."""

from __future__ import annotations

from flask import Blueprint, Response, request

from simulator.emulators.jira.errors import BadRequest, NotFound
from simulator.emulators.jira.params import page
from simulator.emulators.jira.payloads import dashboards
from simulator.emulators.jira.payloads.pages import paged
from simulator.emulators.jira.session import reading
from simulator.emulators.kit.web import reply

platform = Blueprint("dashboards", __name__)


@platform.get("/dashboard")
def list_dashboards() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-dashboards/#api-rest-api-3-dashboard-get"""
    asked, kind = page(20, 1000), request.args.get("filter")
    if kind not in (None, "my", "favourite"):
        raise BadRequest("The filter must be 'my' or 'favourite'.")
    with reading() as session:
        found = [dashboards.dashboard(session)] if kind is None else []
        shown = found[asked.start : asked.start + asked.limit]
        return reply({"startAt": asked.start, "maxResults": asked.limit, "total": len(found), "dashboards": shown})


@platform.get("/dashboard/search")
def search_dashboards() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-dashboards/#api-rest-api-3-dashboard-search-get"""
    asked, name = page(), request.args.get("dashboardName", "").lower()
    owned = any(request.args.get(key) for key in ("accountId", "owner"))  # the default one is nobody's
    with reading() as session:
        found = [one for one in [dashboards.dashboard(session)] if name in one["name"].lower() and not owned]
        shown = found[asked.start : asked.start + asked.limit]
        return reply(paged(asked, shown, total=len(found), address=session.rest("/dashboard/search")))


@platform.get("/dashboard/<number>")
def get_dashboard(number: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-dashboards/#api-rest-api-3-dashboard-id-get"""
    with reading() as session:
        _check(number)
        return reply(dashboards.dashboard(session))


@platform.get("/dashboard/<number>/gadget")
def get_gadgets(number: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-dashboards/#api-rest-api-3-dashboard-dashboardid-gadget-get"""
    with reading():
        _check(number)
        return reply({"gadgets": dashboards.gadgets()})


@platform.get("/dashboard/<number>/items/<item>/properties")
def get_item_properties(number: str, item: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-dashboards/#api-rest-api-3-dashboard-dashboardid-items-itemid-properties-get

    None: nobody can set any.
    """
    with reading():
        _check(number)
        if item not in {str(gadget["id"]) for gadget in dashboards.gadgets()}:
            raise NotFound(f"The dashboard item with id '{item[:40]}' does not exist.")
        return reply({"keys": []})


def _check(number: str) -> None:
    if number != str(dashboards.DASHBOARD_ID):
        raise NotFound(f"The dashboard with id '{number[:40]}' does not exist.")
