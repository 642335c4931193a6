"""Register a whole round at once."""

from __future__ import annotations

from typing import Any

from tracking import rounds
from tracking.service import Tracking


def register(tracking: Tracking, body: dict[str, Any]) -> tuple[int, Any]:
    """POST /rounds"""
    lines = rounds.read(str(body.get("csv", "")))
    parcels = [tracking.register(line.recipient, line.phone, line.postcode, line.window) for line in lines]
    return 201, {"parcels": [parcel.plain() for parcel in parcels]}


ROUTES = [("POST", "/rounds", register)]
