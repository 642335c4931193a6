"""What a rule answers and what the answers add up to: verdicts, findings, scorecards.

Refuses to compute. Points are of 100 over the whole card; rates, credits and coverage are shares from 0 to 1.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from enum import StrEnum

from simulator.model.keys import SeatId
from simulator.model.record import record

Value = str | int | float | bool | None
Measures = Mapping[str, Value]
"""What a verdict rests on, and the limits it was held against: name with unit → value."""


class Outcome(StrEnum):
    """What became of one subject under one rule. Only passes and breaches count towards the score."""

    PASS = "pass"  # noqa: S105 - a verdict, no password
    BREACH = "breach"
    SKIP = "skip"
    NOT_AVAILABLE = "not_available"
    ERROR = "error"


class Repair(StrEnum):
    """What can still be won: all of it (safe), a part (partial), nothing for this subject (none)."""

    SAFE = "safe"
    PARTIAL = "partial"
    NONE = "none"


class Severity(StrEnum):
    """How much a rule weighs within its group. Source of the weights: OpenSSF Scorecard, docs/checks.md."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    INFO = "info"

    @property
    def weight(self) -> float:
        """Weight within the rule's group."""
        return {"critical": 10.0, "high": 7.5, "medium": 5.0, "low": 2.5, "info": 0.0}[self.value]


@record
class Pass:
    """The subject is as it should be. A curve may give a little less than full credit."""

    message: str = ""
    credit: float = 1.0
    evidence: Measures = field(default_factory=dict)


@record
class Breach:
    """The subject is not as it should be: the number, the limit, the next step.

    `repaired` says that somebody mended it in time for a part of the credit: it stays in the record, but is not open.
    """

    message: str
    how_to_fix: str
    credit: float = 0.0
    repair: Repair = Repair.NONE
    repaired: bool = False
    evidence: Measures = field(default_factory=dict)
    at: datetime | None = None


@record
class Skip:
    """Not judged, and why: the rule does not concern this subject, or it is too early."""

    reason: str


@record
class Wait(Skip):
    """Not judged yet, because it is too early: the reason says what is waited for, or how much time is left."""


@record
class NotAvailable:
    """Not judged, because the service does not tell; `how_to_fix` says what to switch on."""

    reason: str
    how_to_fix: str = ""


Verdict = Pass | Breach | Skip | NotAvailable


@record
class Waived:
    """Why a breach costs nothing: who waived it, with which reason, and when (simulated; None: by the scenario)."""

    by: str
    reason: str
    at: datetime | None = None


class DisputeState(StrEnum):
    """What became of a learner's word that a finding is wrong."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@record
class Disputed:
    """What the learner says against a finding, and the trainer's `answer` with who gave it. `at` is simulated."""

    state: DisputeState
    reason: str
    at: datetime
    by: str | None = None
    answer: str | None = None


def finding_id(rule: str, subject: str) -> str:
    """The name of a finding for as long as its run lives: twelve hexadecimal digits of its rule's code and its subject."""
    return hashlib.sha256(f"{rule}\0{subject}".encode(errors="surrogatepass")).hexdigest()[:12]


@record
class Finding:
    """One rule's word on one subject. `seat` is who did it first of all, `seats` everybody who shares it.

    `points_lost` is what it costs on this card; `open` says that it is a breach nobody has mended or waived, `waiting` that it is
    too early to judge: the message says what is waited for.
    """

    rule: str
    name: str
    outcome: Outcome
    subject: str
    url: str
    seat: SeatId | None
    seats: tuple[SeatId, ...]
    item: str
    at: datetime
    message: str
    why: str
    how_to_fix: str
    evidence: Measures
    credit: float | None
    points_lost: float
    repairable: Repair
    open: bool
    waived: Waived | None = None
    disputed: Disputed | None = None
    waiting: bool = False

    @property
    def id(self) -> str:
        """What it is called wherever somebody speaks of it."""
        return finding_id(self.rule, self.subject)


@record
class UnusedWaiver:
    """A waiver that no breach needs. `subject` may be a pattern."""

    rule: str
    subject: str
    reason: str
    by: str


@record
class RuleScore:
    """What one rule earned. `budget` = `earned` + `lost` points; `items` work items of evidence, `expected` by now."""

    rule: str
    name: str
    severity: Severity
    budget: float
    target: float
    items: int
    expected: float
    rate: float
    score: float
    earned: float
    lost: float


class Cause(StrEnum):
    """Why points are not there."""

    BREACH = "breach"
    MISSING = "missing evidence"
    CEILING = "ceiling"
    NOTHING = "nothing to judge"


@record
class WaterfallStep:
    """One step down from 100. All steps add up to 100 minus the score, exactly."""

    cause: Cause
    rule: str | None
    subject: str | None
    points: float


class Confidence(StrEnum):
    """How far the score can be trusted, by coverage and width of its band."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@record
class Scorecard:
    """A seat's score, or the team's (`seat` None), with everything that it is made of.

    `left_out` is how many findings more there are than a card shows. `uncertainty` is half the width of the 80 % band; `letter`
    is None while confidence is low. While the sprint runs the card is `provisional`, and `if_ended_now` says what the same
    evidence would be worth at its end.
    """

    seat: SeatId | None
    score: float
    letter: str | None
    letter_capped_by: tuple[str, ...]
    coverage: float
    confidence: Confidence
    uncertainty: float
    groups: Mapping[str, float]
    rules: tuple[RuleScore, ...]
    findings: tuple[Finding, ...]
    left_out: int
    waterfall: tuple[WaterfallStep, ...]
    elapsed: float
    provisional: bool
    if_ended_now: float
    rules_version: str
    profile: str = "default"
    waivers_unused: tuple[UnusedWaiver, ...] = ()
