"""Where has it been?"""

from __future__ import annotations

from typing import Any

from tracking.service import Tracking


def history(tracking: Tracking, parcel_id: str, body: dict[str, Any]) -> tuple[int, Any]:
    """GET /parcels/ID/history"""
    parcel = tracking.find(parcel_id)
    return 200, {"id": parcel.id, "scans": [scan.plain() for scan in parcel.scans]}


ROUTES = [("GET", "/parcels/ID/history", history)]
