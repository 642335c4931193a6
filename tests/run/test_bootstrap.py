"""What a server does with runs that it finds at its start."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from simulator.run.bootstrap import close_gaps
from simulator.run.openings import Openings
from simulator.run.secrets import Key
from simulator.timekeeping.instants import describe_instant
from tests.run.conftest import Stage


def _openings(stage: Stage) -> Openings:
    return Openings(
        shelf=stage.shelf,
        key=Key(b"k" * 32),
        emulators=cast(Any, None),  # nothing here connects
        base_url="http://127.0.0.1:1",
        folder=stage.folder,
        environment={},
        clock=stage.clock,
    )


def _now(stage: Stage) -> str:
    openings = _openings(stage)
    run = stage.shelf.runs.get(stage.run.id)
    story = openings.story(run)
    simulated = openings.timeline(run, story).simulated(stage.clock())
    return describe_instant(simulated, first_day=story.first_day, calendar=story.calendar)


def test_time_in_which_no_server_was_at_work_does_not_pass(stage: Stage) -> None:
    stage.engine.work(stage.run.id)
    stage.wall(minutes=5)
    stage.shelf.runs.touch(stage.run.id, stage.clock())
    before = _now(stage)

    stage.wall(hours=7)
    close_gaps(stage.shelf, _openings(stage), now=stage.clock())

    assert _now(stage) == before == "day 1 13:00"
    stage.wall(minutes=1, seconds=15)
    assert _now(stage) == "day 1 14:00"


def test_a_blink_of_the_server_is_no_gap(stage: Stage) -> None:
    stage.engine.work(stage.run.id)
    stage.shelf.runs.touch(stage.run.id, stage.clock())
    segments = stage.shelf.runs.segments(stage.run.id)

    stage.clock.set(stage.clock() + timedelta(seconds=3))
    close_gaps(stage.shelf, _openings(stage), now=stage.clock())

    assert stage.shelf.runs.segments(stage.run.id) == segments


def test_a_paused_run_stays_as_it_was(stage: Stage) -> None:
    stage.engine.work(stage.run.id)
    stage.engine.pause(stage.run.id)
    segments = stage.shelf.runs.segments(stage.run.id)

    stage.wall(hours=30)
    close_gaps(stage.shelf, _openings(stage), now=stage.clock())

    assert stage.shelf.runs.segments(stage.run.id) == segments


def test_a_run_that_cannot_be_read_keeps_nobody_from_starting(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    stage.engine.work(stage.run.id)
    shutil.rmtree(Path(stage.shelf.runs.get(stage.run.id).scenario_path))

    stage.wall(hours=1)
    close_gaps(stage.shelf, _openings(stage), now=stage.clock())

    assert "cannot be taken up" in caplog.text
