"""Hints on a finding, in three levels: what is wrong and why, how to go about it, the exact steps. Pure.

The first is there for everybody; the others for who asks. Who asks is written down, and pays nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from simulator.errors import RunError
from simulator.hygiene.registry import rule_named
from simulator.model.facts import Fact, FactKind
from simulator.model.history import History
from simulator.model.keys import SeatId
from simulator.timekeeping.clock import Clock

LEVELS = 3
_PREFIX = "finding:"


def with_hints(finding: Mapping[str, Any], history: History, seat: SeatId) -> dict[str, Any]:
    """A finding of a seat with the hints it has seen so far, and how many there are in all."""
    seen = _seen(str(finding["id"]), history, seat)
    return {**finding, "hints": hints_on(finding)[:seen], "hint_levels": LEVELS, "more_hints": seen < LEVELS}


def hints_on(finding: Mapping[str, Any]) -> list[str]:
    """All three hints, in Markdown; commands stand on lines of their own."""
    why = f"{finding['message']}\n\n{finding['why']}"
    return [why, _general_way(str(finding["rule"])), str(finding["how_to_fix"])]


def chosen(findings: Iterable[Mapping[str, Any]], asked: str) -> Mapping[str, Any]:
    """The open finding of an id, or the dearest open one of a rule. Raises RunError when there is none."""
    for finding in findings:  # what costs most comes first
        if finding["open"] and asked.lower() in (finding["id"], finding["rule"].lower(), finding["name"]):
            return finding
    raise RunError(f"nothing is open under {asked[:40]!r}", to_do="`sprintdojo score` lists what is")


def name_of(finding: Mapping[str, Any]) -> str:
    """What hints on a finding are written down under."""
    return f"{_PREFIX}{finding['id']}"


def finding_of(name: str) -> str | None:
    """The finding's id in such a name, None in that of a moment."""
    return name.removeprefix(_PREFIX) if name.startswith(_PREFIX) else None


def hint_taken(finding: str, history: History, seat: SeatId, *, level: int | None, clock: Clock) -> Fact:
    """The fact that somebody takes a hint on a finding (its id): of the level asked for, else the next one.

    Raises RunError for a level that there is not.
    """
    level = min(_seen(finding, history, seat) + 1, LEVELS) if level is None else level
    if not 1 <= level <= LEVELS:
        raise RunError(f"there is no hint of level {level}", to_do=f"ask for 1 to {LEVELS}")
    subject = f"{_PREFIX}{finding}"
    return Fact(
        source_id=f"run:hint:{subject}:{seat}:{level}",
        kind=FactKind.HINT_TAKEN,
        subject=subject,
        actor=seat,
        url="",
        recorded_at=clock(),
        at=history.now,
        detail={"moment": subject, "seat": seat, "level": level},
    )


def _seen(finding: str, history: History, seat: SeatId) -> int:
    return max(1, history.run.hints.get((f"{_PREFIX}{finding}", seat), 0))


def _general_way(rule: str) -> str:
    return str(rule_named(rule).page.sections["How to fix"])
