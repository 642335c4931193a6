"""The beginning of a run, and what a crash in the middle of it leaves behind."""

from __future__ import annotations

import shutil
from pathlib import Path

from simulator.model.agenda import Phase
from simulator.model.runs import Run
from simulator.run.shelf import Shelf
from simulator.run.starting import scenario_folder, write_plan
from tests.run.conftest import Stage


def _written_down_only(stage: Stage) -> Run:
    """A run whose server died right after its row was written."""
    return stage.shelf.runs.create(
        scenario_id="short-sprint",
        title="A short sprint",
        scenario_path=str(stage.folder / "short-sprint"),
        seed=1,
        services={},
        emulated=True,
        pace_s=600.0,
        wall=stage.clock(),
    )


def _entries(shelf: Shelf, run: Run) -> list[str]:
    return [entry.id for entry in shelf.agenda.entries(run.id)]


def test_a_run_whose_start_was_cut_short_gets_its_whole_plan(stage: Stage) -> None:
    run = _written_down_only(stage)

    write_plan(run, stage.shelf, folder=stage.folder / "runs")

    assert _entries(stage.shelf, run) == _entries(stage.shelf, stage.run)
    assert len(stage.shelf.runs.segments(run.id)) == 1


def test_a_plan_is_written_once_however_often_it_is_asked_for(stage: Stage) -> None:
    before = _entries(stage.shelf, stage.run)

    write_plan(stage.run, stage.shelf, folder=stage.folder / "runs")

    assert _entries(stage.shelf, stage.run) == before
    assert any(entry.phase is Phase.PLAY for entry in stage.shelf.agenda.entries(stage.run.id))
    assert len(stage.shelf.runs.segments(stage.run.id)) == 1


def test_a_run_goes_on_with_its_own_copy_when_the_folder_is_moved(stage: Stage, tmp_path: Path) -> None:
    moved = tmp_path / "elsewhere"
    shutil.move(stage.folder / "runs", moved)

    found = scenario_folder(stage.run, moved)

    assert (found / "scenario.yaml").is_file()
    assert found.is_relative_to(moved)


def test_before_the_copy_is_made_the_original_is_read(stage: Stage) -> None:
    run = _written_down_only(stage)

    assert scenario_folder(run, stage.folder / "runs") == stage.folder / "short-sprint"
