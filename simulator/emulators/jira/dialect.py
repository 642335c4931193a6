"""How Jira says what faults on order want said.

Source: https://developer.atlassian.com/cloud/jira/platform/rate-limiting/
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import Response

from simulator.emulators.kit.suffering import Dialect
from simulator.emulators.kit.web import reply

_REASONS = {"primary": "jira-cost-based", "secondary": "jira-burst-based"}


def _error(status: int, message: str) -> Response:
    return reply({"errorMessages": [message], "errors": {}}, status)


def _rate_limited(kind: str, wait_s: int, now: datetime) -> Response:
    response = _error(429, "Rate limit exceeded.")
    reset = (now + timedelta(seconds=wait_s)).astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")
    response.headers.update(
        {
            "Retry-After": str(wait_s),
            "X-RateLimit-Limit": "350",
            "X-RateLimit-Remaining": "0",
            "X-RateLimit-Reset": reset,
            "RateLimit-Reason": _REASONS[kind],
        }
    )
    return response


DIALECT = Dialect(error=_error, rate_limited=_rate_limited)
