"""Judgements to findings: what a person reads of a verdict. Refuses to judge and to count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from simulator.hygiene.judging import Judgement
from simulator.model.hygiene import Breach, Finding, NotAvailable, Outcome, Pass, Repair, Skip, Verdict
from simulator.model.keys import SeatId

MOST_FINDINGS = 2_000
"""On one card. What costs points and what is a breach comes first and is never left out before a pass or a skip."""


def findings_of(
    judgements: Iterable[Judgement], losses: Mapping[tuple[str, str], float], scope: Sequence[SeatId]
) -> tuple[tuple[Finding, ...], int]:
    """The findings that a card shows, what costs most first, and how many more there are."""
    graver: list[Judgement] = []
    passed: list[Judgement] = []
    skipped: list[Judgement] = []
    for judgement in judgements:
        verdict = judgement.verdict
        if isinstance(verdict, Skip):
            skipped.append(judgement)
        elif isinstance(verdict, Pass) and (judgement.rule.code, judgement.opportunity.name) not in losses:
            passed.append(judgement)
        else:
            graver.append(judgement)
    every = [*graver, *passed, *skipped]
    if len(every) > MOST_FINDINGS:  # worst first, where not all can be shown
        graver.sort(key=lambda judgement: _weight(judgement, losses))
        every = [*graver, *passed, *skipped]
    shown = sorted((_finding(judgement, losses, scope) for judgement in every[:MOST_FINDINGS]), key=_place)
    return tuple(shown), len(every) - len(shown)


def _weight(judgement: Judgement, losses: Mapping[tuple[str, str], float]) -> tuple[float, bool]:
    lost = losses.get((judgement.rule.code, judgement.opportunity.name), 0.0)
    return -lost, not isinstance(judgement.verdict, Breach)


def _finding(judgement: Judgement, losses: Mapping[tuple[str, str], float], scope: Sequence[SeatId]) -> Finding:
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
        points_lost=losses.get((rule.code, opportunity.name), 0.0),
        repairable=breach.repair if breach else Repair.NONE,
        open=breach is not None and not breach.repaired,
    )


def _outcome(verdict: Verdict | None) -> Outcome:
    kinds: dict[type, Outcome] = {
        Pass: Outcome.PASS,
        Breach: Outcome.BREACH,
        Skip: Outcome.SKIP,
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


def _place(finding: Finding) -> tuple[float, bool, int, str, str]:
    """What costs most first, then what is open, then breaches' repairs, passes and what was not judged."""
    worst_first = (Outcome.BREACH, Outcome.ERROR, Outcome.NOT_AVAILABLE, Outcome.PASS, Outcome.SKIP)
    rank = worst_first.index(finding.outcome)
    return -finding.points_lost, not finding.open, rank, finding.rule, finding.subject
