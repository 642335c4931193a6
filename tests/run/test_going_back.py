"""Going back in the engine: a crash in the middle is finished at the next start, and not every run can go back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, cast

import pytest

from simulator.errors import RunError
from simulator.model.keys import RunId
from simulator.model.runs import Run, RunState
from simulator.run.days import Days
from simulator.run.engine import Engine
from simulator.storage.snapshots import DaySnapshot
from simulator.timekeeping.instants import describe_instant
from simulator.timekeeping.timeline import Timeline
from tests.run.conftest import Stage


@dataclass(frozen=True, slots=True)
class _Rows(Days):
    """The rows' half of it, where the services have no states; `dying` makes the first attempt end the process."""

    stage: Any = None
    dying: list[bool] = field(default_factory=list)

    def keep(self, run_id: RunId, day: int, timeline: Timeline) -> None:
        wall = self.stage.clock()
        self.stage.shelf.snapshots.keep(run_id, day=day, wall=wall, simulated=timeline.simulated(wall))

    def find(self, run: Run, day: int) -> DaySnapshot:
        return cast(DaySnapshot, next(kept for kept in self.stage.shelf.snapshots.all(run.id) if kept.day == day))

    def set_aside(self, run: Run, kept: DaySnapshot) -> RunId:
        return RunId("past-1")

    def bring_back(self, run: Run, kept: DaySnapshot) -> None:
        if self.dying:
            self.dying.pop()
            raise KeyboardInterrupt
        self.stage.shelf.snapshots.bring_back(run.id, kept, state=RunState.PAUSED, rewinding=None, journey=None)
        self.stage.shelf.facts.forget(run.id)


def _engine(stage: Stage, **given: Any) -> Engine:
    def open_run(run: Run) -> Any:
        live = stage.reborn().engine.open(run.id)
        live.emulated, live.days_kept = True, max(stage.shelf.snapshots.days(run.id), default=0)
        return live

    days = _Rows(cast(Any, None), stage=stage, **given)
    return Engine(stage.shelf, clock=stage.clock, open_run=open_run, days=days)


def _moment(stage: Stage, engine: Engine) -> str:
    live = engine.open(stage.run.id)
    now = engine.simulated_now(live)
    return describe_instant(now, first_day=live.story.first_day, calendar=live.story.calendar)


def test_each_morning_is_kept_before_what_is_planned_for_it(stage: Stage) -> None:
    engine = _engine(stage)
    engine.work(stage.run.id)
    ring = engine.work(stage.run.id)
    assert ring is not None

    stage.wall(minutes=10)
    assert engine.work(stage.run.id) is not None

    assert stage.shelf.snapshots.days(stage.run.id) == (1, 2)
    morning = stage.shelf.snapshots.all(stage.run.id)[1]
    assert len([entry for entry in morning.open if "bye" in entry]) >= 1


@pytest.mark.parametrize(
    "begin_again",
    [
        lambda engine, stage: engine.work(stage.run.id),
        lambda engine, stage: engine.set_pace(stage.run.id, 600.0),
    ],
    ids=["work", "a wish"],
)
def test_a_crash_on_the_way_back_is_finished_before_anything_else(
    stage: Stage, begin_again: Callable[[Engine, Stage], object]
) -> None:
    engine = _engine(stage, dying=[True])
    engine.work(stage.run.id)
    before = stage.shelf.facts.all(stage.run.id)
    engine.advance(
        stage.run.id,
        engine.open(stage.run.id).story.calendar.last_instant(engine.open(stage.run.id).story.first_day, 1),
    )
    assert stage.notes() == ["Good morning"]
    with pytest.raises(KeyboardInterrupt):
        engine.rewind(stage.run.id, 1)
    assert stage.shelf.runs.get(stage.run.id).rewinding == 1

    stage.wall(hours=3)
    again = _engine(stage)
    begin_again(again, stage)

    run = stage.shelf.runs.get(stage.run.id)
    assert (run.state, run.rewinding) == (RunState.PAUSED, None)
    assert stage.shelf.facts.all(stage.run.id) == before
    assert _moment(stage, again) == "day 1 09:00"
    again.resume(stage.run.id)
    stage.wall(minutes=3)
    again.work(stage.run.id)
    assert stage.notes() == ["Good morning"]


def test_a_run_on_other_services_cannot_go_back_and_says_why(stage: Stage) -> None:
    stage.engine.work(stage.run.id)
    run = stage.shelf.runs.update(stage.run.id, emulated=False)

    with pytest.raises(RunError, match="nobody can turn back"):
        Days(cast(Any, None)).find(run, 2)
