"""Workflows, for those who administer: listed with their statuses, transitions and rules."""

from __future__ import annotations

from flask import Blueprint, Response, request

from simulator.emulators.jira.errors import BadRequest, Forbidden
from simulator.emulators.jira.params import page, words
from simulator.emulators.jira.payloads.workflows import workflow
from simulator.emulators.jira.session import reading
from simulator.emulators.kit.web import reply

platform = Blueprint("workflows", __name__)


@platform.get("/workflow/search")
def search_workflows() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-workflows/#api-rest-api-3-workflow-search-get"""
    asked, expand = page(), words("expand")
    names, query = set(request.args.getlist("workflowName")), request.args.get("queryString", "").lower()
    order = request.args.get("orderBy", "name")
    if order.lstrip("+- ") not in ("name", "created", "updated"):
        raise BadRequest(f"The value '{order[:40]}' is not valid for the parameter 'orderBy'.")
    with reading() as session:
        meta = session.context.meta
        if not session.context.account.admin:
            raise Forbidden("Only Jira administrators can access workflows.")
        fitting = [w for w in meta.workflows.values() if (not names or w.name in names) and query in w.name.lower()]
        found = sorted(fitting, key=lambda one: (one.name, one.id), reverse=order.startswith("-"))
        if request.args.get("isActive", "").lower() == "false":  # each follows from a project, so none is idle
            found = []
        shown = [workflow(session, one, expand=expand) for one in found[asked.start : asked.start + asked.limit]]
        last = asked.start + len(shown) >= len(found)
        body = {"maxResults": asked.limit, "startAt": asked.start, "total": len(found), "isLast": last}
        return reply(body | {"values": shown})
