"""Tells shops what happened to their payments: a signed POST to the address they gave us."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable

from payments.store import Payment

Send = Callable[[str, bytes, dict[str, str]], int]


def signature(secret: str, body: bytes) -> str:
    """What goes into the header X-Signature."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


class Webhooks:
    """Delivers events to one shop. `send` posts and returns the HTTP status."""

    def __init__(self, url: str, secret: str, send: Send) -> None:
        self._url = url
        self._secret = secret
        self._send = send

    def deliver(self, event: str, payment: Payment) -> bool:
        """Tell the shop of an event; whether it was received."""
        body = json.dumps({"event": event, "payment": payment.plain()}).encode()
        headers = {"Content-Type": "application/json", "X-Signature": signature(self._secret, body)}
        status = self._send(self._url, body, headers)
        return 200 <= status < 300
