"""People who come and go, in bulk, and as pickers show them."""

from __future__ import annotations

from flask import Blueprint, Response, request
from markupsafe import escape

from simulator.emulators.jira.errors import BadRequest, NotFound
from simulator.emulators.jira.params import flag, number, page, text, words
from simulator.emulators.jira.payloads import shapes
from simulator.emulators.jira.payloads.pages import paged
from simulator.emulators.jira.session import Session, reading, writing
from simulator.emulators.jira.state.invitations import dismiss, invite
from simulator.emulators.jira.state.people import people_by_account_ids, person_by_account_id, search_people
from simulator.emulators.jira.state.permissions import require_admin
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.web import json_body, reply

platform = Blueprint("people", __name__)

_MOST = 200


@platform.post("/user")
def post_user() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-users/#api-rest-api-3-user-post

    Who is invited has no token and cannot sign in until the control plane gives one.
    """
    given = json_body()
    email, name = text(given, "emailAddress"), text(given, "displayName")
    with writing() as session:
        require_admin(session.context)
        if not isinstance(given.get("products"), list):
            raise BadRequest(errors={"products": "The products that the user shall have access to must be specified."})
        return reply(shapes.user(session, invite(session.context, email, name)), 201)


@platform.delete("/user")
def remove_user() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-users/#api-rest-api-3-user-delete"""
    with writing() as session:
        require_admin(session.context)
        person = person_by_account_id(session.context, request.args.get("accountId", ""))
        if person is None:
            raise NotFound("Specified user does not exist or you do not have required permissions")
        dismiss(session.context, person)
        return reply(None, 204)


@platform.get("/user/bulk")
def bulk_users() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-users/#api-rest-api-3-user-bulk-get"""
    asked, wanted = page(10, _MOST), request.args.getlist("accountId")
    if not wanted or len(wanted) > _MOST:
        raise BadRequest(f"Between 1 and {_MOST} 'accountId' parameters must be provided.")
    with reading() as session:
        found = people_by_account_ids(session.context, wanted)
        shown = [shapes.user(session, person) for person in found[asked.start : asked.start + asked.limit]]
        return reply(paged(asked, shown, total=len(found), address=session.rest("/user/bulk")))


@platform.get("/user/picker")
def pick_users() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-user-search/#api-rest-api-3-user-picker-get"""
    query, limit = request.args.get("query"), max(0, min(number("maxResults", 50), 1000))
    if query is None:
        raise BadRequest("The query parameter 'query' is required.")
    left_out = {*words("excludeAccountIds"), *words("exclude")}
    with reading() as session:
        found = [one for one in search_people(session.context, query) if one.jira_id not in left_out]
        shown = [_picked(session, person, query) for person in found[:limit]]
        header = f"Showing {len(shown)} of {len(found)} matching users"
        return reply({"users": shown, "total": len(found), "header": header})


def _picked(session: Session, person: Account, query: str) -> shapes.Json:
    shape = {
        "accountId": person.jira_id,
        "accountType": "app" if person.kind == "bot" else "atlassian",
        "html": f"{_marked(person.name, query)} - {_marked(person.email, query)}",
        "displayName": person.name,
    }
    avatar = shapes.user(session, person)["avatarUrls"]["16x16"]
    return shape | ({"avatarUrl": avatar} if flag("showAvatar") else {})


def _marked(text: str, query: str) -> str:
    at = text.lower().find(query.lower()) if query else -1
    if at < 0:
        return str(escape(text))
    end = at + len(query)
    return f"{escape(text[:at])}<strong>{escape(text[at:end])}</strong>{escape(text[end:])}"
