"""A reminder on the evening before: in which window somebody should be at home."""

from __future__ import annotations

from tracking.windows import Window


def reminder(parcel_id: str, window: str) -> str:
    """The text for a parcel, within one message."""
    return f"Pedalpost: {parcel_id} comes tomorrow, {Window.read(window).text}. Not at home? Tell us until 20:00."
