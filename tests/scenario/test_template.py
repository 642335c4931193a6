from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from simulator.errors import SetupError
from simulator.scenario.load import load_scenario
from simulator.scenario.template import write_new


def test_a_new_scenario_is_whole_and_its_code_passes_its_tests(tmp_path: Path) -> None:
    file = write_new("my-sprint", tmp_path)

    scenario = load_scenario(file)
    ran = subprocess.run(
        [sys.executable, "-B", "-m", "unittest"], cwd=tmp_path / "my-sprint" / "repo", capture_output=True, check=False
    )

    assert (scenario.id, scenario.title) == ("my-sprint", "My sprint")
    assert ran.returncode == 0
    assert (file.parent / "scenario.schema.json").is_file()


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    write_new("mine", tmp_path)

    with pytest.raises(SetupError, match="exists already"):
        write_new("mine", tmp_path)


@pytest.mark.parametrize("name", ["My Sprint", "../x", "", "a--b", "9th", "x/y"])
def test_a_name_must_be_an_id(tmp_path: Path, name: str) -> None:
    with pytest.raises(SetupError, match="cannot be a scenario's id"):
        write_new(name, tmp_path)


def test_a_place_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")

    with pytest.raises(SetupError, match="cannot write") as caught:
        write_new("mine", tmp_path / "file")

    assert "--in" in caught.value.to_do


@pytest.mark.parametrize("title", ['A "quoted": title # x', "{curly} & *", "- list", "Täst 😀"])
def test_a_title_may_hold_what_yaml_would_trip_over(tmp_path: Path, title: str) -> None:
    scenario = load_scenario(write_new("mine", tmp_path, title=title, key="AB1", days=3))

    assert (scenario.title, scenario.spec.project.name, scenario.spec.project.key) == (title, title, "AB1")
    assert scenario.sprints[0].last == 3


@pytest.mark.parametrize(
    "wrong", [{"key": "ab"}, {"key": "A" * 11}, {"days": 0}, {"days": 61}, {"title": "two\nlines"}]
)
def test_what_cannot_be_is_refused_before_anything_is_written(tmp_path: Path, wrong: dict[str, Any]) -> None:
    with pytest.raises(SetupError):
        write_new("mine", tmp_path, **wrong)

    assert list(tmp_path.iterdir()) == []
