"""Tokens of services that are not ours: which variable serves whom, and that they show nowhere."""

from __future__ import annotations

import json
import traceback
from pathlib import Path

import pytest

from simulator.errors import SetupError
from simulator.model.keys import RunId, SeatId
from simulator.model.people import Roster
from simulator.run.credentials import CredentialsFile, from_environment, relevant
from simulator.run.starting import StartRequest
from simulator.scenario.load import load_scenario
from tests.cli.conftest import SPRINT
from tests.scenario.builders import a_file

RUN = RunId("two-days-1")
LEARNER, MIRA = SeatId("learner"), SeatId("mira")
GENERAL = {
    "SPRINTDOJO_GITHUB_TOKEN": "gh-general",
    "SPRINTDOJO_JIRA_TOKEN": "jira-general",
    "SPRINTDOJO_JIRA_EMAIL": "general@example.com",
}


@pytest.fixture
def roster(tmp_path: Path) -> Roster:
    """A learner and a teammate called Mira."""
    return load_scenario(a_file(tmp_path, SPRINT)).roster


def test_without_anything_more_exact_all_seats_share_one_account(roster: Roster) -> None:
    found = from_environment(roster, GENERAL)

    assert {seat: (c.github_token, c.jira_token, c.email) for seat, c in found.items()} == {
        LEARNER: ("gh-general", "jira-general", "general@example.com"),
        MIRA: ("gh-general", "jira-general", "general@example.com"),
    }


def test_teammates_can_have_an_account_of_theirs(roster: Roster) -> None:
    found = from_environment(roster, GENERAL | {"SPRINTDOJO_GITHUB_TOKEN_TEAMMATES": "gh-team"})

    assert found[MIRA].github_token == "gh-team"
    assert found[LEARNER].github_token == "gh-general"


def test_a_seat_with_a_token_of_its_own_has_the_scenarios_address(roster: Roster) -> None:
    found = from_environment(roster, GENERAL | {"SPRINTDOJO_JIRA_TOKEN_MIRA": "jira-mira"})

    assert (found[MIRA].jira_token, found[MIRA].email) == ("jira-mira", "mira@acme.example")
    assert found[LEARNER].email == "general@example.com"


@pytest.mark.parametrize(
    ("github", "jira"), [("GITHUB_TOKEN", "JIRA_TOKEN"), ("GH_TOKEN", "JIRA_API_TOKEN"), ("GH_TOKEN", "JIRA_TOKEN")]
)
def test_the_names_that_other_programs_use_will_do(github: str, jira: str, roster: Roster) -> None:
    found = from_environment(roster, {github: "one", jira: "two"})

    assert (found[LEARNER].github_token, found[LEARNER].jira_token) == ("one", "two")


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({}, "SPRINTDOJO_GITHUB_TOKEN"),
        ({"SPRINTDOJO_GITHUB_TOKEN": ""}, "SPRINTDOJO_GITHUB_TOKEN"),
        ({"GH_TOKEN": "x"}, "SPRINTDOJO_JIRA_TOKEN"),
    ],
)
def test_what_is_missing_is_named(variables: dict[str, str], named: str, roster: Roster) -> None:
    with pytest.raises(SetupError) as refused:
        from_environment(roster, variables)

    assert f"set {named}_LEARNER, or {named} for all" in refused.value.to_do


def test_nothing_else_of_the_environment_is_looked_at() -> None:
    assert relevant(GENERAL | {"PATH": "/bin", "AWS_SECRET_ACCESS_KEY": "x", "GH_TOKEN": ""}) == GENERAL


def test_tokens_show_in_no_repr(roster: Roster) -> None:
    request = StartRequest(scenario="x", github="g", jira="j", environment=GENERAL)

    assert "general" not in repr(request)
    assert "gh-general" not in repr(from_environment(roster, GENERAL))


def test_a_runs_tokens_are_kept_for_their_owner_only(tmp_path: Path) -> None:
    kept = CredentialsFile(tmp_path)

    kept.save(RUN, {"GH_TOKEN": "old"})
    kept.save(RUN, GENERAL)

    file = tmp_path / "credentials" / f"{RUN}.json"
    assert kept.read(RUN) == GENERAL
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    assert kept.read(RunId("another-1")) == {}


def test_a_file_that_others_could_read_is_replaced_by_one_that_they_cannot(tmp_path: Path) -> None:
    kept = CredentialsFile(tmp_path)
    kept.save(RUN, {})
    file = tmp_path / "credentials" / f"{RUN}.json"
    file.chmod(0o644)

    kept.save(RUN, GENERAL)

    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("left", ['{"GH_TOKEN": "gh-secret"', '["gh-secret"]', ""])
def test_a_damaged_file_is_named_without_what_is_in_it(left: str, tmp_path: Path) -> None:
    kept = CredentialsFile(tmp_path)
    kept.save(RUN, {})
    (tmp_path / "credentials" / f"{RUN}.json").write_text(left)

    with pytest.raises(SetupError, match="the run's tokens cannot be read") as refused:
        kept.read(RUN)

    whole = "".join(traceback.format_exception(refused.value))
    assert "gh-secret" not in whole + json.dumps(vars(refused.value))
