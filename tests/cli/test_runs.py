"""The commands on runs, given to a whole server: what they show, as text and as JSON, and what they refuse."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import SPRINT, Sprintdojo
from tests.scenario.builders import a_file

STATUS = {"run", "scenario", "state", "simulated_now", "day", "sprint", "score", "github", "jira"}
CARD = {"score", "letter", "coverage", "confidence", "groups", "findings"}


def test_a_start_tells_its_steps_and_how_to_connect(server: str, sprint: Path, sprintdojo: Sprintdojo) -> None:
    said = sprintdojo("start", sprint, "--pace", "8h", "--seed", "7")

    assert said.status == 0
    steps = [line for line in said.out.splitlines() if "/" in line.split()[0]]
    assert steps
    assert "(running)" in said.out
    assert "clone      git clone http://127.0.0.1" in said.out
    assert "login      robin, token ghp_" in said.out


def test_a_start_as_json_is_the_status_and_nothing_else(server: str, sprint: Path, sprintdojo: Sprintdojo) -> None:
    told = sprintdojo("start", sprint, "--paused", "--json").json

    assert set(told) >= STATUS
    assert told["state"] == "paused"
    assert set(told["github"]) >= {"api_url", "html_url", "clone_url", "repository", "login", "token"}
    assert set(told["jira"]) >= {"url", "project", "board_id", "email", "token"}


def test_a_scenario_in_the_working_folder_is_found_by_its_path(
    server: str, tmp_path: Path, sprintdojo: Sprintdojo
) -> None:
    (tmp_path / "mine").mkdir()
    a_file(tmp_path / "mine", SPRINT.replace("two-days", "mine"))

    assert sprintdojo("start", "mine", "--paused", "--json").json["scenario"] == "mine"


def test_a_folder_that_happens_to_have_a_shipped_name_does_not_stand_in_its_way(
    tmp_path: Path, sprintdojo: Sprintdojo
) -> None:
    (tmp_path / "first-sprint").mkdir()

    assert sprintdojo("scenario", "plan", "first-sprint").status == 0


@pytest.mark.parametrize("command", ["status", "report", "score"])
def test_what_is_shown_as_text_is_shown_as_json_too(
    command: str, server: str, run: str, sprintdojo: Sprintdojo
) -> None:
    as_text, as_json = sprintdojo(command, "--run", run), sprintdojo(command, "--run", run, "--json")

    assert (as_text.status, as_json.status) == (0, 0)
    assert as_text.out.strip()
    assert isinstance(as_json.json, dict)


def test_runs_are_listed(server: str, run: str, sprintdojo: Sprintdojo) -> None:
    assert run in sprintdojo("runs").out
    assert run in [line["run"] for line in sprintdojo("runs", "--json").json["runs"]]


def test_the_scorecard_has_the_keys_that_scripts_rely_on(server: str, run: str, sprintdojo: Sprintdojo) -> None:
    card = sprintdojo("score", "--run", run, "--format", "json").json

    assert set(card) >= CARD
    assert sprintdojo("score", "--run", run, "--team").status == 0


def test_a_score_below_the_least_is_a_no_and_not_an_error(server: str, run: str, sprintdojo: Sprintdojo) -> None:
    assert sprintdojo("score", "--run", run, "--at-least", "0").status == 0

    said = sprintdojo("score", "--run", run, "--at-least", "50")

    assert said.status == 1
    assert said.err == ""


def test_the_clock_is_steered(server: str, sprint: Path, sprintdojo: Sprintdojo) -> None:
    run = sprintdojo("start", sprint, "--json").json["run"]

    assert sprintdojo("pause", "--run", run, "--json").json["state"] == "paused"
    assert sprintdojo("pace", "90s", "--run", run, "--json").json["pace"] == "1m30s"
    assert sprintdojo("advance", "--run", run, "--json").json["simulated_now"].startswith("2026-01-12T10:00")
    assert sprintdojo("advance", "+1h30m", "--run", run, "--json").json["simulated_now"].startswith("2026-01-12T11:30")
    assert sprintdojo("advance", "day", "2", "9:30", "--run", run, "--json").json["day"] == 2
    assert sprintdojo("resume", "--run", run, "--json").json["state"] == "running"
    assert "(finished)" in sprintdojo("finish", "--run", run).out

    said = sprintdojo("resume", "--run", run)

    assert said.status == 2
    assert len(said.lines) == 3


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("advance", "whenever"), "whenever"),
        (("advance", "day", "99", "10:00"), "day"),
        (("advance", "+"), "+"),
        (("advance", "--", "-2h"), "-2h"),
        (("pace", "quick"), "'quick' is not a pace"),
        (("pace", "0s"), "cannot take 0 s"),
        (("score", "--seat", "nobody"), "'nobody' is not a seat that is scored"),
    ],
)
def test_nonsense_is_refused_in_three_lines_and_changes_nothing(
    words: tuple[str, ...], what: str, server: str, run: str, sprintdojo: Sprintdojo
) -> None:
    before = sprintdojo("status", "--run", run, "--json").json

    said = sprintdojo(words[0], "--run", run, *words[1:])

    assert said.status == 2
    assert said.out == ""
    assert what in said.lines[0]
    assert said.lines[-1].startswith("  to do: ")
    assert len(said.lines) <= 3
    assert sprintdojo("status", "--run", run, "--json").json == before


@pytest.mark.parametrize("name", ["no-such-run", "../../etc/passwd", "a/b", "", "%2e%2e", "ü"])
def test_a_run_that_is_not_there_is_said_to_be_so(name: str, server: str, run: str, sprintdojo: Sprintdojo) -> None:
    said = sprintdojo("status", "--run", name)

    assert said.status == 2
    assert said.lines[0].startswith("sprintdojo: there is no")
    assert said.lines[-1].startswith("  to do: ")


def test_an_unknown_scenario_is_answered_with_the_nearest(server: str, sprintdojo: Sprintdojo) -> None:
    said = sprintdojo("start", "frist-sprint")

    assert said.status == 2
    assert said.lines == [
        "sprintdojo: there is no scenario `frist-sprint`, neither known by name nor a file or folder",
        "  to do: did you mean `first-sprint`?",
    ]


def test_all_faults_of_a_broken_scenario_come_back_with_their_places(
    server: str, tmp_path: Path, sprintdojo: Sprintdojo
) -> None:
    file = a_file(tmp_path, SPRINT.replace("days: 2", "days: 0").replace("title:", "titel:"))

    said = sprintdojo("start", file)

    assert said.status == 2
    assert len(said.lines) >= 2
    assert all(line.startswith(f"{file}:") for line in said.lines)


@pytest.mark.parametrize("address", ["ftp://github.example", "github.example", "javascript:alert(1)"])
def test_what_is_no_address_is_refused_before_a_run_is_made(
    address: str, server: str, sprint: Path, sprintdojo: Sprintdojo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPRINTDOJO_GITHUB_TOKEN", "x" * 20)
    monkeypatch.setenv("SPRINTDOJO_JIRA_TOKEN", "x" * 20)
    before = sprintdojo("runs", "--json").json

    said = sprintdojo("start", sprint, "--github", address, "--jira", address)

    assert said.status == 2
    assert "not an address" in said.lines[0]
    assert len(sprintdojo("runs", "--json").json["runs"]) == len(before["runs"])


def _failed_start(sprintdojo: Callable[..., Any], sprint: Path) -> Any:
    nobody = "http://127.0.0.1:1"  # nothing listens on port 1
    return sprintdojo("start", sprint, "--github", f"{nobody}/api/v3", "--jira", nobody)


def test_a_missing_token_is_named_with_its_variable(server: str, sprint: Path, sprintdojo: Sprintdojo) -> None:
    said = _failed_start(sprintdojo, sprint)

    assert said.status == 2
    assert said.lines[0].startswith("sprintdojo: no GitHub token for")
    assert "SPRINTDOJO_GITHUB_TOKEN" in said.lines[-1]
