"""Webhooks of a repository: keeping them, and handing what happened to the outbox, signed.

Source: https://docs.github.com/en/webhooks/webhook-events-and-payloads#delivery-headers
"""

from __future__ import annotations

import hashlib
import hmac
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import orjson
from sqlalchemy import ColumnElement, Connection, and_, delete, insert, select, update

from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.tables import hooks
from simulator.emulators.kit.database import next_value
from simulator.emulators.kit.instance import Instance
from simulator.emulators.kit.outbox import Delivery, enqueue

_NAMESPACE = uuid.UUID("6f1c8a8e-3c5b-4d0e-9d0f-2f6f0d7f4f5a")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hook:
    """A webhook. `events` may hold `*`; `content_type` is json or form."""

    id: int
    events: tuple[str, ...]
    url: str
    content_type: str
    secret: str | None
    insecure_ssl: bool
    active: bool
    created_at: datetime
    updated_at: datetime

    def hears(self, event: str) -> bool:
        """Whether the hook is told of an event."""
        return self.active and (event in self.events or "*" in self.events)


_COLUMNS = [hooks.c[name] for name in Hook.__slots__]


def list_hooks(connection: Connection, site: str, repository_id: int) -> list[Hook]:
    """All hooks of a repository, in the order of their making."""
    query = select(*_COLUMNS).where(hooks.c.site == site, hooks.c.repository_id == repository_id).order_by(hooks.c.id)
    return [_hook(row) for row in connection.execute(query).mappings()]


def find_hook(connection: Connection, site: str, repository_id: int, hook_id: int) -> Hook | None:
    """A hook of the repository by its number."""
    row = connection.execute(select(*_COLUMNS).where(_is(site, repository_id, hook_id))).mappings().first()
    return _hook(row) if row else None


def listeners(connection: Connection, site: str, repository_id: int, event: str) -> list[Hook]:
    """The hooks that want to hear of an event. Ask before rendering a payload that nobody wants."""
    return [hook for hook in list_hooks(connection, site, repository_id) if hook.hears(event)]


def create_hook(connection: Connection, site: str, repository_id: int, hook: Hook) -> Hook:
    """Keep a new hook; gives it with its number."""
    made = replace(hook, id=next_value(connection, site, "gh_hooks"))
    connection.execute(insert(hooks), {"site": site, "repository_id": repository_id, **_values(made)})
    return made


def change_hook(connection: Connection, site: str, repository_id: int, hook: Hook) -> None:
    """Keep the new values of a hook."""
    connection.execute(update(hooks).where(_is(site, repository_id, hook.id)).values(**_values(hook)))


def delete_hook(connection: Connection, site: str, repository_id: int, hook: Hook) -> None:
    """Forget a hook."""
    connection.execute(delete(hooks).where(_is(site, repository_id, hook.id)))


def emit(
    connection: Connection,
    instance: Instance,
    site: str,
    repository: Repository,
    event: str,
    action: str | None,
    payload: Mapping[str, Any],
) -> None:
    """Tell the repository's hooks of an event: a delivery for each, sent when the transaction is through."""
    told = listeners(connection, site, repository.id, event)
    deliver(connection, instance, repository, told, event, {"action": action, **payload} if action else payload)


def deliver(
    connection: Connection,
    instance: Instance,
    repository: Repository,
    told: Sequence[Hook],
    event: str,
    payload: Mapping[str, Any],
) -> None:
    """Put a delivery of this whole payload for each of these hooks into the outbox."""
    if not told:
        return
    text = orjson.dumps(dict(payload))
    for hook in told:
        number = next_value(connection, repository.site, "gh_deliveries")
        guid = str(uuid.uuid5(_NAMESPACE, f"{repository.site}/{number}"))
        body = text if hook.content_type == "json" else urlencode({"payload": text.decode()}).encode()
        delivery = Delivery(
            url=hook.url,
            headers=_headers(hook, repository, event, guid, body),
            body=body,
            verify_tls=not hook.insecure_ssl,
        )
        enqueue(connection, instance, repository.site, delivery)


def _headers(hook: Hook, repository: Repository, event: str, guid: str, body: bytes) -> dict[str, str]:
    kind = "application/json" if hook.content_type == "json" else "application/x-www-form-urlencoded"
    headers = {
        "Content-Type": kind,
        "User-Agent": "GitHub-Hookshot/sprintdojo",
        "Accept": "*/*",
        "X-GitHub-Event": event,
        "X-GitHub-Delivery": guid,
        "X-GitHub-Hook-ID": str(hook.id),
        "X-GitHub-Hook-Installation-Target-Type": "repository",
        "X-GitHub-Hook-Installation-Target-ID": str(repository.id),
    }
    if hook.secret:
        key = hook.secret.encode()
        headers["X-Hub-Signature"] = f"sha1={hmac.new(key, body, hashlib.sha1).hexdigest()}"
        headers["X-Hub-Signature-256"] = f"sha256={hmac.new(key, body, hashlib.sha256).hexdigest()}"
    return headers


def _is(site: str, repository_id: int, hook_id: int) -> ColumnElement[bool]:
    return and_(hooks.c.site == site, hooks.c.repository_id == repository_id, hooks.c.id == hook_id)


def _values(hook: Hook) -> dict[str, Any]:
    return {**{name: getattr(hook, name) for name in Hook.__slots__}, "events": list(hook.events)}


def _hook(row: Mapping[Any, Any]) -> Hook:
    return Hook(**{**row, "events": tuple(row["events"])})
