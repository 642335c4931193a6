"""The workroom over an engine on services that only remember: hints, jobs, failures, and a machine that slept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from simulator.errors import AdapterError, RunError
from simulator.model.keys import RunId
from simulator.model.runs import RunState
from simulator.run.workroom import Job, Workroom
from tests.run.conftest import Stage
from tests.web.served import eventually


@contextmanager
def _working(stage: Stage, *, settle: Callable[[RunId], bool] = lambda _run: False) -> Iterator[Workroom]:
    alarms: dict[RunId, datetime | None] = {}
    room = Workroom(
        stage.engine,
        stage.shelf,
        clock=stage.clock,
        look_s=lambda _run, _quiet: 3600.0,
        set_alarm=alarms.__setitem__,
        settle=settle,
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


def test_a_hint_brings_a_look_and_a_failing_service_shows_until_it_is_back(stage: Stage) -> None:
    with _working(stage) as room:
        stage.services.fails_on["CommentOnIssue"] = AdapterError("no answer", service="Jira", retryable=True)
        stage.wall(minutes=3)
        room.hint(stage.run.id)
        eventually(lambda: stage.shelf.runs.get(stage.run.id).problem == "no answer")

        stage.services.fails_on.clear()
        room.hint(stage.run.id)
        eventually(lambda: stage.shelf.runs.get(stage.run.id).problem is None)

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
