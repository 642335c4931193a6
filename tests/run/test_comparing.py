"""Two runs beside one another."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from simulator.model.facts import Fact, FactKind
from simulator.run.comparing import Side, comparison
from tests.run.conftest import Stage


def _side(stage: Stage, *, score: float, **groups: float) -> Side:
    run, live = stage.shelf.runs.get(stage.run.id), stage.engine.open(stage.run.id)
    facts, now = stage.shelf.facts.all(run.id), stage.engine.simulated_now(live)
    card: dict[str, Any] = {"score": score, "letter": "C", "groups": groups}
    seat = live.story.roster.humans()[0].seat
    history = live.story.history(facts, now=now)
    return Side(run=run, story=live.story, history=history, facts=facts, card=card, seat=seat)


def _after_a_day(stage: Stage) -> Side:
    stage.engine.work(stage.run.id)
    live = stage.engine.open(stage.run.id)
    stage.engine.advance(stage.run.id, live.story.calendar.last_instant(live.story.first_day, 1))
    return _side(stage, score=50)


def test_scores_are_held_together_and_a_run_that_is_only_behind_has_not_parted(stage: Stage) -> None:
    stage.engine.work(stage.run.id)
    behind = _side(stage, score=40, CM=30.0)
    stage.wall(minutes=12)
    stage.engine.work(stage.run.id)
    ahead = _side(stage, score=50, CM=45.5, PR=80.0)

    told = comparison(behind, ahead)

    assert told["parted"] is None
    assert told["groups"] == {
        "CM": {"first": 30.0, "second": 45.5, "better_by": 15.5},
        "PR": {"first": None, "second": 80.0, "better_by": None},
    }
    assert [run["score"] for run in told["runs"]] == [40, 50]
    assert told["runs"][1]["moments"] == {"well": [], "badly": []}


def test_runs_part_where_one_did_what_the_other_did_not(stage: Stage) -> None:
    one = _after_a_day(stage)
    place = next(n for n, fact in enumerate(one.facts) if fact.detail.get("text") == "Good morning")
    late = replace(one.facts[place], at=one.facts[place].at + timedelta(hours=1))
    other = replace(one, facts=[*one.facts[:place], late, *one.facts[place + 1 :]])

    parted = comparison(one, other)["parted"]

    assert parted["moment"] == "day 1 10:00"
    assert parted["then"][0][0] == "day 1 10:00: Good morning"
    assert parted["then"][1][0] == "day 1 11:00: Good morning"


def test_the_order_in_which_things_of_one_instant_were_learnt_parts_nothing(stage: Stage) -> None:
    one = _after_a_day(stage)
    twin = replace(one.facts[0], source_id="twin", actor=one.story.roster.humans()[0].seat)
    there, and_back = (replace(one, facts=[*some, *one.facts[1:]]) for some in _orders(one.facts[0], twin))

    assert comparison(there, and_back)["parted"] is None
    assert comparison(there, one)["parted"] is not None


def _orders(first: Fact, second: Fact) -> tuple[list[Fact], list[Fact]]:
    return [first, second], [second, first]


def test_an_answer_is_told_with_what_was_asked_before_the_runs_parted(stage: Stage) -> None:
    one = _after_a_day(stage)
    last, seat = one.facts[-1], one.seat
    field = {"id": "did", "label": "Did", "kind": "text"}
    asked = {"prompt": "p", "seat": seat, "title": "Stand-up", "kind": "stand_up", "fields": [field]}
    posted = replace(last, source_id="asked", kind=FactKind.PROMPT_POSTED, detail=asked)
    given = {"prompt": "p", "seat": seat, "answers": {"did": "Rounding"}}
    answered = replace(posted, source_id="answered", kind=FactKind.PROMPT_ANSWERED, actor=seat, detail=given)
    common = [*one.facts, posted]

    told = comparison(replace(one, facts=[*common, answered]), replace(one, facts=common))["parted"]

    assert told["then"] == [["day 1 11:00: Did: Rounding"], []]
