"""What a fix must do: the finding goes or is worth more, and the score is not less."""

from __future__ import annotations

from collections.abc import Callable

from simulator.model.hygiene import Finding, Outcome, Repair, Scorecard
from tests.hygiene.repairs.desk import Desk


def mended(desk: Desk, rule: str, mend: Callable[[Finding], object], *, subject: str = "") -> Finding | None:
    """What becomes of the one open breach of a rule when it is mended: the finding, or None when it is gone.

    It must be gone, be worth more, or be over where only the loss to come can be stopped; and the score must not be less.
    """
    before = desk.look()
    found = breach(before, rule, subject=subject)
    assert found.repairable is not Repair.NONE, f"{rule} says that nothing can be won"
    mend(found)
    after = desk.look(elapsed=before.elapsed)  # time alone asks for more
    assert after.score >= before.score - 1e-9, f"{before.score} fell to {after.score}: {_worse(before, after)}"
    left = next((one for one in after.findings if (one.rule, one.subject) == (rule, found.subject)), None)
    if left is not None and left.outcome is Outcome.BREACH:
        won = (left.credit or 0.0) - (found.credit or 0.0)
        assert won > 0 or (won == 0 and not left.open), f"nothing was won: {left.message}"
    else:
        others = [
            (one.subject, one.message) for one in _open(after, rule) if one.subject not in _subjects(before, rule)
        ]
        assert others == [], "the fix is the next breach"
    return left


def _open(card: Scorecard, rule: str) -> list[Finding]:
    return [one for one in card.findings if one.rule == rule and one.outcome is Outcome.BREACH and one.open]


def _subjects(card: Scorecard, rule: str) -> set[str]:
    return {one.subject for one in _open(card, rule)}


def _worse(before: Scorecard, after: Scorecard) -> dict[str, tuple[float | None, float | None]]:
    """Rules that score otherwise, before and after."""
    one, other = ({row.rule: round(row.score, 4) for row in card.rules} for card in (before, after))
    rules = sorted(one.keys() | other.keys())
    return {rule: (one.get(rule), other.get(rule)) for rule in rules if one.get(rule) != other.get(rule)}


def breach(card: Scorecard, rule: str, *, subject: str = "") -> Finding:
    """The one open breach of a rule (on subjects that begin so)."""
    found = [one for one in _open(card, rule) if one.subject.startswith(subject)]
    said = [(one.subject, one.outcome, one.message) for one in card.findings if one.rule == rule]
    assert len(found) == 1, f"{rule}: {len(found)} open breaches of {said}"
    return found[0]
