"""Webhooks and their deliveries as GitHub writes them."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs

from simulator.emulators.github.state.deliveries import Delivery, Exchange
from simulator.emulators.github.state.hooks import Hook, Owner
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import stamp_seconds

_HIDDEN = "********"
_UNUSED = {"code": None, "status": "unused", "message": None}


def hook_payload(hook: Hook, owner: Owner, urls: Urls, *, last: Delivery | None = None) -> dict[str, Any]:
    """A hook of a repository or an organization; `last` is its last answered delivery."""
    url = urls.api(f"{hooks_path(owner)}/{hook.id}")
    body = {
        "type": "Repository" if isinstance(owner, Repository) else "Organization",
        "id": hook.id,
        "name": "web",
        "active": hook.active,
        "events": list(hook.events),
        "config": config_payload(hook),
        "updated_at": stamp_seconds(hook.updated_at),
        "created_at": stamp_seconds(hook.created_at),
        "url": url,
        "ping_url": f"{url}/pings",
        "deliveries_url": f"{url}/deliveries",
    }
    if isinstance(owner, Repository):
        body |= {"test_url": f"{url}/test", "last_response": _last_response(last)}
    return body


def config_payload(hook: Hook) -> dict[str, str]:
    """Where a hook goes to, without its secret."""
    config = {"content_type": hook.content_type, "insecure_ssl": "1" if hook.insecure_ssl else "0", "url": hook.url}
    return config | ({"secret": _HIDDEN} if hook.secret else {})


def hooks_path(owner: Owner) -> str:
    """The path of an owner's hooks in the REST API."""
    return f"{owner.path}/hooks" if isinstance(owner, Repository) else f"/orgs/{owner.login}/hooks"


def delivery_payload(delivery: Delivery) -> dict[str, Any]:
    """A delivery as lists have it."""
    return {
        "id": delivery.id,
        "guid": delivery.guid,
        "delivered_at": stamp_seconds(delivery.delivered_at),
        "redelivery": delivery.redelivery,
        "duration": round(delivery.duration_s or 0.0, 2),
        "status": delivery.status,
        "status_code": delivery.status_code,
        "event": delivery.event,
        "action": delivery.action,
        "installation_id": None,
        "repository_id": delivery.repository_id,
        "throttled_at": None,
    }


def whole_delivery_payload(delivery: Delivery, exchange: Exchange) -> dict[str, Any]:
    """A delivery with its request and response."""
    return delivery_payload(delivery) | {
        "url": delivery.url,
        "request": {
            "headers": dict(exchange.request_headers),
            "payload": _payload(exchange),
        },
        "response": {
            "headers": exchange.response_headers,
            "payload": exchange.response_body,
        },
    }


def _payload(exchange: Exchange) -> Any:  # Any: the JSON that was sent
    if exchange.request_headers.get("Content-Type") == "application/json":
        return json.loads(exchange.request_body)
    return json.loads(parse_qs(exchange.request_body.decode())["payload"][0])


def _last_response(last: Delivery | None) -> dict[str, Any]:
    if last is None:
        return dict(_UNUSED)
    if 200 <= last.status_code < 300:
        return {"code": last.status_code, "status": "active", "message": "OK"}
    return {"code": last.status_code, "status": "misconfigured", "message": last.status}
