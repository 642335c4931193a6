"""The burndown as series for the browser's chart library."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def burndown_chart(burndown: Mapping[str, Any]) -> dict[str, Any]:
    """Labels and series of a burndown by working day; days still to come have gaps in all but the ideal line."""
    days = burndown["days"]
    return {
        "unit": burndown["unit"],
        "labels": ["start" if day["day"] == 0 else f"day {day['day']}" for day in days],
        "ideal": [day["ideal"] for day in days],
        "remaining": [day["remaining"] for day in days],
        "scope": [day["scope"] for day in days],
    }
