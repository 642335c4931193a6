"""Judgements to findings: what a person reads of a verdict. Refuses to judge and to count."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from operator import itemgetter
from types import MappingProxyType

from simulator.hygiene.counted import Counted, Made, Place, Ranks
from simulator.hygiene.judgement import Judgement
from simulator.model.hygiene import Breach, Disputed, Finding, NotAvailable, Outcome, Pass, Repair, Skip, Verdict, Wait
from simulator.model.keys import SeatId

_NOTHING: Mapping[str, float] = MappingProxyType({})
_KINDS: Mapping[type, Outcome] = {
    Pass: Outcome.PASS,
    Breach: Outcome.BREACH,
    Skip: Outcome.SKIP,
    Wait: Outcome.SKIP,
    NotAvailable: Outcome.NOT_AVAILABLE,
}
_WORST_FIRST = (Outcome.BREACH, Outcome.ERROR, Outcome.NOT_AVAILABLE, Outcome.PASS, Outcome.SKIP)
_RANK = {outcome: rank for rank, outcome in enumerate(_WORST_FIRST)}
MOST_FINDINGS = 2_000
"""On one card. What costs points and what is a breach comes first and is never left out before a pass or a skip."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What findings say beside the verdicts: the points that a rule's subjects cost, and the learners' words against findings."""

    losses: Mapping[str, Mapping[str, float]]
    scope: Sequence[SeatId]
    disputed: Mapping[str, Disputed] = field(default_factory=dict)


def findings_of(counted: Collection[Counted], telling: Telling) -> tuple[tuple[Finding, ...], int]:
    """The findings that a card shows, what costs most first, and how many more there are."""
    number = sum(len(of.mine) for of in counted)
    graver: Iterable[tuple[Judgement, Counted]] = ((one, of) for of in counted for one in of.graver)
    passed = ((one, of) for of in counted for one in of.passed)
    skipped = ((one, of) for of in counted for one in of.skipped)
    if number > MOST_FINDINGS:
        graver = _worst_first(counted, telling.losses)
    made = [_made(one, of, telling) for one, of in islice(chain(graver, passed, skipped), MOST_FINDINGS)]
    made.sort(key=itemgetter(2))
    shown = tuple(
        [_disputed(finding, telling) for _, finding, _ in made] if telling.disputed else [f for _, f, _ in made]
    )
    return shown, number - len(shown)


def _made(judgement: Judgement, counted: Counted, telling: Telling) -> Made:
    """The finding, and whether it is waived, with its place on the card."""
    lost = telling.losses.get(judgement.rule.code, _NOTHING).get(judgement.opportunity.name, 0.0)
    known = counted.made.get(id(judgement))
    if known is not None and known[1].points_lost == lost:
        return known
    finding = finding_of(judgement, telling.scope, lost=lost)
    waiver = counted.whose.waivers.on(judgement)
    if waiver:
        finding = replace(finding, waived=waiver.waived, open=False)
    made = counted.made[id(judgement)] = judgement, finding, place_of(finding)
    return made


def _disputed(finding: Finding, telling: Telling) -> Finding:
    """The finding with what the learner says against it."""
    said = telling.disputed.get(finding.id)
    return replace(finding, disputed=said) if said else finding


def _worst_first(
    counted: Iterable[Counted], losses: Mapping[str, Mapping[str, float]]
) -> Iterator[tuple[Judgement, Counted]]:
    """What is graver, what costs most first, then breaches; what is alike in that stays in its order."""
    ranked = [(cost, of, some) for of in counted if of.graver for cost, some in _ranks(of, losses)]
    ranked.sort(key=itemgetter(0))
    return ((one, of) for _, of, some in ranked for one in some)


def _ranks(counted: Counted, losses: Mapping[str, Mapping[str, float]]) -> Ranks:
    of_rule = losses.get(counted.graver[0].rule.code, _NOTHING)
    if counted.ranked is None or counted.ranked[0] is not of_rule:
        ranks: dict[tuple[float, bool], list[Judgement]] = {}
        for one in counted.graver:
            cost = -of_rule.get(one.opportunity.name, 0.0)
            ranks.setdefault((cost, not isinstance(one.verdict, Breach)), []).append(one)
        counted.ranked = of_rule, tuple(ranks.items())
    return counted.ranked[1]


def finding_of(judgement: Judgement, scope: Sequence[SeatId], *, lost: float = 0.0) -> Finding:
    """What a person reads of a judgement; `lost` are the points that it costs."""
    rule, opportunity, verdict = judgement.rule, judgement.opportunity, judgement.verdict
    seats = tuple(seat for seat in opportunity.seats if seat in scope)
    judged = verdict if isinstance(verdict, (Pass, Breach)) else None
    breach = verdict if isinstance(verdict, Breach) else None
    return Finding(
        rule=rule.code,
        name=rule.name,
        outcome=_outcome(verdict),
        subject=opportunity.name,
        url=opportunity.url,
        seat=seats[0] if seats else None,
        seats=seats,
        item=opportunity.item,
        at=(breach.at if breach else None) or opportunity.at,
        message=_message(judgement),
        why=rule.page.why,
        how_to_fix=verdict.how_to_fix if isinstance(verdict, (Breach, NotAvailable)) else "",
        evidence=dict(judged.evidence) if judged else {},
        credit=judged.credit if judged else None,
        points_lost=lost,
        repairable=breach.repair if breach else Repair.NONE,
        open=breach is not None and not breach.repaired,
        waiting=isinstance(verdict, Wait),
    )


def _outcome(verdict: Verdict | None) -> Outcome:
    return _KINDS.get(type(verdict), Outcome.ERROR)


def _message(judgement: Judgement) -> str:
    verdict = judgement.verdict
    if isinstance(verdict, (Skip, NotAvailable)):
        return verdict.reason
    if verdict is None:
        return f"{judgement.rule.code} could not judge this; it costs nothing"
    return verdict.message or judgement.rule.page.summary


def place_of(finding: Finding) -> Place:
    """What costs most first, then what is open, then breaches' repairs, passes and what was not judged."""
    return -finding.points_lost, not finding.open, _RANK[finding.outcome], finding.rule, finding.subject
