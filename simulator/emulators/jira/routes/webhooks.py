"""Webhooks that administrators keep."""

from __future__ import annotations

from flask import Blueprint, Response

from simulator.emulators.jira.errors import BadRequest
from simulator.emulators.jira.payloads.webhooks import static
from simulator.emulators.jira.session import Session, reading, writing
from simulator.emulators.jira.state.people import people_by_id
from simulator.emulators.jira.state.permissions import require_admin
from simulator.emulators.jira.state.webhooks import (
    MOST_STATIC,
    Webhook,
    add_webhook,
    count_webhooks,
    delete_webhook,
    edit_webhook,
    find_webhook,
    list_webhooks,
)
from simulator.emulators.jira.webhook_request import static_values
from simulator.emulators.kit.web import json_body, reply

webhooks = Blueprint("webhooks", __name__)


@webhooks.get("/webhook")
def get_webhooks() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/webhooks/#managing-webhooks-via-the-rest-api"""
    with reading() as session:
        require_admin(session.context)
        return reply(_shown(session, list_webhooks(session.context)))


@webhooks.post("/webhook")
def post_webhook() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/webhooks/#registering-a-webhook-via-the-rest-api"""
    given = json_body()
    with writing() as session:
        require_admin(session.context)
        values = static_values(session.context, given, new=True)
        if count_webhooks(session.context) >= MOST_STATIC:
            raise BadRequest(f"The limit of {MOST_STATIC} webhooks is reached.")
        hook = add_webhook(session.context, values)
        (body,) = _shown(session, [hook])
        return reply(body, 201, headers={"Location": str(body["self"])})


@webhooks.get("/webhook/<int:webhook_id>")
def get_webhook(webhook_id: int) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/webhooks/#managing-webhooks-via-the-rest-api"""
    with reading() as session:
        require_admin(session.context)
        return reply(_shown(session, [find_webhook(session.context, webhook_id)])[0])


@webhooks.put("/webhook/<int:webhook_id>")
def put_webhook(webhook_id: int) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/webhooks/#managing-webhooks-via-the-rest-api"""
    given = json_body()
    with writing() as session:
        require_admin(session.context)
        hook = find_webhook(session.context, webhook_id)
        changed = edit_webhook(session.context, hook, static_values(session.context, given, new=False))
        return reply(_shown(session, [changed])[0])


@webhooks.delete("/webhook/<int:webhook_id>")
def remove_webhook(webhook_id: int) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/webhooks/#managing-webhooks-via-the-rest-api"""
    with writing() as session:
        require_admin(session.context)
        delete_webhook(session.context, find_webhook(session.context, webhook_id))
        return reply(None, 204)


def _shown(session: Session, hooks: list[Webhook]) -> list[dict[str, object]]:
    people = people_by_id(session.context, {hook.owner_id for hook in hooks})
    return [static(session, hook, people.get(hook.owner_id)) for hook in hooks]
