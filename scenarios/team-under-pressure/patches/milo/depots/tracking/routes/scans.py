"""Somebody has a parcel in hand, or it is at the door."""

from __future__ import annotations

from typing import Any

from tracking.service import Tracking


def scan(tracking: Tracking, parcel_id: str, body: dict[str, Any]) -> tuple[int, Any]:
    """POST /parcels/ID/scans"""
    return 201, tracking.scan(parcel_id, str(body.get("depot", ""))).plain()


def deliver(tracking: Tracking, parcel_id: str, body: dict[str, Any]) -> tuple[int, Any]:
    """POST /parcels/ID/deliver"""
    return 200, tracking.deliver(parcel_id).plain()


ROUTES = [("POST", "/parcels/ID/scans", scan), ("POST", "/parcels/ID/deliver", deliver)]
