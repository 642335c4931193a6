"""What a fix must do: the finding goes or is worth more, and the score is not less."""

from __future__ import annotations

from collections.abc import Callable, Collection

from simulator.model.hygiene import Finding, Outcome, Repair, Scorecard
from tests.hygiene.repairs.desk import LEARNER, Desk

_SECONDS = 1e-4


def mended(
    desk: Desk, rule: str, mend: Callable[[Finding], object], *, subject: str = "", brings: Collection[str] = ()
) -> Finding | None:
    """What becomes of the one open breach of a rule when it is mended: the finding, or None when it is gone.

    It must be gone, be worth more, or be over where only the loss to come can be stopped; the scores of learner and team must not
    be less; and no rule that was kept before may be broken after, but for what a fix `brings` to light.
    """
    cards = desk.cards()
    before = cards[LEARNER]
    found = breach(before, rule, subject=subject)
    assert found.repairable is not Repair.NONE, f"{rule} says that nothing can be won"
    mend(found)
    later = desk.cards(elapsed=before.elapsed)  # time alone asks for more
    after = later[LEARNER]
    for seat, card in cards.items():
        now = later[seat]
        assert now.score >= card.score - 1e-9, (
            f"{seat or 'the team'} fell from {card.score} to {now.score}: {_worse(card, now)}"
        )
    kept = {one.rule for one in before.findings if one.open}
    broken = [one for one in after.findings if one.open and one.rule not in kept and one.rule not in brings]
    assert broken == [], f"the fix breaks {[(one.rule, one.message) for one in broken]}"
    left = next((one for one in after.findings if (one.rule, one.subject) == (rule, found.subject)), None)
    if left is not None and left.outcome is Outcome.BREACH:
        won = (left.credit or 0.0) - (found.credit or 0.0)
        is_stopped = won > -_SECONDS and not left.open  # mending takes a few seconds, in which a loss goes on
        assert won > 0 or is_stopped, f"nothing was won: {left.message}"
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
