"""Judgements to a scorecard, and a scorecard to JSON values.

Refuses to judge. Points in JSON are rounded so that 100 less the waterfall is the score to the last printed digit.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from simulator.hygiene.registry import rules_version
from simulator.hygiene.rule import Rule
from simulator.hygiene.score import Evidence, Score, Terms, letter, score
from simulator.hygiene.subjects import Opportunity
from simulator.model.history import History
from simulator.model.hygiene import (
    Breach,
    Finding,
    NotAvailable,
    Outcome,
    Pass,
    Repair,
    Scorecard,
    Skip,
    Verdict,
    WaterfallStep,
)
from simulator.model.keys import SeatId

FORMAT = 1
"""Version of the JSON form of a scorecard."""
_MOST_ITEMS = 3.0
_SHARE = 0.5
_NOT_ESTIMATED_WORK = frozenset({"Epic", "Sub-task"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A rule's verdict on an opportunity; None when the rule itself failed."""

    rule: Rule
    opportunity: Opportunity[Any]  # Any: each kind has its own subject type
    verdict: Verdict | None


def make_card(
    history: History,
    judgements: Iterable[Judgement],
    *,
    rules: Sequence[Rule],
    seat: SeatId | None,
    elapsed: float,
    quotas: Mapping[str, float],
) -> Scorecard:
    """The scorecard of a seat, or with None of the team of all human seats, where shared work counts for all who did it."""
    scope = history.joined if seat is None else (seat,)
    mine = [judgement for judgement in judgements if not set(scope).isdisjoint(judgement.opportunity.seats)]
    terms = [_terms(rule, history, scope, quotas) for rule in rules]
    evidence = [piece for judgement in mine if (piece := _evidence(judgement))]
    to_date = score(terms, evidence, elapsed=elapsed)
    at_end = score(terms, evidence, elapsed=1.0)
    findings = sorted((_finding(judgement, to_date, scope) for judgement in mine), key=_place)
    capping = {rule.code for rule in rules if rule.caps_letter}
    capped_by = tuple(dict.fromkeys(finding.rule for finding in findings if finding.open and finding.rule in capping))
    return Scorecard(
        seat=seat,
        score=to_date.total,
        letter=letter(to_date.total, to_date.confidence, capped=bool(capped_by)),
        letter_capped_by=capped_by,
        coverage=to_date.coverage,
        confidence=to_date.confidence,
        uncertainty=to_date.uncertainty,
        groups=to_date.groups,
        rules=to_date.rules,
        findings=tuple(findings),
        waterfall=tuple(sorted(to_date.waterfall, key=_size)),
        elapsed=elapsed,
        provisional=elapsed < 1.0,
        if_ended_now=at_end.total,
        rules_version=rules_version(rules, quotas),
    )


def expected_items(history: History, seat: SeatId) -> float:
    """Work items of evidence that a whole sprint should give a seat: half of its sprint items, at least 1, at most 3.

    Its items are those assigned to it when the sprint started, and an even share of those that nobody had yet, among the humans
    who have joined: so what is expected does not depend on what the learner then does.
    """
    sprint = history.sprint
    if sprint is None or sprint.started_at is None:
        return 1.0
    humans = len({*history.joined, seat})
    items = 0.0
    for key in sprint.committed:
        issue = history.issues[key]
        assignee = issue.at(sprint.started_at).assignee
        if issue.type not in _NOT_ESTIMATED_WORK:
            items += 1.0 if assignee == seat else 1.0 / humans if assignee is None else 0.0
    return min(_MOST_ITEMS, max(1.0, items * _SHARE))


def _terms(rule: Rule, history: History, scope: Sequence[SeatId], quotas: Mapping[str, float]) -> Terms:
    if rule.code in quotas:
        each = [float(quotas[rule.code])] * len(scope)
    elif rule.about.per_sprint_item and rule.quota:
        each = [rule.quota * expected_items(history, seat) for seat in scope]
    else:
        each = [rule.quota] * len(scope)
    return Terms(
        code=rule.code,
        name=rule.name,
        severity=rule.severity,
        target=rule.target,
        expected=sum(each),
        ceiling=rule.ceiling,
    )


def _evidence(judgement: Judgement) -> Evidence | None:
    verdict, opportunity = judgement.verdict, judgement.opportunity
    if not isinstance(verdict, Pass | Breach):
        return None
    return Evidence(
        rule=judgement.rule.code,
        subject=opportunity.name,
        item=opportunity.item,
        mass=opportunity.mass,
        credit=min(1.0, max(0.0, verdict.credit)),
        open=isinstance(verdict, Breach) and not verdict.repaired,
    )


def _finding(judgement: Judgement, result: Score, scope: Sequence[SeatId]) -> Finding:
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
        why=" ".join(rule.page.sections["Why it matters"].split()),
        how_to_fix=verdict.how_to_fix if isinstance(verdict, Breach | NotAvailable) else "",
        evidence=dict(judged.evidence) if judged else {},
        credit=judged.credit if judged else None,
        points_lost=result.losses.get((rule.code, opportunity.name), 0.0),
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


def _size(step: WaterfallStep) -> tuple[float, str, str]:
    return -step.points, step.rule or "", step.subject or ""


def scorecard_json(card: Scorecard) -> dict[str, Any]:
    """A scorecard as JSON values: the keys of the public contract, and what they are made of."""
    rounded = dict(zip(card.waterfall, _rounded(card.waterfall), strict=True))
    lost = {(step.rule, step.subject): points for step, points in rounded.items()}
    total = round(100.0 - sum(rounded.values()), 2)
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
        "groups": {group: round(points, 1) for group, points in card.groups.items()},
        "rules": [_rounded_fields(rule) for rule in card.rules],
        "findings": [
            _rounded_fields(finding) | {"points_lost": lost.get((finding.rule, finding.subject), 0.0)}
            for finding in card.findings
        ],
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
    return {field.name: _plain(getattr(record, field.name)) for field in dataclasses.fields(record)}


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, Mapping):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if hasattr(value, "isoformat") else value
