"""Tells shops what happened to their payments: a signed POST to the address they gave us, tried again when it fails."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Callable

from payments.store import Payment

Send = Callable[[str, bytes, dict[str, str]], int]
Wait = Callable[[float], None]
ATTEMPTS = 5
FIRST_WAIT_S = 1.0
GROWTH = 4
WORTH_ANOTHER_TRY = frozenset({0, 408, 425, 429, 500, 502, 503, 504})


def signature(secret: str, body: bytes) -> str:
    """What goes into the header X-Signature."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


class Webhooks:
    """Delivers events to one shop. `send` posts and returns the HTTP status; OSError means that nobody answered."""

    def __init__(self, url: str, secret: str, send: Send, wait: Wait = time.sleep) -> None:
        self._url = url
        self._secret = secret
        self._send = send
        self._wait = wait

    def deliver(self, event: str, payment: Payment) -> bool:
        """Tell the shop of an event; whether it was received in the end."""
        body = json.dumps({"event": event, "payment": payment.plain()}).encode()
        headers = {"Content-Type": "application/json", "X-Signature": signature(self._secret, body)}
        for attempt in range(ATTEMPTS):
            if attempt:
                self._wait(FIRST_WAIT_S * GROWTH ** (attempt - 1))
            status = self._try(body, headers)
            if status not in WORTH_ANOTHER_TRY:
                return 200 <= status < 300
        return False

    def _try(self, body: bytes, headers: dict[str, str]) -> int:
        try:
            return self._send(self._url, body, headers)
        except OSError:
            return 0
