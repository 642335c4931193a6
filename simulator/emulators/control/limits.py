"""`/emulator/rate-limit`: how many requests an hour GitHub grants a person."""

from __future__ import annotations

from flask import Blueprint, Response

from simulator.emulators.control.wire import Refused, body_with
from simulator.emulators.kit.rate_limits import MOST, RateLimits
from simulator.emulators.kit.web import reply, site


def limits_part(limits: RateLimits) -> Blueprint:
    """Endpoints of the rate limit."""
    part = Blueprint("limits", __name__)

    @part.get("/rate-limit")
    def show() -> Response:
        """GET /emulator/rate-limit."""
        return reply({"limit": limits.of(site())})

    @part.put("/rate-limit")
    def change() -> Response:
        """PUT /emulator/rate-limit {limit}: requests an hour, null for no limit; counting begins anew."""
        body = body_with("limit")
        limit = body.get("limit", "")
        if limit is not None and (not isinstance(limit, int) or isinstance(limit, bool) or not 1 <= limit <= MOST):
            raise Refused(422, f"limit has to be a number from 1 to {MOST}, or null")
        limits.set(site(), limit)
        return reply({"limit": limit})

    return part
