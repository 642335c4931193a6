"""The request limits that are shown. Nothing is refused for exceeding them."""

from __future__ import annotations

from datetime import datetime

LIMIT = 5000
"""Requests an hour: https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api"""

_HOUR_S = 3600


def rate_limit(now: datetime) -> dict[str, int]:
    """A limit of which one request is used; it begins anew at the full hour (seconds since 1970)."""
    reset = (int(now.timestamp()) // _HOUR_S + 1) * _HOUR_S
    return {"limit": LIMIT, "used": 1, "remaining": LIMIT - 1, "reset": reset}
