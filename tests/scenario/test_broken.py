"""Broken scenarios, each a file that says in its last lines what is to be said about it, and where."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from simulator.cli.scenario import scenario as commands
from simulator.scenario.load import load_scenario
from tests.scenario.builders import problems_of

BROKEN = Path(__file__).parent / "broken"
FILES = sorted(BROKEN.glob("*.yaml"))
SAYS = "# says "


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("scenarios") / "broken"
    shutil.copytree(BROKEN, copy)
    (copy / "empty-repo").mkdir()
    return copy


def expected(file: Path) -> list[str]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return [line.removeprefix(SAYS) for line in lines if line.startswith(SAYS)]


@pytest.mark.parametrize("name", [file.name for file in FILES])
def test_every_fault_is_named_with_its_place_and_a_way_out(folder: Path, name: str) -> None:
    file = folder / name

    said = [str(problem).removeprefix(f"{file}:") for problem in problems_of(file)]

    assert said == expected(file)


def test_there_is_a_fault_for_each_thing_that_people_get_wrong() -> None:
    assert len(FILES) >= 30
    assert sum(len(expected(file)) for file in FILES) >= 90


def test_the_whole_folder_is_checked_at_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = commands.main(["check", str(folder)], standalone_mode=False)

    said = capsys.readouterr().out.splitlines()
    assert status == 2
    assert len(said) == sum(len(expected(file)) for file in FILES)
    assert all(line.startswith(f"{folder}/") for line in said)


def test_what_they_are_broken_copies_of_is_whole(folder: Path) -> None:
    text = (folder / "doubled_key.yaml").read_text(encoding="utf-8").replace("title: Large\n", "")
    (folder / "whole.yml").write_text(text, encoding="utf-8")

    assert load_scenario(folder / "whole.yml").id == "small"
