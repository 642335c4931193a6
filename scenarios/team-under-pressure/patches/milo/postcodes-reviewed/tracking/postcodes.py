"""Postcodes: four digits and two letters, and the depots that ride there."""

from __future__ import annotations

import re

from tracking.errors import Invalid

_POSTCODE = re.compile(r"[1-9][0-9]{3} ?[A-Z]{2}")
OURS = range(1011, 1110)


def check(postcode: str) -> str:
    """The postcode as we write it, `1017 AB`."""
    text = postcode.strip().upper()
    if not _POSTCODE.fullmatch(text):
        raise Invalid("a postcode is written 1017 AB")
    if int(text[:4]) not in OURS:
        raise Invalid(f"we do not ride to {text[:4]}")
    return f"{text[:4]} {text[-2:]}"
