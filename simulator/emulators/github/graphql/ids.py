"""Global ids read back: the kind of thing and the numbers that `payloads.users.node_id` wrote into them."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass

_FORM = re.compile(r"(?P<length>\d{3}):(?P<rest>.+)", re.DOTALL)
_LONGEST = 1000
_NUMBER = re.compile(r"[1-9]\d{0,17}\Z")


@dataclass(frozen=True, slots=True)
class GlobalId:
    """A kind, and what follows it."""

    kind: str
    rest: str

    @property
    def number(self) -> int:
        """The one number that most things have, 0 when there is none."""
        return int(self.rest) if _NUMBER.match(self.rest) else 0

    @property
    def in_repository(self) -> tuple[int, str]:
        """The repository's number and what names the thing in it; 0 when there is none."""
        number, _, name = self.rest.partition(":")
        return (int(number) if _NUMBER.match(number) else 0), name


def read_id(text: str) -> GlobalId | None:
    """The parts of a global id, None for what is none."""
    if len(text) > _LONGEST:
        return None
    try:
        found = _FORM.fullmatch(base64.b64decode(text, validate=True).decode())
    except (binascii.Error, ValueError):
        return None
    if found is None:
        return None
    length = int(found["length"])
    return GlobalId(found["rest"][:length], found["rest"][length:])
