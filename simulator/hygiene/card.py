"""Judgements to a scorecard. Refuses to judge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from simulator.hygiene.counted import Counted, Whose
from simulator.hygiene.findings import Telling, findings_of
from simulator.hygiene.judgement import Judgement
from simulator.hygiene.registry import DEFAULT, rules_version
from simulator.hygiene.rule import Rule
from simulator.hygiene.score import Terms, letter, score_of, total_of
from simulator.hygiene.waivers import NO_WAIVERS, Waivers
from simulator.model.history import History
from simulator.model.hygiene import Disputed, Scorecard, WaterfallStep
from simulator.model.keys import SeatId

_MOST_ITEMS = 3.0
_SHARE = 0.5
_NOT_ESTIMATED_WORK = frozenset({"Epic", "Sub-task"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What a card is made for: a seat, or with None the team of all human seats, and how much of the sprint is over.

    `disputed` are the learners' words against findings, by the findings' ids.
    """

    seat: SeatId | None
    elapsed: float
    quotas: Mapping[str, float] = field(default_factory=dict)
    profile: str = DEFAULT
    waivers: Waivers = NO_WAIVERS
    disputed: Mapping[str, Disputed] = field(default_factory=dict)
    rules_version: str = ""
    """What the score is comparable by, where that is known already."""


def make_card(
    history: History,
    judged: Mapping[str, Sequence[Judgement]],
    *,
    rules: Sequence[Rule],
    frame: Frame,
    before: Mapping[str, Counted] = MappingProxyType({}),
) -> tuple[Scorecard, Mapping[str, Counted]]:
    """The scorecard, and what was counted by rule, which makes the next one quicker.

    For the team shared work counts for all of it.
    `judged` are the judgements by rule, whoever they are about.
    """
    scope = history.joined if frame.seat is None else (frame.seat,)
    seats = frozenset(scope)
    whose = Whose(seats=seats, has_begun=not seats.isdisjoint(history.last_deeds), waivers=frame.waivers)
    counted = {code: Counted.of(found, whose, before=before.get(code)) for code, found in judged.items()}
    terms = [_terms(rule, history, scope, frame.quotas, waived=counted[rule.code].waived) for rule in rules]
    tallies = {code: of.tally for code, of in counted.items()}
    to_date = score_of(terms, tallies, elapsed=frame.elapsed)
    telling = Telling(losses=to_date.losses_of, scope=scope, disputed=frame.disputed)
    findings, left_out = findings_of(counted.values(), telling)
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
        if_ended_now=to_date.total if frame.elapsed == 1.0 else total_of(terms, tallies, elapsed=1.0),
        rules_version=frame.rules_version or rules_version(rules, frame.quotas, frame.profile),
        profile=frame.profile,
        waivers_unused=frame.waivers.unused(judged),
    )
    return card, counted


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


def _terms(rule: Rule, history: History, scope: Sequence[SeatId], quotas: Mapping[str, float], *, waived: int) -> Terms:
    """`waived` work items are not expected any more."""
    could_come = rule.expects(history, scope)
    if not could_come:
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
        expected=max(0.0, (sum(each) if could_come is True else min(sum(each), could_come)) - waived),
        ceiling=rule.ceiling,
        essential=rule.essential,
    )


def _size(step: WaterfallStep) -> tuple[float, str, str]:
    return -step.points, step.rule or "", step.subject or ""
