"""What hooks were sent: signed requests handed to the outbox, and what the receivers answered.

Source: https://docs.github.com/en/webhooks/webhook-events-and-payloads#delivery-headers
"""

from __future__ import annotations

import hashlib
import hmac
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import orjson
from sqlalchemy import Connection, and_, delete, func, insert, select, update

from simulator.emulators.github.state.hooks import Hook
from simulator.emulators.github.state.work import Notice
from simulator.emulators.github.tables import deliveries
from simulator.emulators.kit import outbox
from simulator.emulators.kit.database import next_value
from simulator.emulators.kit.instance import Instance

LARGEST = 25 * 1024 * 1024
"""Bytes of a payload; a larger one is not sent: docs.github.com/en/webhooks/webhook-events-and-payloads#payload-cap"""

KEPT = 1000
"""Deliveries kept for each site."""

PENDING = "pending"
_USER_AGENT = f"GitHub-Hookshot/{hashlib.sha256(b'sprintdojo').hexdigest()[:7]}"
_NAMESPACE = uuid.UUID("6f1c8a8e-3c5b-4d0e-9d0f-2f6f0d7f4f5a")


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One thing told to one hook. `status_code` is 0 and `duration_s` None as long as nobody answered."""

    id: int
    hook_id: int
    repository_id: int | None
    guid: str
    redelivery: bool
    event: str
    action: str | None
    url: str
    status: str
    status_code: int
    duration_s: float | None
    delivered_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """What went over the wire in a delivery."""

    request_headers: Mapping[str, str]
    request_body: bytes
    response_headers: Mapping[str, str] | None
    response_body: str | None


_COLUMNS = [deliveries.c[name] for name in Delivery.__slots__]
_EXCHANGE = [deliveries.c[name] for name in Exchange.__slots__]


def deliver(
    connection: Connection,
    instance: Instance,
    site: str,
    told: Sequence[Hook],
    notice: Notice,
    payload: Mapping[str, Any],
    *,
    repository_id: int | None = None,
) -> None:
    """Send a payload to each of these hooks when the present transaction is through."""
    text = orjson.dumps(payload)
    if len(text) > LARGEST:
        return
    last = next_value(connection, site, "gh_deliveries", count=len(told))
    guid = str(uuid.uuid5(_NAMESPACE, f"{site}/{last}"))  # one for all hooks that hear the same event, as on GitHub
    for number, hook in enumerate(told, last - len(told) + 1):
        body = text if hook.content_type == "json" else urlencode({"payload": text.decode()}).encode()
        delivery = Delivery(
            id=number,
            hook_id=hook.id,
            repository_id=repository_id,
            guid=guid,
            redelivery=False,
            event=notice.event,
            action=notice.action,
            url=hook.url,
            status=PENDING,
            status_code=0,
            duration_s=None,
            delivered_at=instance.now(),
        )
        _send(connection, instance, site, hook, delivery, body)


def redeliver(connection: Connection, instance: Instance, site: str, hook: Hook, delivery: Delivery) -> Delivery:
    """Send a delivery's payload again, to where the hook is now; it keeps the GUID and gets a number of its own."""
    body = exchange_of(connection, site, delivery).request_body
    again = Delivery(
        **{name: getattr(delivery, name) for name in Delivery.__slots__}
        | {
            "id": next_value(connection, site, "gh_deliveries"),
            "redelivery": True,
            "url": hook.url,
            "status": PENDING,
            "status_code": 0,
            "duration_s": None,
            "delivered_at": instance.now(),
        }
    )
    _send(connection, instance, site, hook, again, body)
    return again


def list_deliveries(
    connection: Connection,
    site: str,
    hook: Hook,
    *,
    older_than: int | None = None,
    redelivery: bool | None = None,
    succeeded: bool | None = None,
    limit: int,
) -> list[Delivery]:
    """Deliveries of a hook, newest first. One that is under way has neither succeeded nor failed."""
    conditions = [deliveries.c.site == site, deliveries.c.hook_id == hook.id]
    if older_than is not None:
        conditions.append(deliveries.c.id < older_than)
    if redelivery is not None:
        conditions.append(deliveries.c.redelivery == redelivery)
    if succeeded is not None:
        good = deliveries.c.status_code.between(200, 399)
        conditions.append(good if succeeded else and_(~good, deliveries.c.status != PENDING))
    query = select(*_COLUMNS).where(*conditions).order_by(deliveries.c.id.desc()).limit(limit)
    return [Delivery(**row) for row in connection.execute(query).mappings()]


