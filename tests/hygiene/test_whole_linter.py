"""What must not make a difference to the whole linter: random sprints under all rules, told in another way."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from simulator.hygiene.card_json import scorecard_json
from simulator.hygiene.linter import Scorer, score_run
from simulator.hygiene.waivers import Waiver
from simulator.model.facts import Fact
from simulator.model.hygiene import Outcome, Scorecard, Waived
from simulator.model.keys import SeatId
from simulator.testing.story import Story, a_clean_sprint, a_roster, history_of, instant
from tests.hygiene.sprints import HUMANS, TEAMMATES, sprints

ADA = SeatId("ada")
SEATS = (ADA, SeatId("ben"), None)
ENDS = instant("10 17:00")
_DATE = re.compile(r"\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)")
quickly = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # to shrink a whole sprint takes minutes
)


def cards_of(
    story: Story, facts: Sequence[Fact] | None = None, *, now: datetime = ENDS, elapsed: float = 1.0
) -> Mapping[SeatId | None, Scorecard]:
    history = history_of(story.facts if facts is None else facts, story.roster, now=now)
    return Scorer({}).score(history, seats=SEATS, elapsed=elapsed)


@quickly
@given(sprints())
def test_random_sprints_are_judged_by_every_rule_and_every_point_has_a_cause(story: Story) -> None:
    for card in cards_of(story).values():
        assert Outcome.ERROR not in {finding.outcome for finding in card.findings}
        assert 0 <= card.score <= 100
        assert 100 - sum(step.points for step in card.waterfall) == pytest.approx(card.score, abs=1e-6)
        assert all(finding.credit is None or 0 <= finding.credit <= 1 for finding in card.findings)
        names = Counter((finding.rule, finding.subject) for finding in card.findings)
        assert not [name for name, times in names.items() if times > 1]


@quickly
@given(sprints())
def test_the_same_event_log_gives_the_same_findings(story: Story) -> None:
    first, second = cards_of(story), cards_of(story)

    assert [scorecard_json(card) for card in first.values()] == [scorecard_json(card) for card in second.values()]


@quickly
@given(sprints(), st.randoms(use_true_random=False))
def test_the_order_of_facts_and_seeing_them_twice_make_no_difference(story: Story, shuffler: Any) -> None:
    facts = [*story.facts, *story.facts[::3]]
    shuffler.shuffle(facts)

    assert cards_of(story, facts) == cards_of(story)


@quickly
@given(sprints(most=20))
def test_facts_given_one_at_a_time_or_all_at_once_give_the_same_cards(story: Story) -> None:
    scorer = Scorer({})
    for known in range(len(story.facts) + 1):
        facts = story.facts[:known]
        now = facts[-1].at if facts else instant("1")
        scorer.score(history_of(facts, story.roster, now=now), seats=SEATS, elapsed=0.5)

    step_by_step = scorer.score(history_of(story.facts, story.roster, now=ENDS), seats=SEATS, elapsed=1.0)

    assert step_by_step == cards_of(story)


@quickly
@given(sprints(), st.sampled_from((1, 7, 52)))
def test_a_shift_by_whole_weeks_changes_nothing(story: Story, weeks: int) -> None:
    shift = timedelta(weeks=weeks)
    moved = [
        dataclasses.replace(fact, at=fact.at + shift, recorded_at=fact.recorded_at + shift) for fact in story.facts
    ]

    later = score_run(history_of(moved, story.roster, now=ENDS, shift=shift), seat=None, elapsed=1.0, hygiene={})

    assert _undated(later, back=shift) == _undated(cards_of(story)[None])


def _undated(card: Scorecard, *, back: timedelta = timedelta(0)) -> Scorecard:
    """The card with its instants moved back, and without the dates that messages say."""
    findings = (
        dataclasses.replace(finding, at=finding.at - back, message=_DATE.sub("DATE", finding.message))
        for finding in card.findings
    )
    return dataclasses.replace(card, findings=tuple(findings))


@quickly
@given(sprints())
def test_renaming_people_permutes_the_findings_only(story: Story) -> None:
    names = {"ada": "zoe", "ben": "kim", "rita": "bob", "tom": "eve"}
    roster = a_roster([names[seat] for seat in HUMANS], [names[seat] for seat in TEAMMATES])
    renamed = history_of([_renamed(fact, names) for fact in story.facts], roster, now=ENDS)

    for seat, card in cards_of(story).items():
        other = score_run(renamed, seat=SeatId(names[seat]) if seat else None, elapsed=1.0, hygiene={})
        assert other.score == pytest.approx(card.score, abs=1e-9)
        assert _findings(other) == _findings(card, names)


def _renamed(fact: Fact, names: Mapping[str, str]) -> Fact:
    detail = {key: _renamed_value(value, names) for key, value in fact.detail.items()}
    return dataclasses.replace(fact, actor=SeatId(names[fact.actor]) if fact.actor else None, detail=detail)


def _renamed_value(value: Any, names: Mapping[str, str]) -> Any:
    if not isinstance(value, str):
        return value
    person, at, host = value.partition("@")
    known = {**names, **{name.title(): other.title() for name, other in names.items()}}
    return known[person] + at + host if person in known else value


def _findings(card: Scorecard, names: Mapping[str, str] | None = None) -> list[tuple[object, ...]]:
    return sorted(
        (
            finding.rule,
            _renamed_subject(finding.subject, names or {}),
            finding.outcome,
            round(finding.credit or 0.0, 9),
            round(finding.points_lost, 9),
            sorted((names or {}).get(seat, seat) for seat in finding.seats),
        )
        for finding in card.findings
    )


def _renamed_subject(subject: str, names: Mapping[str, str]) -> str:
    return re.sub(r"(?<=[:])[a-z]+\b", lambda found: names.get(found[0], found[0]), subject)


@quickly
@given(sprints(), st.integers(1, 9))
def test_unrelated_events_change_nothing_whenever_they_come(story: Story, day: int) -> None:
    before = cards_of(story)
    kept = [*story.facts]

    story.at(f"{day} 10:00").issue("PAY-90", by="tom", sprints=[], assignee="tom").comment_on("PAY-90", by="rita")
    story.push("fix/PAY-90-other", by="tom").prioritise("PAY-90", to="Low", by="tom")

    strangers = [fact for fact in story.facts if fact not in kept]
    after = cards_of(story, [*strangers, *kept])
    for seat in HUMANS:
        assert after[SeatId(seat)] == before[SeatId(seat)]


@quickly
@given(sprints(), st.data())
def test_a_waiver_never_scores_better_than_clean_work(story: Story, data: st.DataObject) -> None:
    history = history_of(story.facts, story.roster, now=ENDS)
    plain = score_run(history, seat=ADA, elapsed=1.0, hygiene={})
    costly = [finding for finding in plain.findings if finding.points_lost > 0 and finding.outcome is Outcome.BREACH]
    if not costly:
        return
    finding = data.draw(st.sampled_from(costly))
    waiver = Waiver(rule=finding.rule, subject=finding.subject, waived=Waived(by="Tina", reason="made by a tool"))

    waived = Scorer({}).score(history, seats=[ADA], elapsed=1.0, waivers=[waiver])[ADA]

    clean = plain.score + sum(step.points for step in plain.waterfall if step.rule == finding.rule)
    assert waived.score <= clean + 1e-6
    assert next(found for found in waived.findings if found.id == finding.id).waived is not None


def test_a_clean_sprint_with_waivers_for_everything_scores_no_better() -> None:
    story = a_clean_sprint()
    clean = cards_of(story)[ADA]
    waivers = [
        Waiver(rule=finding.rule, subject=finding.subject, waived=Waived(by="Tina", reason="made by a tool"))
        for finding in clean.findings
    ]
    history = history_of(story.facts, story.roster, now=ENDS)

    waived = Scorer({}).score(history, seats=[ADA], elapsed=1.0, waivers=waivers)[ADA]

    assert waived.score <= clean.score + 1e-9
