from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from simulator.model.facts import Fact, FactKind
from simulator.model.keys import SeatId
from simulator.plan.presence import absence_of, at_work, has_joined, there_at
from simulator.plan.react import react
from simulator.scenario.loaded import LoadedScenario
from simulator.scenario.values import read_hours, read_zone
from tests.plan.builders import BINDINGS, REVIEWS, a_fact, a_scenario, at, head, opened

MIRA = SeatId("mira")


def with_mira(scenario: LoadedScenario, **more: Any) -> LoadedScenario:
    people = {**scenario.spec.people, "mira": scenario.spec.people["mira"].model_copy(update=more)}
    return replace(scenario, spec=scenario.spec.model_copy(update={"people": people}))


@pytest.fixture
def scenario(tmp_path: Path) -> LoadedScenario:
    return a_scenario(tmp_path, REVIEWS)


def away(when: datetime, **detail: Any) -> Fact:
    return a_fact(FactKind.AVAILABILITY_CHANGED, "person:mira", actor="mira", when=when, seat="mira", **detail)


def test_somebody_with_own_hours_and_days_is_at_work_only_then(scenario: LoadedScenario) -> None:
    half = with_mira(scenario, hours=read_hours("10:00-15:00"), days=("mon", "wed"))

    assert at_work(half, MIRA, at(1, 9)) == at(1, 10)
    assert at_work(half, MIRA, at(1, 12)) == at(1, 12)
    assert at_work(half, MIRA, at(1, 15)) == at(3, 10)
    assert at_work(scenario, MIRA, at(1, 9)) == at(1, 9)


def test_the_clock_on_their_own_wall_counts(scenario: LoadedScenario) -> None:
    abroad = with_mira(scenario, hours=read_hours("09:00-17:00"), zone=read_zone("America/New_York"))

    assert at_work(abroad, MIRA, at(1, 9)) == at(1, 14)
    assert at_work(abroad, MIRA, at(1, 16)) == at(1, 16)


def test_hours_that_never_meet_hold_nobody_up_for_ever(scenario: LoadedScenario) -> None:
    never = with_mira(scenario, hours=read_hours("18:00-20:00"))

    assert at_work(never, MIRA, at(1, 12)) == at(1, 12)


def test_reviews_come_inside_the_reviewers_hours(scenario: LoadedScenario) -> None:
    half = with_mira(scenario, hours=read_hours("10:00-15:00"))

    for hour in (9, 11, 13, 16.5):
        for seed in range(10):
            facts = (opened(when=at(1, hour)), head(when=at(1, hour)))
            (timed,) = react(facts[-1], scenario=half, facts=facts, bindings=BINDINGS, seed=seed)
            assert 10 <= timed.at.hour + timed.at.minute / 60 < 15


def test_who_said_that_they_are_away_is_waited_for_or_stood_in_for(scenario: LoadedScenario) -> None:
    gone = away(at(1, 11), away=True, until=at(2, 12).isoformat(), delegate="tom")

    absence = absence_of(scenario, [gone], MIRA, at(1, 14))
    assert absence is not None
    assert absence.delegate == "tom"
    assert absence_of(scenario, [gone], MIRA, at(2, 12)) is None
    assert at(2, 12) <= there_at(scenario, [gone], MIRA, at(1, 14), seed=1, key="x") <= at(2, 12.5)

    start = opened(when=at(1, 12))
    (timed,) = react(start, scenario=scenario, facts=(gone, start), bindings=BINDINGS, seed=1)
    assert timed.action.actor == "mira"  # the stand-in waits to be asked
    assert timed.at >= at(2, 12)


def test_who_gave_no_time_of_return_is_expected_after_two_days(scenario: LoadedScenario) -> None:
    gone = away(at(1, 11), away=True)

    assert at(3, 11) <= there_at(scenario, [gone], MIRA, at(1, 14), seed=1, key="x") <= at(3, 11.5)
    back = away(at(1, 13), away=False, source_id="back")
    assert there_at(scenario, [gone, back], MIRA, at(1, 14), seed=1, key="x") == at(1, 14)


def asked(login: str, number: int = 7, by: str = "tom") -> Fact:
    return a_fact(FactKind.REVIEW_REQUESTED, f"pull:{number}", actor=by, reviewer=login, when=at(2, 10))


def test_a_seat_that_nobody_has_taken_does_not_hold_up_a_review(scenario: LoadedScenario) -> None:
    toms = (opened(7, actor="tom", when=at(2, 10)), head(7, when=at(2, 10)), asked("sam"))

    (timed,) = react(toms[-1], scenario=scenario, facts=toms, bindings=BINDINGS, seed=1)

    assert (timed.action.actor, timed.action.instead_of) == ("mira", "second")  # type: ignore[attr-defined]
    assert at(3, 10) <= timed.at <= at(3, 11)
    came = (a_fact(FactKind.ISSUE_COMMENTED, "issue:PAY-1", actor="second", when=at(2, 9)), *toms)
    assert react(came[-1], scenario=scenario, facts=came, bindings=BINDINGS, seed=1) == ()
    assert has_joined(came, SeatId("second"))
    judged = a_fact(FactKind.MOMENT_SEEN, "moment:m", actor="second", when=at(2, 9))
    assert not has_joined((judged, *toms), SeatId("second"))


def test_humans_who_review_one_another_are_left_alone(tmp_path: Path) -> None:
    scenario = a_scenario(tmp_path)
    facts = (
        a_fact(FactKind.ISSUE_COMMENTED, "issue:PAY-1", actor="second", when=at(1, 9)),
        opened(when=at(1, 10)),
        head(when=at(1, 10)),
        asked("sam", 3, by="learner"),
    )

    for fact in facts:
        assert react(fact, scenario=scenario, facts=facts, bindings=BINDINGS, seed=1) == ()
