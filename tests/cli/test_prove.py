"""`sprintdojo scenario prove`: exit statuses, JSON, and names that are not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import SPRINT, Sprintdojo
from tests.scenario.builders import SMALL, a_file


def test_a_persona_within_its_band_is_a_yes(sprint: Path, sprintdojo: Sprintdojo) -> None:
    said = sprintdojo("scenario", "prove", sprint, "--json")

    (idle,) = said.json["personas"]
    assert said.status == 0
    assert (idle["persona"], idle["score"], idle["in_band"]) == ("idle", 0.0, True)
    assert {"band", "digest", "facts", "scorecard"} <= set(idle)


def test_a_persona_that_misses_its_band_is_a_no(tmp_path: Path, sprintdojo: Sprintdojo) -> None:
    a_file(tmp_path, SPRINT.replace("band: [0, 1]", "band: [50, 60]"))

    said = sprintdojo("scenario", "prove", tmp_path)

    assert said.status == 1
    assert "MISSED" in said.out
    assert "not proved: idle scored 0.0, outside of its band 50 to 60" in said.out
    assert said.err.splitlines() == ["idle: day 1 of 2", "idle: day 2 of 2"]


def test_an_unknown_persona_is_answered_with_those_there_are(sprint: Path, sprintdojo: Sprintdojo) -> None:
    said = sprintdojo("scenario", "prove", sprint, "--persona", "sloppy")

    assert said.status == 2
    where = f"  where: {sprint / 'scenario.yaml'}"
    assert said.lines == ["sprintdojo: no persona 'sloppy'", where, "  to do: it has: idle"]


def test_a_scenario_without_personas_cannot_be_proved(tmp_path: Path, sprintdojo: Sprintdojo) -> None:
    a_file(tmp_path, SMALL)

    assert sprintdojo("scenario", "prove", tmp_path).lines[0] == "sprintdojo: the scenario has no personas"


def test_a_broken_scenario_is_told_with_its_places(tmp_path: Path, sprintdojo: Sprintdojo) -> None:
    file = a_file(tmp_path, SPRINT.replace("days: 2", "days: none"))

    said = sprintdojo("scenario", "prove", tmp_path)

    assert said.status == 2
    assert said.lines[0].startswith(f"{file}:")


def test_an_unknown_scenario_is_answered_with_the_nearest(sprintdojo: Sprintdojo) -> None:
    assert "did you mean `first-sprint`?" in sprintdojo("scenario", "prove", "first-sprnt").err


def test_a_machine_without_git_is_told_how_to_get_it(
    sprint: Path, sprintdojo: Sprintdojo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    said = sprintdojo("scenario", "prove", sprint)

    assert said.status == 2
    assert said.lines[0] == "sprintdojo: git is not installed"
