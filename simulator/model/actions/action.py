"""What all actions have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from simulator.model.keys import SeatId


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Base of all actions. `actor` is the seat that acts; the service sees that person's account."""

    is_verbatim: ClassVar[bool] = False
    """Whether its texts are taken as they are: placeholders in them are somebody's words, and nothing to be filled in."""

    actor: SeatId
