"""Register a parcel, look it up."""

from __future__ import annotations

from typing import Any

from tracking.service import Tracking


def register(tracking: Tracking, body: dict[str, Any]) -> tuple[int, Any]:
    """POST /parcels"""
    asked = [str(body.get(name, "")) for name in ("recipient", "phone", "postcode", "window")]
    return 201, tracking.register(*asked).plain()


def show(tracking: Tracking, parcel_id: str, body: dict[str, Any]) -> tuple[int, Any]:
    """GET /parcels/ID"""
    return 200, tracking.find(parcel_id).plain()


ROUTES = [("POST", "/parcels", register), ("GET", "/parcels/ID", show)]
