"""All rules over a history: subjects to verdicts to a scorecard, for one seat or for the team.

Refuses to ask anybody but the history. A rule that fails is one error outcome, and costs nobody points.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import Any

from simulator.hygiene.card import Judgement, make_card
from simulator.hygiene.registry import rule_named, rules_without
from simulator.hygiene.rule import Rule
from simulator.hygiene.subjects import Kind, Opportunity
from simulator.model.history import History
from simulator.model.hygiene import Scorecard, Verdict
from simulator.model.keys import SeatId

logger = logging.getLogger(__name__)


def lint(history: History, rules: Iterable[Rule]) -> tuple[Judgement, ...]:
    """The verdicts of some rules on everything in the history that they are about, whoever did it."""
    found: dict[str, list[Opportunity[Any]]] = {}  # Any: each kind has its own subject type
    return tuple(
        Judgement(rule=rule, opportunity=opportunity, verdict=_verdict(rule, opportunity, history))
        for rule in rules
        for opportunity in _opportunities(rule.about, history, found)
    )


def score_run(history: History, *, seat: SeatId | None, elapsed: float, hygiene: Mapping[str, Any]) -> Scorecard:
    """The scorecard of a seat (None: of the team) with `elapsed` of the sprint over, 0 to 1.

    `hygiene` is the scenario's part of that name: `off`, rules that do not count; `quotas`, rule → expected work items.
    Raises UnknownRule for a rule that is not in the book.
    """
    return score_seats(history, seats=[seat], elapsed=elapsed, hygiene=hygiene)[seat]


def score_seats(
    history: History, *, seats: Iterable[SeatId | None], elapsed: float, hygiene: Mapping[str, Any]
) -> dict[SeatId | None, Scorecard]:
    """The scorecards of several seats, None being the team, for the price of judging once."""
    rules = rules_without(hygiene.get("off") or ())
    quotas = {rule_named(str(name)).code: float(count) for name, count in (hygiene.get("quotas") or {}).items()}
    judgements = lint(history, rules)
    return {
        seat: make_card(history, judgements, rules=rules, seat=seat, elapsed=elapsed, quotas=quotas) for seat in seats
    }


def _opportunities(
    kind: Kind[Any], history: History, found: dict[str, list[Opportunity[Any]]]
) -> list[Opportunity[Any]]:
    if kind.name not in found:
        found[kind.name] = [opportunity for opportunity in kind.find(history) if opportunity.mass > 0]
    return found[kind.name]


def _verdict(rule: Rule, opportunity: Opportunity[Any], history: History) -> Verdict | None:
    try:
        return rule(opportunity.subject, history)
    except Exception:
        # A rule may come from elsewhere: its fault must cost neither the page nor the learner.
        logger.exception("rule %s failed on %s", rule.code, opportunity.name)
        return None
