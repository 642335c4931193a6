"""Webhooks as Jira writes them. Secrets are never shown, only that there is one."""

from __future__ import annotations

from simulator.emulators.jira.payloads.shapes import Json
from simulator.emulators.jira.session import Session
from simulator.emulators.jira.state.webhook_deliveries import Failure
from simulator.emulators.jira.state.webhooks import Webhook
from simulator.emulators.jira.webhook_request import SECTION
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.web import stamp_millis


def static(session: Session, hook: Webhook, owner: Account | None) -> Json:
    """An administrators' webhook."""
    return {
        "name": hook.name,
        "description": hook.description,
        "url": hook.url,
        "excludeBody": hook.exclude_body,
        "filters": {SECTION: hook.jql},
        "events": list(hook.events),
        "enabled": hook.enabled,
        "isSigned": hook.secret is not None,
        "self": session.urls.jira(f"/rest/webhooks/1.0/webhook/{hook.id}"),
        "lastUpdatedUser": owner.jira_id if owner else None,
        "lastUpdatedDisplayName": owner.name if owner else None,
        "lastUpdated": int(hook.updated_at.timestamp() * 1000),
        "lastUpdatedShort": stamp_millis(hook.updated_at),
    }


def dynamic(hook: Webhook) -> Json:
    """A dynamic webhook; filters that it does not have are left out."""
    shape: Json = {"id": hook.id, "url": hook.url, "jqlFilter": hook.jql, "events": list(hook.events)}
    if hook.field_ids:
        shape["fieldIdsFilter"] = list(hook.field_ids)
    if hook.property_keys:
        shape["issuePropertyKeysFilter"] = list(hook.property_keys)
    if hook.expires_at:
        shape["expirationDate"] = int(hook.expires_at.timestamp() * 1000)
    return shape


def failure(found: Failure) -> Json:
    """A delivery that was given up."""
    shape: Json = {
        "id": found.identifier,
        "url": found.url,
        "failureTime": int(found.failed_at.timestamp() * 1000),
    }
    return shape | {"body": found.body.decode("utf-8", "replace")} if found.body else shape
