"""What differs between machines."""

from __future__ import annotations

GATEWAY = "https://sms.example/v1/messages"
GATEWAY_KEY = "ppgw_9fQ2mZ7Lw4Xc1VbR8tYh3Kd6"
