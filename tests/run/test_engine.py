"""The engine on services that only remember: order, the clock, failures, and what a crash leaves behind."""

from __future__ import annotations

from datetime import timedelta

import pytest

from simulator.errors import AdapterError, Conflict, RateLimited, RunError
from simulator.model.runs import RunState
from simulator.timekeeping.instants import describe_instant
from tests.run.conftest import Stage


def _now(stage: Stage) -> str:
    live = stage.engine.open(stage.run.id)
    return describe_instant(
        stage.engine.simulated_now(live), first_day=live.story.first_day, calendar=live.story.calendar
    )


def test_preparing_does_the_set_up_once_and_lets_the_clock_go(stage: Stage) -> None:
    stage.engine.work(stage.run.id)

    names = [name for name, _ in stage.services.asked]
    assert names[0] == "CreateRepository"
    assert names[-1] == "StartSprint"
    assert len(names) == len(set(names))
    assert stage.shelf.runs.get(stage.run.id).state is RunState.RUNNING
    assert _now(stage) == "day 1 09:00"


def test_the_clock_runs_at_the_pace_of_a_working_day(stage: Stage) -> None:
    stage.engine.work(stage.run.id)

    stage.wall(minutes=5)

    assert _now(stage) == "day 1 13:00"


def test_what_is_due_happens_in_its_order_and_nothing_else(stage: Stage) -> None:
    stage.engine.work(stage.run.id)
    asked = len(stage.services.asked)

    stage.wall(minutes=3)
    stage.engine.work(stage.run.id)

    assert stage.notes() == ["Good morning"]
    assert stage.services.asked[asked:] == [("CommentOnIssue", False)]


def test_work_says_when_it_is_needed_next(stage: Stage) -> None:
    ring = stage.engine.work(stage.run.id)

    assert ring is not None
    assert ring - stage.clock() == pytest.approx(timedelta(minutes=1, seconds=15), abs=timedelta(seconds=1))


def test_a_paused_run_lets_nothing_happen(stage: Stage) -> None:
    stage.engine.work(stage.run.id)
    stage.engine.pause(stage.run.id)

    stage.wall(hours=9)
    ring = stage.engine.work(stage.run.id)

    assert ring is None
    assert stage.notes() == []
    stage.engine.resume(stage.run.id)
    assert _now(stage) == "day 1 09:00"


def test_advancing_without_a_target_goes_to_the_next_event(stage: Stage) -> None:
    stage.engine.work(stage.run.id)

    stage.engine.advance(stage.run.id, None)

    assert _now(stage) == "day 1 10:00"
    assert stage.notes() == ["Good morning"]


def test_advancing_to_the_end_finishes_the_run_with_a_final_scorecard(stage: Stage) -> None:
    stage.engine.work(stage.run.id)
    live = stage.engine.open(stage.run.id)

    stage.engine.advance(stage.run.id, live.story.scenario.ends_at)

    run = stage.shelf.runs.get(stage.run.id)
    assert run.state is RunState.FINISHED
    assert stage.notes() == ["Good morning", "Nearly there"]
    saved = stage.shelf.scorecards.latest(stage.run.id, live.story.roster.humans()[0].seat)
    assert saved is not None
    assert saved.final
    assert saved.score == 0
    with pytest.raises(RunError, match="finished"):
        stage.engine.advance(stage.run.id, None)


def test_time_cannot_be_advanced_into_the_past(stage: Stage) -> None:
    stage.engine.work(stage.run.id)
    live = stage.engine.open(stage.run.id)
    stage.engine.advance(stage.run.id, None)

    with pytest.raises(RunError, match="already"):
        stage.engine.advance(stage.run.id, live.story.scenario.starts_at)


def test_what_died_between_doing_and_writing_down_is_asked_again_with_a_warning(stage: Stage) -> None:
    stage.services.dies_on = {"CreateProject"}
    with pytest.raises(KeyboardInterrupt):
        stage.engine.work(stage.run.id)

    stage.reborn().engine.work(stage.run.id)

    projects = [again for name, again in stage.services.asked if name == "CreateProject"]
    repositories = [again for name, again in stage.services.asked if name == "CreateRepository"]
    assert projects == [False, True]
    assert repositories == [False]


def test_a_crash_in_the_sprint_loses_nothing_and_repeats_nothing(stage: Stage) -> None:
    stage.engine.work(stage.run.id)
    stage.services.dies_on = {"CommentOnIssue"}
    stage.wall(minutes=3)
    with pytest.raises(KeyboardInterrupt):
        stage.engine.work(stage.run.id)

    again = stage.reborn()
    again.engine.work(stage.run.id)

    assert [warned for name, warned in stage.services.asked if name == "CommentOnIssue"] == [False, True]
    assert again.notes() == ["Good morning"]


def test_a_refusal_in_the_sprint_is_noted_and_the_story_goes_on(stage: Stage) -> None:
    stage.engine.work(stage.run.id)
    stage.services.fails_on["CommentOnIssue"] = Conflict("the issue is gone", service="Jira")

    stage.wall(minutes=12)
    stage.engine.work(stage.run.id)

    assert stage.notes() == ["Good morning", "Nearly there"]
    failed = [entry for entry in stage.shelf.agenda.entries(stage.run.id, upcoming=False) if entry.note]
    assert [entry.note for entry in failed] == ["the issue is gone"]


def test_a_service_that_is_away_is_asked_again_later(stage: Stage) -> None:
    stage.engine.work(stage.run.id)
    stage.services.fails_on["CommentOnIssue"] = AdapterError("no answer", service="Jira", retryable=True)
    stage.wall(minutes=3)
    with pytest.raises(AdapterError):
        stage.engine.work(stage.run.id)

    del stage.services.fails_on["CommentOnIssue"]
    stage.engine.work(stage.run.id)

    assert [name for name, _ in stage.services.asked].count("CommentOnIssue") == 1


def test_what_a_limit_holds_up_is_done_when_the_limit_is_over(stage: Stage) -> None:
    stage.engine.work(stage.run.id)
    stage.services.fails_on["CommentOnIssue"] = RateLimited("too often", service="GitHub", retry_after_s=3000)
    stage.wall(minutes=3)
    for _ in range(9):
        with pytest.raises(RateLimited):
            stage.engine.work(stage.run.id)
        stage.wall(minutes=5)

    del stage.services.fails_on["CommentOnIssue"]
    stage.engine.work(stage.run.id)

    assert [name for name, _ in stage.services.asked].count("CommentOnIssue") == 1


def test_a_set_up_that_failed_goes_on_where_it_stopped(stage: Stage) -> None:
    stage.services.fails_on["CreateIssues"] = Conflict("no such project", service="Jira")
    with pytest.raises(Conflict):
        stage.engine.work(stage.run.id)

    stage.services.fails_on.clear()
    stage.engine.work(stage.run.id)

    assert [name for name, _ in stage.services.asked].count("CreateRepository") == 1
    assert stage.shelf.runs.get(stage.run.id).state is RunState.RUNNING
