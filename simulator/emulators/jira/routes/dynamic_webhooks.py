"""Webhooks of apps: registered for 30 days, refreshed, and what could not be delivered to them.

Only apps may use them, which sign in with OAuth 2.0: who comes with a token as Bearer is taken for one, who comes with e-mail and
API token is refused, as on Jira Cloud.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import Blueprint, Response, request

from simulator.emulators.jira.errors import BadRequest, Forbidden
from simulator.emulators.jira.params import listed, number, page
from simulator.emulators.jira.payloads.webhooks import dynamic, failure
from simulator.emulators.jira.session import Session, reading, writing
from simulator.emulators.jira.state.webhook_deliveries import failures
from simulator.emulators.jira.state.webhooks import (
    MOST_DYNAMIC,
    add_webhook,
    count_webhooks,
    delete_dynamic,
    list_webhooks,
    refresh_dynamic,
)
from simulator.emulators.jira.webhook_request import checked_url, dynamic_values, webhook_ids
from simulator.emulators.kit.web import json_body, reply

platform = Blueprint("dynamic_webhooks", __name__)

MOST_AT_ONCE = 100
_NO_APP = "Only Connect and OAuth 2.0 apps can use this operation."


@platform.post("/webhook")
def post_webhooks() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-webhooks/#api-rest-api-3-webhook-post"""
    given = json_body()
    with writing() as session:
        _check_app()
        url, wanted = checked_url(given.get("url")), listed(given, "webhooks")
        if not 1 <= len(wanted) <= MOST_AT_ONCE:
            raise BadRequest(f"The list of webhooks must hold 1 to {MOST_AT_ONCE} webhooks.")
        return reply({"webhookRegistrationResult": [_registered(session, one, url) for one in wanted]})


@platform.get("/webhook")
def get_webhooks() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-webhooks/#api-rest-api-3-webhook-get"""
    asked = page(100, 100)
    with reading() as session:
        _check_app()
        context = session.context
        found = list_webhooks(context, owner_id=context.account.id, start=asked.start, limit=asked.limit)
        total = count_webhooks(context, owner_id=context.account.id)
        base = session.rest(f"/webhook?maxResults={asked.limit}&startAt=")
        body = {
            "self": f"{base}{asked.start}",
            "maxResults": asked.limit,
            "startAt": asked.start,
            "total": total,
            "isLast": asked.start + len(found) >= total,
            "values": [dynamic(hook) for hook in found],
        }
        return reply(body if body["isLast"] else body | {"nextPage": f"{base}{asked.start + asked.limit}"})


@platform.delete("/webhook")
def delete_webhooks() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-webhooks/#api-rest-api-3-webhook-delete"""
    given = json_body()
    with writing() as session:
        _check_app()
        delete_dynamic(session.context, webhook_ids(given))
        return reply(None, 202)


@platform.put("/webhook/refresh")
def put_refresh() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-webhooks/#api-rest-api-3-webhook-refresh-put"""
    given = json_body()
    with writing() as session:
        _check_app()
        until = refresh_dynamic(session.context, webhook_ids(given))
        return reply({"expirationDate": int(until.timestamp() * 1000)})


@platform.get("/webhook/failed")
def get_failed() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-webhooks/#api-rest-api-3-webhook-failed-get"""
    limit, after = max(1, min(number("maxResults", 100), 100)), _after()
    with reading() as session:
        _check_app()
        found = failures(session.context, session.context.account.id, after=after, limit=limit + 1)
        shown = [failure(one) for one in found[:limit]]
        body: dict[str, object] = {"values": shown, "maxResults": limit}
        if len(found) > limit:
            last = shown[-1]["failureTime"]
            body["next"] = session.rest(f"/webhook/failed?maxResults={limit}&after={last}")
        return reply(body)


def _registered(session: Session, given: object, url: str) -> dict[str, object]:
    try:
        values = dynamic_values(session.context, given, url)
        if count_webhooks(session.context, owner_id=session.context.account.id) >= MOST_DYNAMIC:
            raise BadRequest(f"The limit of {MOST_DYNAMIC} webhooks of this app and user is reached.")
    except BadRequest as exc:
        return {"errors": [str(exc)]}
    return {"createdWebhookId": add_webhook(session.context, values, dynamic=True).id}


def _check_app() -> None:
    if request.environ.get("HTTP_AUTHORIZATION", "")[:7].lower() != "bearer ":
        raise Forbidden(_NO_APP)


def _after() -> datetime | None:
    text = request.args.get("after")
    if not text:
        return None
    if not text.isascii() or not text.isdecimal() or len(text) > 13:
        raise BadRequest("The parameter 'after' must be a time in milliseconds.")
    return datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=int(text))
