"""What can be done with parcels."""

from __future__ import annotations

import itertools

from tracking.errors import Invalid, NotFound, WrongState
from tracking.parcels import Parcel, Scan
from tracking.windows import Window

LONGEST_NAME = 80


class Tracking:
    """Registers parcels, and remembers who had them in hand. In memory for now."""

    def __init__(self) -> None:
        self._parcels: dict[str, Parcel] = {}
        self._numbers = itertools.count(1)

    def register(self, recipient: str, phone: str, postcode: str, window: str) -> Parcel:
        """A shop hands a parcel over to us."""
        if not recipient or len(recipient) > LONGEST_NAME:
            raise Invalid(f"a recipient has 1 to {LONGEST_NAME} characters")
        chosen = Window.read(window)
        parcel = Parcel(f"pp{next(self._numbers):05}", recipient, phone, postcode, str(chosen))
        self._parcels[parcel.id] = parcel
        return parcel

    def scan(self, parcel_id: str, depot: str, courier: str = "") -> Parcel:
        """A depot or a courier has the parcel in hand."""
        parcel = self.find(parcel_id)
        if parcel.delivered:
            raise WrongState(f"parcel {parcel.id} is delivered")
        if not depot:
            raise Invalid("a scan needs a depot")
        parcel.scans.append(Scan(depot, courier))
        return parcel

    def deliver(self, parcel_id: str) -> Parcel:
        """It is at the door, and somebody opened."""
        parcel = self.find(parcel_id)
        if parcel.delivered:
            raise WrongState(f"parcel {parcel.id} is delivered")
        parcel.delivered = True
        return parcel

    def find(self, parcel_id: str) -> Parcel:
        """One parcel; NotFound if there is none."""
        try:
            return self._parcels[parcel_id]
        except KeyError:
            raise NotFound(f"no parcel {parcel_id}") from None
