"""The workroom over an engine on services that only remember: hints, jobs, failures, and a machine that slept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from simulator.errors import AdapterError, RunError
from simulator.model.facts import FactKind
from simulator.model.keys import RunId
from simulator.model.runs import RunState
from simulator.run.absence import wait
from simulator.run.workroom import Job, Workroom, pause_after_s
from tests.run.conftest import Stage
from tests.web.served import eventually


@contextmanager
def _working(stage: Stage, *, settle: Callable[[RunId], bool] = lambda _run: False) -> Iterator[Workroom]:
    def wait_for(run_id: RunId) -> bool:
        timeline = stage.engine.open(run_id).timeline
        return wait(stage.shelf, stage.shelf.runs.get(run_id), timeline, now=stage.clock())

    alarms: dict[RunId, datetime | None] = {}
    room = Workroom(
        stage.engine,
        stage.shelf,
        clock=stage.clock,
        look_s=lambda _run, _quiet: 3600.0,
        set_alarm=alarms.__setitem__,
        settle=settle,
        wait=wait_for,
    )
    room.open()
    eventually(lambda: stage.shelf.runs.get(stage.run.id).state is RunState.RUNNING and stage.run.id in alarms)
    try:
        yield room
    finally:
        room.close()


def _ended(room: Workroom, job: Job) -> Job:
    def ended() -> Job | None:
        found = room.job(job.run, job.number)
        return found if found and found.state != "working" else None

    return eventually(ended)


def test_a_job_says_what_came_of_it_or_why_nothing_did(stage: Stage) -> None:
    def refuse() -> None:
        raise RunError("no", to_do="do otherwise")

    with _working(stage) as room:
        good = _ended(room, room.ask(stage.run.id, "branch", lambda: RunId("short-sprint-2")))
        bad = _ended(room, room.ask(stage.run.id, "rewind", refuse))

    assert (good.state, good.result) == ("done", "short-sprint-2")
    assert (bad.state, bad.problem, bad.to_do) == ("failed", "no", "do otherwise")


def test_a_service_that_fails_shows_and_time_stands_at_what_is_due_until_it_is_back(stage: Stage) -> None:
    with _working(stage) as room:
        stage.wall(seconds=76)
        room.hint(stage.run.id)
        eventually(stage.notes)
        stage.services.looks_fail = AdapterError("no answer", service="Jira", retryable=True)
        stage.wall(minutes=2)
        room.hint(stage.run.id)
        eventually(lambda: stage.shelf.runs.get(stage.run.id).problem == "no answer")
        waits = eventually(lambda: stage.shelf.runs.get(stage.run.id).journey)
        due = stage.shelf.agenda.next(stage.run.id)
        stage.wall(minutes=4)

        stage.services.looks_fail = None
        room.hint(stage.run.id)
        eventually(lambda: stage.shelf.runs.get(stage.run.id).problem is None)

    live = stage.engine.open(stage.run.id)
    assert stage.notes() == ["Good morning"]
    assert [name for name, _ in stage.services.asked].count("CommentOnIssue") == 1
    assert waits.to == (due and due.at)
    assert (stage.engine.simulated_now(live), live.timeline.paused) == (waits.to, False)
    sighted = [str(f.detail["text"]) for f in stage.shelf.facts.all(stage.run.id) if f.kind is FactKind.SIGHTED]
    assert len(sighted) == 1
    assert "A service gave no answer" in sighted[0]


def test_a_failure_of_our_own_shows_until_it_is_over(stage: Stage) -> None:
    with _working(stage) as room:
        stage.services.looks_fail = KeyError("merged_at")
        room.hint(stage.run.id)
        eventually(lambda: "inside Sprintdojo" in (stage.shelf.runs.get(stage.run.id).problem or ""))

        stage.services.looks_fail = None
        room.hint(stage.run.id)
        eventually(lambda: stage.shelf.runs.get(stage.run.id).problem is None)


def test_a_service_that_asks_to_be_left_alone_is() -> None:
    assert [pause_after_s(failures) for failures in (1, 2, 8)] == [1.0, 2.0, 30.0]
    assert [pause_after_s(1, asked) for asked in (0.2, 900.0, 86_400.0)] == [1.0, 900.0, 3600.0]


def test_a_run_can_be_ended_while_a_service_is_away(stage: Stage) -> None:
    with _working(stage) as room:
        stage.services.looks_fail = AdapterError("no answer", service="Jira", retryable=True)
        room.hint(stage.run.id)
        eventually(lambda: stage.shelf.runs.get(stage.run.id).problem)
        ended = _ended(room, room.ask(stage.run.id, "finish", lambda: stage.engine.finish(stage.run.id)))

    run = stage.shelf.runs.get(stage.run.id)
    assert (ended.state, run.state, run.journey, run.problem) == ("done", RunState.FINISHED, None, None)
    assert "no last look: no answer" in str(stage.shelf.facts.all(stage.run.id)[-1].detail["text"])


def test_an_advance_for_which_a_service_gives_no_answer_says_that_it_goes_on_and_does(stage: Stage) -> None:
    with _working(stage) as room:
        live = stage.engine.open(stage.run.id)
        there = live.story.calendar.instant(live.story.first_day, 2, live.story.calendar.start)
        stage.services.looks_fail = AdapterError("no answer", service="Jira", retryable=True)
        failed = _ended(room, room.ask(stage.run.id, "advance", lambda: stage.engine.advance(stage.run.id, there)))
        stage.wall(minutes=4)

        stage.services.looks_fail = None
        room.hint(stage.run.id)
        eventually(lambda: stage.shelf.runs.get(stage.run.id).journey is None)

    assert (failed.state, failed.problem) == ("failed", "no answer")
    assert "goes on by itself" in failed.to_do
    assert stage.engine.simulated_now(live) == there
    assert stage.notes() == ["Good morning"]


def test_a_machine_that_slept_is_a_server_that_was_away(stage: Stage) -> None:
    settled: list[timedelta] = []

    def settle(run_id: RunId) -> bool:
        settled.append(stage.clock() - stage.shelf.runs.get(run_id).seen_at)
        return True

    with _working(stage, settle=settle) as room:
        assert settled == []
        stage.wall(hours=5)
        room.wake(stage.run.id)
        eventually(lambda: settled)
        eventually(lambda: stage.shelf.runs.get(stage.run.id).seen_at == stage.clock())

    assert settled[0] >= timedelta(hours=5)
    assert len(settled) == 1
