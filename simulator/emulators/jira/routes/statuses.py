"""Statuses in bulk: by id, and searched for."""

from __future__ import annotations

from flask import Blueprint, Response, request

from simulator.emulators.jira.errors import BadRequest
from simulator.emulators.jira.params import page, words
from simulator.emulators.jira.payloads.shapes import Json
from simulator.emulators.jira.session import reading
from simulator.emulators.jira.state.configuration import Status
from simulator.emulators.jira.state.permissions import require
from simulator.emulators.kit.web import reply

platform = Blueprint("statuses", __name__)

MOST_IDS = 50
LONGEST_SEARCH = 255
_CATEGORIES = {"new": "TODO", "indeterminate": "IN_PROGRESS", "done": "DONE"}


@platform.get("/statuses")
def get_statuses() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-status/#api-rest-api-3-statuses-get"""
    ids = words("id")
    if not 1 <= len(ids) <= MOST_IDS:
        raise BadRequest(f"The number of status ids must be between 1 and {MOST_IDS}.")
    with reading() as session:
        require(session.context, "ADMINISTER_PROJECTS")
        known = {str(status.id): status for status in session.context.meta.statuses.values()}
        missing = [number for number in ids if number not in known]
        if missing:
            raise BadRequest(f"The status with id '{missing[0][:40]}' does not exist.")
        return reply([_status(known[number]) for number in dict.fromkeys(ids)])


@platform.get("/statuses/search")
def search_statuses() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-status/#api-rest-api-3-statuses-search-get"""
    asked, wanted = page(200, 200), request.args.get("searchString", "")
    category, project = request.args.get("statusCategory"), request.args.get("projectId")
    if len(wanted) > LONGEST_SEARCH:
        raise BadRequest(f"The search string must not exceed {LONGEST_SEARCH} characters.")
    if category is not None and category not in _CATEGORIES.values():
        raise BadRequest(f"The status category '{category[:40]}' is not valid.")
    with reading() as session:
        require(session.context, "ADMINISTER_PROJECTS")
        found = [
            status
            for status in sorted(session.context.meta.statuses.values(), key=lambda s: s.position)
            if wanted.lower() in status.name.lower() and category in (None, _CATEGORIES[status.category])
        ]
        if project:  # statuses that belong to one project alone: every status here is the site's
            found = []
        shown = found[asked.start : asked.start + asked.limit]
        head = {"startAt": asked.start, "maxResults": asked.limit, "total": len(found)}
        last = asked.start + len(shown) >= len(found)
        return reply(head | {"isLast": last, "values": [_status(one) for one in shown]})


def _status(found: Status) -> Json:
    return {
        "id": str(found.id),
        "name": found.name,
        "statusCategory": _CATEGORIES[found.category],
        "scope": {"type": "GLOBAL"},
        "description": found.description,
    }
