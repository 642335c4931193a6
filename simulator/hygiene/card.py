"""Judgements to a scorecard. Refuses to judge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from types import MappingProxyType

from simulator.hygiene.findings import findings_of
from simulator.hygiene.judging import Judgement
from simulator.hygiene.registry import rules_version
from simulator.hygiene.rule import Rule
from simulator.hygiene.score import Terms, letter, score_of
from simulator.hygiene.tally import Tally
from simulator.model.history import History
from simulator.model.hygiene import Scorecard, WaterfallStep
from simulator.model.keys import SeatId

_MOST_ITEMS = 3.0
_SHARE = 0.5
_NOT_ESTIMATED_WORK = frozenset({"Epic", "Sub-task"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What a card is made for: a seat, or with None the team of all human seats, and how much of the sprint is over."""

    seat: SeatId | None
    elapsed: float
    quotas: Mapping[str, float] = field(default_factory=dict)


Tallies = Mapping[str, Tally]
"""Rule → what its evidence lacks."""


def make_card(
    history: History,
    judged: Mapping[str, Sequence[Judgement]],
    *,
    rules: Sequence[Rule],
    frame: Frame,
    before: Tallies = MappingProxyType({}),
) -> tuple[Scorecard, Tallies]:
    """The scorecard, and the tallies that make the next one quicker. On the team's card shared work counts for all of it.

    `judged` are the judgements by rule, whoever they are about.
    """
    scope = history.joined if frame.seat is None else (frame.seat,)
    seats = frozenset(scope)
    has_begun = not seats.isdisjoint(history.last_deeds)  # who did nothing has shown nothing, whatever others gave them
    mine = {
        code: [one for one in found if not seats.isdisjoint(one.opportunity.seats)] for code, found in judged.items()
    }
    terms = [_terms(rule, history, scope, frame.quotas) for rule in rules]
    tallies = {
        code: Tally((one.evidence for one in found if one.evidence and has_begun), before.get(code))
        for code, found in mine.items()
    }
    to_date = score_of(terms, tallies, elapsed=frame.elapsed)
    findings, left_out = findings_of(chain.from_iterable(mine.values()), to_date.losses, scope)
    capped_by = tuple(rule.code for rule in rules if rule.caps_letter and tallies[rule.code].is_open)
    card = Scorecard(
        seat=frame.seat,
        score=to_date.total,
        letter=letter(to_date.total, to_date.confidence, capped=bool(capped_by)),
        letter_capped_by=capped_by,
        coverage=to_date.coverage,
        confidence=to_date.confidence,
        uncertainty=to_date.uncertainty,
        groups=to_date.groups,
        rules=to_date.rules,
        findings=findings,
        left_out=left_out,
        waterfall=tuple(sorted(to_date.waterfall, key=_size)),
        elapsed=frame.elapsed,
        provisional=frame.elapsed < 1.0,
        if_ended_now=score_of(terms, tallies, elapsed=1.0).total,
        rules_version=rules_version(rules, frame.quotas),
    )
    return card, tallies


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
    if not rule.expects(history, scope):
        each = [0.0]
    elif rule.code in quotas:
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
        essential=rule.essential,
    )


def _size(step: WaterfallStep) -> tuple[float, str, str]:
    return -step.points, step.rule or "", step.subject or ""
