"""Scans from the parcel lockers at the stations."""

from __future__ import annotations

from typing import Any

from tracking.errors import Invalid
from tracking.service import Tracking


def locker_scan(tracking: Tracking, body: dict[str, Any]) -> tuple[int, Any]:
    """POST /lockers: {"parcel": "pp00001", "locker": "Muiderpoort 3"}"""
    locker = str(body.get("locker", "")).strip()
    if not locker:
        raise Invalid("which locker?")
    return 201, tracking.scan(str(body.get("parcel", "")), f"locker {locker}").plain()


ROUTES = [("POST", "/lockers", locker_scan)]
