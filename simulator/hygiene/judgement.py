"""A rule's word on an opportunity, and what counts of it. Refuses to find either."""

from __future__ import annotations

from typing import Any

from simulator.hygiene.rule import Rule
from simulator.hygiene.subjects import Opportunity
from simulator.hygiene.tally import Evidence
from simulator.model.hygiene import Breach, Pass, Verdict
from simulator.model.record import brief

_JUDGED = (Pass, Breach)


@brief
class Judgement:
    """A rule's verdict on an opportunity; None when the rule itself failed."""

    rule: Rule
    opportunity: Opportunity[Any]  # Any: each kind has its own subject type; it may be that of an earlier history
    verdict: Verdict | None
    evidence: Evidence | None
    """What counts of it; None for what was not judged."""


def says_the_same(one: Judgement, other: Judgement) -> bool:
    """Whether two judgements come to the same for everybody who reads them: all but the subject itself."""
    mine, its = one.opportunity, other.opportunity
    return one.verdict == other.verdict and (
        (mine.name, mine.url, mine.item, mine.mass, mine.seats, mine.at)
        == (its.name, its.url, its.item, its.mass, its.seats, its.at)
    )


def judgement_of(rule: Rule, opportunity: Opportunity[Any], verdict: Verdict | None) -> Judgement:
    evidence = None
    if isinstance(verdict, _JUDGED):
        credit = verdict.credit
        evidence = Evidence(
            rule.code,
            opportunity.name,
            opportunity.item,
            opportunity.mass,
            1.0 if credit >= 1.0 else max(0.0, credit),
            isinstance(verdict, Breach) and not verdict.repaired,
        )
    return Judgement(rule, opportunity, verdict, evidence)
