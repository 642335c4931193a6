"""How GitHub says what faults on order want said.

Source of the words: https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
"""

from __future__ import annotations

from datetime import datetime

from flask import Response

from simulator.emulators.github.errors import DOCUMENTATION, render
from simulator.emulators.kit.suffering import Dialect
from simulator.emulators.kit.web import reply

_PAGE = "https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api"
_PRIMARY = "API rate limit exceeded. If you reach out to GitHub Support for help, please include the request ID."
_SECONDARY = (
    "You have exceeded a secondary rate limit. Please wait a few minutes before you try again. "
    "If you reach out to GitHub Support for help, please include the request ID."
)
_LIMIT = 5000


def _rate_limited(kind: str, wait_s: int, now: datetime) -> Response:
    """403 both: a spent hour shows in X-RateLimit-Remaining and -Reset, a secondary limit in Retry-After."""
    if kind == "secondary":
        return reply(_body(_SECONDARY, f"{_PAGE}#about-secondary-rate-limits"), 403, {"Retry-After": str(wait_s)})
    counts = {"Limit": _LIMIT, "Remaining": 0, "Used": _LIMIT, "Reset": int(now.timestamp()) + wait_s}
    headers = {f"X-RateLimit-{name}": str(value) for name, value in counts.items()}
    return reply(_body(_PRIMARY, _PAGE), 403, headers | {"X-RateLimit-Resource": "core"})


def _body(message: str, page: str = DOCUMENTATION) -> dict[str, str]:
    return {"message": message, "documentation_url": page, "status": "403"}


DIALECT = Dialect(error=render, rate_limited=_rate_limited)
