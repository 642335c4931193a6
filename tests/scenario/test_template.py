from __future__ import annotations

import subprocess
import sys
from pathlib import Path

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
