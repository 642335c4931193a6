"""The commands of authors: dry-run, watch, pack and install."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from simulator.cli.main import main
from tests.scenario.builders import SMALL, a_file

STORY = SMALL.replace(
    "backlog:",
    "  anna: {kind: teammate, name: Anna, login: anna, email: anna@acme.example, access: admin}\nbacklog:",
) + (
    "events:\n"
    "  - id: work\n"
    "    type: script\n"
    "    at: day 2 10:00\n"
    "    who: anna\n"
    "    do:\n"
    "      - {do: assign, issue: refunds, to: anna}\n"
    "      - {do: move, issue: refunds, to: In Progress}\n"
    "      - {do: push, branch: more, message: 'docs: more', files: {README.md: \"# Payments\\n\\nMore.\\n\"}}\n"
    "  - {id: first, type: reprioritise, at: day 3, who: anna, issue: refunds, priority: High, comment: 'Please, first.'}\n"
)


def a_story(folder: Path, text: str = STORY) -> str:
    folder.mkdir(exist_ok=True)
    return str(a_file(folder, text).parent)


def test_a_dry_run_shows_each_call_with_what_it_changes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scenario", "dry-run", a_story(tmp_path / "small"), "--day", "2"]) == 0

    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert "assignee: nothing → anna" in lines
    assert "status: To Do → In Progress" in lines
    assert lines[lines.index("--- a/README.md") :][:5] == [
        "--- a/README.md",
        "+++ b/README.md",
        "@@ -1 +1,3 @@",
        "# Payments",
        "+",
    ]


def test_a_dry_run_as_json_goes_on_from_what_was_before(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["scenario", "dry-run", a_story(tmp_path / "small"), "--json"])

    calls = json.loads(capsys.readouterr().out)["calls"]
    changes = {change["field"]: change for call in calls if call["day"] == 3 for change in call["changes"]}
    assert (changes["priority"]["before"], changes["priority"]["after"]) == ("Medium", "High")
    assert {call["service"] for call in calls} == {"GitHub", "Jira", "git", "the run"}
    assert [call["service"] for call in calls][-1] == "the run"


def test_a_dry_run_shows_patches_with_what_the_seed_chose(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "small/patches/more").mkdir(parents=True)
    (tmp_path / "small/patches/more/port.txt").write_text("{vary:port}\n")
    text = STORY.replace('files: {README.md: "# Payments\\n\\nMore.\\n"}', "patch: patches/more")

    assert main(["scenario", "dry-run", a_story(tmp_path / "small", text + "vary: {port: [8001, 8002]}\n")]) == 0

    said = capsys.readouterr().out
    assert "{vary:" not in said
    assert "    +8001" in said.splitlines() or "    +8002" in said.splitlines()


def test_watch_looks_once_and_says_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = a_story(tmp_path / "small")

    assert main(["scenario", "watch", folder, "--once"]) == 0
    assert capsys.readouterr().out.startswith("fine: ")

    a_story(tmp_path / "small", STORY.replace("project:", "projct:"))
    assert main(["scenario", "watch", folder, "--once"]) == 1
    assert "did you mean `project`?" in capsys.readouterr().out


def test_a_pack_goes_from_one_machine_to_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = a_story(tmp_path / "passed-on")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SPRINTDOJO_DATA", str(tmp_path / "elsewhere"))

    assert main(["scenario", "pack", folder]) == 0
    assert main(["scenario", "install", "passed-on.zip"]) == 0
    assert (
        f"`sprintdojo start {tmp_path}/elsewhere/packs/passed-on/passed-on`" in capsys.readouterr().out
    )  # not the one here
    assert main(["scenario", "install", "passed-on.zip"]) == 2
    capsys.readouterr()
    assert main(["scenario", "list", "--json"]) == 0

    listed = {each["id"]: each["path"] for each in json.loads(capsys.readouterr().out)}
    assert listed["small"] == str(tmp_path / "elsewhere/packs/passed-on/passed-on")
    assert main(["scenario", "plan", "passed-on"]) == 0


def test_a_scenario_with_faults_is_not_packed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = a_story(tmp_path / "small", STORY.replace("project:", "projct:"))
    monkeypatch.chdir(tmp_path)

    assert main(["scenario", "pack", folder]) == 2
    assert not (tmp_path / "small.zip").exists()