def find_delivery(connection: Connection, site: str, hook: Hook, delivery_id: int) -> Delivery | None:
    """A delivery of the hook by its number."""
    query = select(*_COLUMNS).where(
        deliveries.c.site == site, deliveries.c.hook_id == hook.id, deliveries.c.id == delivery_id
    )
    row = connection.execute(query).mappings().first()
    return Delivery(**row) if row else None


def exchange_of(connection: Connection, site: str, delivery: Delivery) -> Exchange:
    """Request and response of a delivery."""
    query = select(*_EXCHANGE).where(deliveries.c.site == site, deliveries.c.id == delivery.id)
    return Exchange(**connection.execute(query).mappings().one())


def last_answered(connection: Connection, site: str, hook_ids: Sequence[int]) -> dict[int, Delivery]:
    """The last delivery of each hook that is not under way any more, by the hook's number."""
    newest = (
        select(func.max(deliveries.c.id))
        .where(deliveries.c.site == site, deliveries.c.hook_id.in_(hook_ids), deliveries.c.status != PENDING)
        .group_by(deliveries.c.hook_id)
    )
    query = select(*_COLUMNS).where(deliveries.c.site == site, deliveries.c.id.in_(newest))
    return {row["hook_id"]: Delivery(**row) for row in connection.execute(query).mappings()}


def record(connection: Connection, outcome: outbox.Outcome) -> None:
    """Write down what came of an attempt; the outbox calls it."""
    match = (deliveries.c.site == outcome.site) & (deliveries.c.outbox_id == outcome.outbox_id)
    connection.execute(
        update(deliveries)
        .where(match)
        .values(
            status=outcome.status,
            status_code=outcome.status_code,
            duration_s=outcome.duration_s,
            response_headers=outcome.response_headers,
            response_body=outcome.response_body,
            delivered_at=outcome.at,
        )
    )


def forget(connection: Connection, site: str, hook: Hook) -> None:
    """Forget all that a hook was sent."""
    connection.execute(delete(deliveries).where(deliveries.c.site == site, deliveries.c.hook_id == hook.id))


def _send(connection: Connection, instance: Instance, site: str, hook: Hook, delivery: Delivery, body: bytes) -> None:
    headers = _headers(hook, delivery, body)
    order = outbox.Delivery(url=delivery.url, headers=headers, body=body, verify_tls=not hook.insecure_ssl)
    row = {name: getattr(delivery, name) for name in Delivery.__slots__}
    row |= {"site": site, "outbox_id": outbox.enqueue(connection, instance, site, order)}
    connection.execute(insert(deliveries), {**row, "request_headers": headers, "request_body": body})
    connection.execute(delete(deliveries).where(deliveries.c.site == site, deliveries.c.id <= delivery.id - KEPT))


def _headers(hook: Hook, delivery: Delivery, body: bytes) -> dict[str, str]:
    kind = "application/json" if hook.content_type == "json" else "application/x-www-form-urlencoded"
    target = "organization" if hook.organization_id else "repository"
    headers = {
        "Content-Type": kind,
        "User-Agent": _USER_AGENT,
        "Accept": "*/*",
        "X-GitHub-Event": delivery.event,
        "X-GitHub-Delivery": delivery.guid,
        "X-GitHub-Hook-ID": str(hook.id),
        "X-GitHub-Hook-Installation-Target-Type": target,
        "X-GitHub-Hook-Installation-Target-ID": str(hook.organization_id or hook.repository_id),
    }
    if hook.secret:
        key = hook.secret.encode()
        headers["X-Hub-Signature"] = f"sha1={hmac.new(key, body, hashlib.sha1).hexdigest()}"
        headers["X-Hub-Signature-256"] = f"sha256={hmac.new(key, body, hashlib.sha256).hexdigest()}"
    return headers
