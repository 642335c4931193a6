"""What differs between machines: read from the environment."""

from __future__ import annotations

import os

GATEWAY = "https://sms.example/v1/messages"


def gateway_key() -> str:
    """The gateway's key. Raises LookupError with what to do when it is not set."""
    key = os.environ.get("PEDALPOST_GATEWAY_KEY", "")
    if not key:
        raise LookupError("PEDALPOST_GATEWAY_KEY is not set: copy .env.example to .env and ask Sanna for a key")
    return key
