from __future__ import annotations

import json
from pathlib import Path

import pytest

from simulator.cli.main import main
from simulator.cli.scenario import scenario
from tests.cli.conftest import SPRINT, Sprintdojo
from tests.scenario.builders import SMALL, a_file


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = scenario.main(list(words), standalone_mode=False)
    said = capsys.readouterr()
    return status or 0, said.out, said.err


def test_a_whole_scenario_is_fine(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    a_file(tmp_path)

    assert run(capsys, "check", str(tmp_path), "first-sprint") == (0, "2 scenarios checked: fine\n", "")


def test_faults_come_one_a_line_with_their_place_and_exit_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = a_file(tmp_path, SMALL.replace("days: 10", "days: 0").replace("title:", "titel:"))

    status, out, err = run(capsys, "check", str(tmp_path))

    assert status == 2
    assert [line.split(": ")[0] for line in out.splitlines()] == [f"{file}:1:1", f"{file}:3:1", f"{file}:13:48"]
    assert err == "1 scenario checked, 1 with faults, 3 in all\n"


def test_a_folder_of_folders_is_gone_through(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        a_file(tmp_path / name, SMALL.replace("format: 1", "format: 3"))

    status, out, _ = run(capsys, "check", "--json", str(tmp_path))

    found = json.loads(out)
    assert status == 2
    assert [Path(problem["file"]).parent.name for problem in found["problems"]] == ["one", "two"]
    assert set(found["problems"][0]) == {"file", "line", "column", "message", "hint"}


def test_what_is_not_there_is_a_fault_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "check", str(tmp_path / "nowhere"), str(tmp_path))

    assert status == 2
    assert len(out.splitlines()) == 2


def test_a_name_that_is_nearly_right_is_set_right(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "check", "frist-sprint")

    assert status == 2
    assert "did you mean `first-sprint`?" in out


def test_new_writes_a_scenario_that_passes_its_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "new", "my-sprint", "--in", str(tmp_path))

    assert run(capsys, "check", str(tmp_path / "my-sprint"))[0] == 0


def test_the_plan_is_a_calendar_with_the_reactions_below(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "plan", "first-sprint")

    assert "6    Mon 10:00  Anna Lindqvist  creates 1 issue: cancel-bug" in out
    assert "when a learner opens a pull request or pushes to it: mira reviews it" in out


def test_the_plan_as_json_carries_times_with_an_offset(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(run(capsys, "plan", "first-sprint", "--json", "--seed", "7")[1])

    assert found["seed"] == 7
    assert found["plan"][0]["at"] == "2026-01-12T09:00:00+01:00"
    assert {entry["event"] for entry in found["reactions"]} >= {"toms-retry", "mira-reviews"}


def test_scenarios_are_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "first-sprint" in run(capsys, "list")[1]
    assert json.loads(run(capsys, "list", "--json")[1])[0]["days"] >= 1
    assert json.loads(run(capsys, "list", "--json", "--folder", str(tmp_path))[1]) == []


def test_the_schema_is_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert json.loads(run(capsys, "schema")[1])["title"] == "Sprintdojo scenario"


def test_check_takes_loose_files_and_folders_of_one_folder_together(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "scenario.yaml").write_text("format: 1\n")
    (tmp_path / "two.yaml").write_text("format: 2\n")
    (tmp_path / "three.yml").write_bytes(b"\xff\xfe\x00")

    status = main(["scenario", "check", str(tmp_path)])

    said = capsys.readouterr()
    assert status == 2
    assert all(name in said.out + said.err for name in ("one/scenario.yaml:1:1", "two.yaml:1:", "three.yml:1:1"))


def test_check_plays_the_model_and_the_idle_persona_when_it_is_asked_to(tmp_path: Path, sprintdojo: Sprintdojo) -> None:
    text = SPRINT.replace("pace: 8h", "pace: 10m")

    proved = sprintdojo("scenario", "check", "--prove", a_file(tmp_path, text))
    missed = sprintdojo("scenario", "check", "--prove", a_file(tmp_path, text.replace("[0, 1]", "[2, 3]")))

    assert (proved.status, missed.status) == (0, 1)
    assert "in its band" in proved.out
    assert "idle scored 0.0, outside of its band 2 to 3" in missed.out
