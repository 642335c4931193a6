"""What differs between machines."""

from __future__ import annotations

GATEWAY = "https://sms.example/v1/messages"
GATEWAY_KEY = ""
