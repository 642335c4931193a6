"""A scorecard as JSON values: the keys of the public contract, and what they are made of.

Points are rounded so that 100 less the waterfall is the score to the last printed digit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simulator.model.hygiene import Disputed, Scorecard, Waived, WaterfallStep

FORMAT = 2
"""Version of the JSON form of a scorecard."""


def scorecard_json(card: Scorecard) -> dict[str, Any]:
    """A scorecard as JSON values: the keys of the public contract, and what they are made of."""
    rounded = dict(zip(card.waterfall, _rounded(card.waterfall), strict=True))
    lost = {(step.rule, step.subject): points for step, points in rounded.items()}
    total = round(100.0 - sum(rounded.values()), 2) + 0.0  # never minus nothing
    return {
        "format": FORMAT,
        "seat": card.seat,
        "score": total,
        "letter": card.letter,
        "letter_capped_by": list(card.letter_capped_by),
        "coverage": round(card.coverage, 4),
        "confidence": card.confidence.value,
        "uncertainty": round(card.uncertainty, 2),
        "provisional": card.provisional,
        "elapsed": round(card.elapsed, 4),
        "if_ended_now": round(card.if_ended_now, 2),
        "rules_version": card.rules_version,
        "profile": card.profile,
        "groups": {group: round(points, 1) for group, points in card.groups.items()},
        "rules": [_rounded_fields(rule) for rule in card.rules],
        "findings": [
            {"id": finding.id}
            | _rounded_fields(finding)
            | {"points_lost": lost.get((finding.rule, finding.subject), 0.0)}
            for finding in card.findings
        ],
        "findings_left_out": card.left_out,
        "waivers_unused": [_rounded_fields(waiver) for waiver in card.waivers_unused],
        "waterfall": [_rounded_fields(step) | {"points": points} for step, points in rounded.items()],
    }


def _rounded(steps: Sequence[WaterfallStep]) -> list[float]:
    """The steps' points in hundredths, adding up to their rounded sum: what is cut off goes where most was cut."""
    hundredths = [int(step.points * 100) for step in steps]
    short = round(sum(step.points for step in steps) * 100) - sum(hundredths)
    most_cut = sorted(range(len(steps)), key=lambda n: hundredths[n] - steps[n].points * 100)
    for n in most_cut[: max(0, short)]:
        hundredths[n] += 1
    return [amount / 100 for amount in hundredths]


def _rounded_fields(record: Any) -> dict[str, Any]:  # Any: one of the frozen records of model/hygiene.py
    return {name: _plain(getattr(record, name)) for name in record.__slots__}


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, Mapping):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Waived | Disputed):
        return _rounded_fields(value)
    return value.isoformat() if hasattr(value, "isoformat") else value
