"""Judgements to findings: what a person reads of a verdict. Refuses to judge and to count."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice

from simulator.hygiene.counted import Counted
from simulator.hygiene.judging import Judgement
from simulator.model.hygiene import Breach, Disputed, Finding, NotAvailable, Outcome, Pass, Repair, Skip, Verdict, Wait
from simulator.model.keys import SeatId

MOST_FINDINGS = 2_000
"""On one card. What costs points and what is a breach comes first and is never left out before a pass or a skip."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What findings say beside the verdicts: the points that (rule, subject) cost, and the learners' words against findings."""

    losses: Mapping[tuple[str, str], float]
    scope: Sequence[SeatId]
    disputed: Mapping[str, Disputed] = field(default_factory=dict)


def findings_of(counted: Collection[Counted], telling: Telling) -> tuple[tuple[Finding, ...], int]:
    """The findings that a card shows, what costs most first, and how many more there are."""
    graver = [(one, of) for of in counted for one in of.graver]
    passed = ((one, of) for of in counted for one in of.passed)
    skipped = ((one, of) for of in counted for one in of.skipped)
    number = sum(len(of.mine) for of in counted)
    if number > MOST_FINDINGS:  # worst first, where not all can be shown
        graver = [graver[place] for _, _, place in sorted(_weights(graver, telling.losses))]
    shown = sorted(
        (_told(one, of, telling) for one, of in islice(chain(graver, passed, skipped), MOST_FINDINGS)), key=place_of
    )
    return tuple(shown), number - len(shown)


def _told(judgement: Judgement, counted: Counted, telling: Telling) -> Finding:
    """The finding with what was said about it: waived, or disputed by the learner."""
    lost = telling.losses.get((judgement.rule.code, judgement.opportunity.name), 0.0)
    finding = counted.made.get(id(judgement))
    if finding is None or finding.points_lost != lost:
        finding = finding_of(judgement, telling.scope, lost=lost)
        waiver = counted.whose.waivers.on(judgement)
        if waiver:
            finding = replace(finding, waived=waiver.waived, open=False)
        counted.made[id(judgement)] = finding
    said = telling.disputed.get(finding.id) if telling.disputed else None
    return replace(finding, disputed=said) if said else finding


def _weights(
    pairs: Iterable[tuple[Judgement, Counted]], losses: Mapping[tuple[str, str], float]
) -> Iterator[tuple[float, bool, int]]:
    for place, (one, _) in enumerate(pairs):
        lost = losses.get((one.rule.code, one.opportunity.name), 0.0)
        yield -lost, not isinstance(one.verdict, Breach), place


def finding_of(judgement: Judgement, scope: Sequence[SeatId], *, lost: float = 0.0) -> Finding:
    """What a person reads of a judgement; `lost` are the points that it costs."""
    rule, opportunity, verdict = judgement.rule, judgement.opportunity, judgement.verdict
    seats = tuple(seat for seat in opportunity.seats if seat in scope)
    judged = verdict if isinstance(verdict, Pass | Breach) else None
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
        how_to_fix=verdict.how_to_fix if isinstance(verdict, Breach | NotAvailable) else "",
        evidence=dict(judged.evidence) if judged else {},
        credit=judged.credit if judged else None,
        points_lost=lost,
        repairable=breach.repair if breach else Repair.NONE,
        open=breach is not None and not breach.repaired,
        waiting=isinstance(verdict, Wait),
    )


def _outcome(verdict: Verdict | None) -> Outcome:
    kinds: dict[type, Outcome] = {
        Pass: Outcome.PASS,
        Breach: Outcome.BREACH,
        Skip: Outcome.SKIP,
        Wait: Outcome.SKIP,
        NotAvailable: Outcome.NOT_AVAILABLE,
    }
    return kinds.get(type(verdict), Outcome.ERROR)


def _message(judgement: Judgement) -> str:
    verdict = judgement.verdict
    if isinstance(verdict, Skip | NotAvailable):
        return verdict.reason
    if verdict is None:
        return f"{judgement.rule.code} could not judge this; it costs nothing"
    return verdict.message or judgement.rule.page.summary


def place_of(finding: Finding) -> tuple[float, bool, int, str, str]:
    """What costs most first, then what is open, then breaches' repairs, passes and what was not judged."""
    worst_first = (Outcome.BREACH, Outcome.ERROR, Outcome.NOT_AVAILABLE, Outcome.PASS, Outcome.SKIP)
    rank = worst_first.index(finding.outcome)
    return -finding.points_lost, not finding.open, rank, finding.rule, finding.subject
