"""What webhooks were sent: signed requests handed to the outbox, and those that were given up.

Source: https://developer.atlassian.com/cloud/jira/platform/webhooks/#webhook-delivery
"""

from __future__ import annotations

import hashlib
import hmac
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from simulator.emulators.jira import tables
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.setup import counter
from simulator.emulators.jira.state.webhooks import Webhook
from simulator.emulators.kit import outbox
from simulator.emulators.kit.database import next_value
from simulator.emulators.kit.instance import Instance
from simulator.emulators.kit.tables import outbox as waiting

KEPT = 1000
"""Deliveries kept for each site, as far as they were given up or are under way."""

FAILURES_KEPT = timedelta(hours=72)
"""How long a failure is told: /rest/api/3/webhook/failed"""

_NAMESPACE = uuid.UUID("b3c9a1d2-64f0-4f0e-8f5f-7a0e3d1c9b21")
_d = tables.webhook_deliveries.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A delivery that was given up."""

    identifier: str
    url: str
    body: bytes
    failed_at: datetime


def send(context: Context, instance: Instance, hook: Webhook, *, url: str, body: bytes) -> None:
    """Send a body to a webhook when the present transaction is through."""
    number = next_value(context.connection, context.site, counter("webhook_delivery"))
    identifier = str(uuid.uuid5(_NAMESPACE, f"{context.site}/{hook.id}/{number}/{context.now.isoformat()}"))
    order = outbox.Delivery(url=url, headers=_headers(hook, identifier, body), body=body)
    row = {
        "site": context.site,
        "id": number,
        "webhook_id": hook.id,
        "outbox_id": outbox.enqueue(context.connection, instance, context.site, order),
        "identifier": identifier,
        "url": url,
        "body": body,
        "failed_at": None,
    }
    context.connection.execute(insert(tables.webhook_deliveries), row)
    old = (_d.site == context.site) & (_d.id <= number - KEPT)
    context.connection.execute(delete(tables.webhook_deliveries).where(old))


def failures(context: Context, owner_id: int, *, after: datetime | None, limit: int) -> list[Failure]:
    """What could not be delivered to a person's dynamic webhooks in the last 72 hours, oldest first."""
    w = tables.webhooks.c
    since = max(after or context.now - FAILURES_KEPT, context.now - FAILURES_KEPT)
    query = (
        select(_d.identifier, _d.url, _d.body, _d.failed_at)
        .join_from(tables.webhook_deliveries, tables.webhooks, (w.site == _d.site) & (w.id == _d.webhook_id))
        .where(_d.site == context.site, w.owner_id == owner_id, w.dynamic.is_(True), _d.failed_at > since)
        .order_by(_d.failed_at, _d.id)
        .limit(limit)
    )
    return [Failure(**row) for row in context.connection.execute(query).mappings()]


def record(connection: Connection, outcome: outbox.Outcome) -> None:
    """Write down what came of an attempt; the outbox calls it for every service's deliveries."""
    own = (_d.site == outcome.site) & (_d.outbox_id == outcome.outbox_id)
    if connection.execute(select(_d.id).where(own)).first() is None:
        return
    w = waiting.c
    state = select(w.state).where(w.site == outcome.site, w.id == outcome.outbox_id)
    match connection.execute(state).scalar():
        case "delivered":
            connection.execute(delete(tables.webhook_deliveries).where(own))
        case "failed":
            connection.execute(update(tables.webhook_deliveries).where(own).values(failed_at=outcome.at))


def _headers(hook: Webhook, identifier: str, body: bytes) -> dict[str, str]:
    headers = {
        "Content-Type": "application/json; charset=UTF-8",
        "User-Agent": "Atlassian Webhook HTTP Client",
        "X-Atlassian-Webhook-Identifier": identifier,
        "X-Atlassian-Webhook-Flow": "Primary",
        "X-Atlassian-Webhook-Retry": outbox.RETRIES,
    }
    if hook.secret:
        digest = hmac.new(hook.secret.encode(), body, hashlib.sha256).hexdigest()
        headers["X-Hub-Signature"] = f"sha256={digest}"
    return headers
