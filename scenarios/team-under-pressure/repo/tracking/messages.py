"""Text messages to recipients, through a gateway that wants a key."""

from __future__ import annotations

from collections.abc import Callable

from tracking.parcels import Parcel

Send = Callable[[str, str, dict[str, str]], int]
LONGEST = 160


class Messages:
    """Tells recipients what happens. `send` takes phone, text and headers, and returns the HTTP status."""

    def __init__(self, key: str, send: Send) -> None:
        self._key = key
        self._send = send

    def on_its_way(self, parcel: Parcel) -> bool:
        """A courier has it; whether the gateway took the message."""
        return self._deliver(parcel, "Your parcel is on its way.")

    def _deliver(self, parcel: Parcel, text: str) -> bool:
        headers = {"Authorization": f"Bearer {self._key}"}
        return self._send(parcel.phone, text[:LONGEST], headers) < 300
