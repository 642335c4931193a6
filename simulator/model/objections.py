"""What people say against findings: disputes of learners, and waivers of trainers.

Refuses to weigh them. `at` is simulated, `wall` the clock on the wall.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from simulator.model.hygiene import DisputeState
from simulator.model.keys import SeatId

MOST_WAIVERS = 3
"""Waivers that a trainer gives a learner in a sprint; accepted disputes do not count."""
MOST_DISPUTES = 100
"""Disputes of one learner in a run."""
SHORTEST_REASON = 10
LONGEST_REASON = 1000
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """What a finding is, for whoever speaks of it later: `seat` is whose it is, None when nobody's in particular."""

    finding: str
    rule: str
    subject: str
    seat: SeatId | None
    at: datetime
    wall: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenWaiver(Objection):
    """A waiver that somebody gave during the run; `dispute` is the number of the accepted one that it comes of."""

    number: int
    sprint: int
    by: str
    reason: str
    dispute: int | None = None
    revoked_at: datetime | None = None
    revoked_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute(Objection):
    """A learner's word that a finding is wrong, and what became of it. `case` is the accepted one's case for the rule."""

    number: int
    message: str
    url: str
    reason: str
    state: DisputeState = DisputeState.OPEN
    by: str | None = None
    answer: str | None = None
    answered_at: datetime | None = None
    case: Mapping[str, Any] | None = None  # JSON values
