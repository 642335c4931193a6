"""Time without a server: caught up in order at the very instants of the plan, or held; and what is said of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from simulator.errors import AdapterError
from simulator.model.facts import Fact, FactKind
from simulator.model.runs import RunState, WhileAway
from simulator.run.absence import settle
from simulator.timekeeping.instants import describe_instant
from tests.run.conftest import Stage

DAY = timedelta(minutes=10)  # of wall time, at the pace of the stage


def _come_back(stage: Stage, after: timedelta, *, while_away: WhileAway = WhileAway.AUTO) -> Stage:
    """The server was seen a moment after the start, and is back after some wall time."""
    stage.engine.work(stage.run.id)
    stage.wall(seconds=30)
    stage.shelf.runs.touch(stage.run.id, stage.clock())
    stage.shelf.runs.update(stage.run.id, while_away=while_away)
    stage.clock.set(stage.clock() + after)
    again = stage.reborn()
    run = again.shelf.runs.get(stage.run.id)
    live = again.engine.open(run.id)
    settle(again.shelf, run, live.timeline, first_day=live.story.first_day, now=again.clock())
    again.engine.retime(run.id)
    return again


def _at(stage: Stage, fact: Fact) -> str:
    story = stage.engine.open(stage.run.id).story
    return describe_instant(fact.at, first_day=story.first_day, calendar=story.calendar)


def _now(stage: Stage) -> str:
    live = stage.engine.open(stage.run.id)
    now = stage.engine.simulated_now(live)
    return describe_instant(now, first_day=live.story.first_day, calendar=live.story.calendar)


def _notes(stage: Stage) -> list[tuple[str, str]]:
    facts = stage.shelf.facts.all(stage.run.id)
    return [(_at(stage, f), str(f.detail["text"])) for f in facts if f.kind is FactKind.NOTE_POSTED]


def _sighted(stage: Stage) -> list[str]:
    return [str(f.detail["text"]) for f in stage.shelf.facts.all(stage.run.id) if f.kind is FactKind.SIGHTED]


def test_what_a_restart_missed_happens_in_order_at_the_instants_of_the_plan(stage: Stage) -> None:
    again = _come_back(stage, timedelta(minutes=12))

    again.engine.work(stage.run.id)
    again.engine.work(stage.run.id)

    assert _notes(again) == [("day 1 10:00", "Good morning"), ("day 2 10:00", "Nearly there")]
    assert [name for name, _ in again.services.asked].count("CommentOnIssue") == 1
    assert _now(again) == "day 2 11:00"
    assert len(_sighted(again)) == 1
    assert "3 things of that time happened now, in order" in _sighted(again)[0]
    assert again.shelf.runs.get(stage.run.id).journey is None
    again.wall(minutes=1, seconds=15)
    assert _now(again) == "day 2 12:00"


def test_a_short_time_in_which_nothing_was_due_just_passed(stage: Stage) -> None:
    again = _come_back(stage, timedelta(seconds=20))

    again.engine.work(stage.run.id)

    assert _now(again) == "day 1 09:40"
    assert _sighted(again) == []


def test_a_long_time_is_held_and_said(stage: Stage) -> None:
    again = _come_back(stage, timedelta(hours=5))

    again.engine.work(stage.run.id)

    assert _now(again) == "day 1 09:24"
    assert _notes(again) == []
    assert "stood still" in _sighted(again)[0]


def test_a_run_that_is_to_catch_up_does_so_after_days_and_may_end_on_the_way(stage: Stage) -> None:
    again = _come_back(stage, 3 * DAY, while_away=WhileAway.CATCH_UP)

    again.engine.work(stage.run.id)

    run = again.shelf.runs.get(stage.run.id)
    assert [text for _, text in _notes(again)] == ["Good morning", "Nearly there"]
    assert (run.state, run.journey) == (RunState.FINISHED, None)


def test_a_run_that_is_to_hold_loses_no_minute(stage: Stage) -> None:
    again = _come_back(stage, timedelta(minutes=2), while_away=WhileAway.HOLD)

    again.engine.work(stage.run.id)

    assert _now(again) == "day 1 09:24"


def test_a_crash_while_catching_up_repeats_nothing_and_goes_on(stage: Stage) -> None:
    again = _come_back(stage, timedelta(minutes=12))
    again.services.dies_on = {"CommentOnIssue"}
    with pytest.raises(KeyboardInterrupt):
        again.engine.work(stage.run.id)

    again.wall(minutes=1)
    third = again.reborn()
    third.engine.work(stage.run.id)

    assert _notes(third) == [("day 1 10:00", "Good morning"), ("day 2 10:00", "Nearly there")]
    assert [warned for name, warned in third.services.asked if name == "CommentOnIssue"] == [False, True]
    assert _now(third) == "day 2 11:00"


def test_services_that_are_down_while_catching_up_are_waited_for(stage: Stage) -> None:
    again = _come_back(stage, timedelta(minutes=12))
    again.services.fails_on["CommentOnIssue"] = AdapterError("no answer", service="Jira", retryable=True)
    with pytest.raises(AdapterError):
        again.engine.work(stage.run.id)
    again.wall(minutes=2)
    assert _now(again) == "day 1 11:00"  # time waits with it

    again.services.fails_on.clear()
    again.engine.work(stage.run.id)

    assert _notes(again)[-1] == ("day 2 10:00", "Nearly there")
    assert _now(again) == "day 2 11:00"


def test_what_fails_for_good_is_told_and_the_rest_goes_on(stage: Stage) -> None:
    stage.engine.work(stage.run.id)
    stage.services.fails_on["CommentOnIssue"] = AdapterError("no answer", service="Jira", retryable=True)

    for _ in range(12):
        stage.wall(seconds=45)
        try:
            stage.engine.work(stage.run.id)
        except AdapterError:
            continue

    assert [entry.note for entry in stage.shelf.agenda.missed(stage.run.id)] == ["no answer"]
    assert _sighted(stage) == ["Something Priya Nair meant to do could not be done: no answer"]
    stage.wall(minutes=10)
    stage.engine.work(stage.run.id)
    assert stage.notes() == ["Good morning", "Nearly there"]


def test_an_advance_that_was_cut_short_by_a_crash_arrives_after_the_restart(stage: Stage) -> None:
    stage.engine.work(stage.run.id)
    live = stage.engine.open(stage.run.id)
    stage.services.dies_on = {"CommentOnIssue"}
    with pytest.raises(KeyboardInterrupt):
        stage.engine.advance(
            stage.run.id, live.story.calendar.instant(live.story.first_day, 2, live.story.calendar.start)
        )

    again = stage.reborn()
    again.engine.work(stage.run.id)

    assert _now(again) == "day 2 09:00"
    assert [text for _, text in _notes(again)] == ["Good morning"]
