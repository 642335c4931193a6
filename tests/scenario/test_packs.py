from __future__ import annotations

from pathlib import Path

import pytest

from simulator.errors import ScenarioError
from simulator.scenario.packs import find_scenario, list_scenarios, mark_of_scenarios, scenario_files
from tests.scenario.builders import SMALL, a_file


def test_shipped_scenarios_are_found_by_name() -> None:
    assert find_scenario("first-sprint").name == "first-sprint"
    assert "first-sprint" in [scenario.id for scenario in list_scenarios()]


def test_a_path_comes_before_a_name(tmp_path: Path) -> None:
    assert find_scenario(str(tmp_path)) == tmp_path


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(ScenarioError) as caught:
        find_scenario("frist-sprint")

    assert caught.value.to_do == "did you mean `first-sprint`?"


def test_a_folder_of_scenarios_lists_those_that_can_be_played(tmp_path: Path) -> None:
    for name, text in (("b", SMALL), ("a", SMALL.replace("small", "other")), ("faulty", "format: 7")):
        (tmp_path / name).mkdir()
        a_file(tmp_path / name, text)

    assert [file.parent.name for file in scenario_files(tmp_path)] == ["a", "b", "faulty"]
    assert [scenario.id for scenario in list_scenarios(tmp_path)] == ["other", "small"]


def test_the_mark_of_the_scenarios_is_another_when_a_file_is(tmp_path: Path) -> None:
    folder = tmp_path / "passed-on" / "small"
    folder.mkdir(parents=True)
    a_file(folder)

    first, same = mark_of_scenarios(packs=tmp_path), mark_of_scenarios(packs=tmp_path)
    (tmp_path / "passed-on" / "cast.yaml").write_text("people: {}\n", encoding="utf-8")

    assert first == same
    assert len(mark_of_scenarios(packs=tmp_path)) == len(first) + 1
