"""`sprintdojo score` and `report`: every form, on the terminal and as a file."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from simulator.cli.score import FORMATS
from simulator.run.score_files import FORMS
from tests.cli.conftest import Sprintdojo

SHOWS = {
    "text": "score 0.0",
    "json": '"findings"',
    "markdown": "Robin, 0 points (no letter yet)",
    "html": "<!doctype html>",
    "csv": "id,seat,rule,name,outcome",
    "csv-learners": "robin,robin@acme.example,0.0,",
    "csv-canvas": "Robin,,,robin,,0.0",
    "junit": '<testsuites name="Two days"',
    "sarif": '"version": "2.1.0"',
}


def test_the_forms_are_those_that_the_server_has() -> None:
    assert set(FORMATS) == {"text", *FORMS} == set(SHOWS)


@pytest.mark.parametrize("form", SHOWS)
def test_a_form_is_printed_and_written_alike(
    form: str, server: str, run: str, tmp_path: Path, sprintdojo: Sprintdojo
) -> None:
    file = tmp_path / "score"

    printed = sprintdojo("score", "--run", run, "--format", form)
    written = sprintdojo("score", "--run", run, "--format", form, "--output", file)

    assert (printed.status, written.status) == (0, 0)
    assert SHOWS[form] in printed.out
    assert (written.out, written.lines) == ("", [f"wrote {file}"])
    assert file.read_bytes().decode() == printed.out


def test_machines_can_read_them(server: str, run: str, tmp_path: Path, sprintdojo: Sprintdojo) -> None:
    def text(form: str) -> str:
        sprintdojo("score", "--run", run, "--format", form, "--output", tmp_path / form)
        return (tmp_path / form).read_bytes().decode()

    assert json.loads(text("json"))["run"] == run
    assert ET.fromstring(text("junit")).tag == "testsuites"
    assert json.loads(text("sarif"))["runs"][0]["tool"]["driver"]["name"] == "Sprintdojo"
    (learner,) = csv.DictReader(io.StringIO(text("csv-learners"), newline=""))
    assert (learner["username"], learner["grade"]) == ("robin", "0.0")


def test_the_teams_card_is_the_teams(server: str, run: str, sprintdojo: Sprintdojo) -> None:
    assert "the team, 0 points" in sprintdojo("score", "--run", run, "--team", "--format", "markdown").out
    assert sprintdojo("score", "--run", run, "--team", "--json").json["seat"] is None


def test_a_score_below_the_least_is_a_no_in_every_form(server: str, run: str, sprintdojo: Sprintdojo) -> None:
    for form in ("text", "json", "junit"):
        assert sprintdojo("score", "--run", run, "--format", form, "--at-least", "50").status == 1
        assert sprintdojo("score", "--run", run, "--format", form, "--at-least", "0").status == 0


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("score", "--team", "--seat", "learner"), "--team and --seat: one of them"),
        (("score", "--at-least", "101"), "101.0 is not in the range"),
        (("score", "--seat", "mira"), "'mira' is not a seat that is scored"),
        (("score", "--format", "sarif", "--seat", "nobody"), "'nobody' is not a seat that is scored"),
        (("score", "--output", "no/such/folder/score.md"), "the file cannot be written"),
        (("report", "--output", "no/such/folder/report.md"), "the file cannot be written"),
    ],
)
def test_what_is_refused_says_what_and_what_to_do(
    words: tuple[str, ...], what: str, server: str, run: str, sprintdojo: Sprintdojo
) -> None:
    said = sprintdojo(*words, "--run", run)

    assert said.status == 2
    assert what in said.lines[0]
    assert said.lines[-1].startswith("  to do: ")


def test_the_report_can_be_kept(server: str, run: str, tmp_path: Path, sprintdojo: Sprintdojo) -> None:
    file = tmp_path / "report.md"

    assert sprintdojo("report", "--run", run, "--output", file).status == 0
    assert file.read_text(encoding="utf-8") == sprintdojo("report", "--run", run).out
    assert sprintdojo("report", "--run", run, "--json").json["run"] == run
