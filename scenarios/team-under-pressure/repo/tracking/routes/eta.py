"""When does it come?"""

from __future__ import annotations

from typing import Any

from tracking.service import Tracking

STOPS = 3
MINUTES_A_STOP = {vary:stop-minutes}


def eta(tracking: Tracking, parcel_id: str, body: dict[str, Any]) -> tuple[int, Any]:
    """GET /parcels/ID/eta"""
    scans = tracking.find(parcel_id).scans
    last = scans[-1]
    left = max(STOPS - len(scans), 0)
    return 200, {"minutes": left * MINUTES_A_STOP, "seen": last.plain()}


ROUTES = [("GET", "/parcels/ID/eta", eta)]
