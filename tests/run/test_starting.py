"""The beginning of a run, and what a crash in the middle of it leaves behind."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from simulator.errors import RunError
from simulator.model.agenda import Phase
from simulator.model.runs import Run
from simulator.run.credentials import CredentialsFile
from simulator.run.shelf import Shelf
from simulator.run.starting import StartRequest, begin_run, scenario_folder, write_plan
from simulator.scenario.load import load_scenario
from tests.run.conftest import SCENARIO, Stage


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


def _varied(folder: Path) -> Path:
    """A scenario that speaks German too, with a shop that varies in its texts and its code."""
    (folder / "repo").mkdir(parents=True)
    (folder / "texts").mkdir()
    (folder / "repo/README.md").write_text("# The shop {vary:shop}\n")
    (folder / "texts/en.yaml").write_text("hello: Good morning, {vary:shop}\n")
    (folder / "texts/de.yaml").write_text("hello: Guten Morgen, {vary:shop}\n")
    text = SCENARIO.replace("text: Good morning", "text: '{text:hello}'") + "vary: {shop: [Nord, Sued]}\n"
    (folder / "scenario.yaml").write_text(text)
    return folder


def test_a_run_of_a_pack_has_its_language_and_its_choices_in_a_copy_of_its_own(stage: Stage) -> None:
    folder = _varied(stage.folder / "packs" / "mine" / "shop-sprint")
    request = StartRequest(scenario="shop-sprint", seed=3, language="de")

    run = begin_run(
        request,
        stage.shelf,
        clock=stage.clock,
        credentials=CredentialsFile(stage.folder),
        folder=stage.folder / "runs",
        packs=stage.folder / "packs",
    )
    shutil.rmtree(folder)

    copy = scenario_folder(run, stage.folder / "runs")
    settled = load_scenario(copy)
    shop = (copy / "repo/README.md").read_text().split()[-1]
    assert settled.spec.events[0].text == f"Guten Morgen, {shop}"
    assert shop in ("Nord", "Sued")
    assert [path.name for path in copy.parent.iterdir()] == ["scenario"]


def test_a_language_that_the_scenario_does_not_speak_is_refused_with_those_that_it_does(stage: Stage) -> None:
    request = StartRequest(scenario=str(_varied(stage.folder / "shop")), language="fr")

    with pytest.raises(RunError) as refused:
        begin_run(
            request,
            stage.shelf,
            clock=stage.clock,
            credentials=CredentialsFile(stage.folder),
            folder=stage.folder / "runs",
        )

    assert "speaks en, de" in refused.value.to_do
    assert len(stage.shelf.runs.all()) == 1
