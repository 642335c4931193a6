"""What all actions have in common."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.model.keys import SeatId


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Base of all actions. `actor` is the seat that acts; the service sees that person's account."""

    actor: SeatId
