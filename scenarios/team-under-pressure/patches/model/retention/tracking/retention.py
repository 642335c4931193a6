"""Forgets recipients: what is delivered for {vary:keep-days} days needs no name any more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from tracking.parcels import Parcel

KEEP = timedelta(days={vary:keep-days})
FORGOTTEN = "(forgotten)"


def forget(parcels: Iterable[tuple[Parcel, date]], today: date) -> int:
    """Blank name, phone and postcode of parcels that were delivered on a day long gone; how many."""
    old = [parcel for parcel, delivered_on in parcels if parcel.delivered and today - delivered_on > KEEP]
    for parcel in old:
        parcel.recipient = parcel.phone = parcel.postcode = FORGOTTEN
    return len(old)
