"""`scenario play` and `record`: a run whose past somebody else made, and what was done in it as a persona."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from simulator.cli.client import Server
from simulator.cli.following import followed
from simulator.errors import RunError
from tests.cli.conftest import SPRINT, Sprintdojo
from tests.scenario.builders import a_file

KEEN = """\
  keen:
    seat: learner
    band: [0, 100]
    summary: Begins at once.
    steps:
      - id: take
        at: day 1 11:00
        do:
          - {do: assign, issue: refunds, to: learner}
          - {do: move, issue: refunds, to: In Progress}
      - id: work
        at: day 1 15:00
        do:
          - {do: push, branch: "feature/{issue:refunds}-refund", message: "feat: refund", files: {src/refund.py: "x = 1\\n"}}
          - do: open_pull_request
            pull: refund
            branch: "feature/{issue:refunds}-refund"
            title: "feat: refund"
            body: "Resolves {issue:refunds}"
      - {id: late, at: day 2 15:00, do: [{do: comment, issue: refunds, text: Nearly there.}]}
"""


@pytest.fixture(scope="module")
def keen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the two days, with somebody who works."""
    return a_file(tmp_path_factory.mktemp("keen"), SPRINT + KEEN).parent


def test_a_run_is_taken_over_on_its_second_day_and_its_past_is_recorded(
    server: str, keen: Path, tmp_path: Path, sprintdojo: Sprintdojo
) -> None:
    told = sprintdojo("scenario", "play", keen, "--from", "day 2", "--persona", "keen", "--paused", "--json").json
    run = told["run"]

    assert (told["day"], told["state"]) == (2, "paused")
    assert told["simulated_now"].startswith("2026-01-13T09:00")

    said = sprintdojo("scenario", "record", "--run", run, "--name", "again", "-o", tmp_path / "again.yaml")
    again = yaml.safe_load((tmp_path / "again.yaml").read_text())["again"]

    assert said.status == 0
    assert [(step["at"], [act["do"] for act in step["do"]]) for step in again["steps"]] == [
        ("day 1 11:00", ["assign", "move"]),
        ("day 1 15:00", ["push", "open_pull_request"]),
    ]
    assert again["steps"][1]["do"][0]["files"] == {"src/refund.py": "x = 1\n"}
    text = yaml.safe_load(SPRINT + KEEN)
    text["personas"]["again"] = again
    assert sprintdojo("scenario", "check", a_file(tmp_path, yaml.safe_dump(text))).status == 0


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (["--from", "day 9"], "'day 9' is not before the end of the run"),
        (["--from", "day 2", "--persona", "kean"], "no persona 'kean'"),
        (["--from", "soon"], "'soon' is not a moment of the sprint"),
    ],
)
def test_what_cannot_be_played_is_refused_before_a_run_begins(
    server: str, keen: Path, sprintdojo: Sprintdojo, words: list[str], what: str
) -> None:
    before = sprintdojo("runs", "--json").json

    said = sprintdojo("scenario", "play", keen, "--persona", "keen", *words)

    assert said.status == 2
    assert said.lines[0] == f"sprintdojo: {what}"
    assert sprintdojo("runs", "--json").json == before


def test_a_run_that_was_taken_over_goes_on_and_gets_no_other_past(
    server: str, keen: Path, sprintdojo: Sprintdojo
) -> None:
    said = sprintdojo("scenario", "play", keen, "--from", "day 1 12:00", "--persona", "keen", "--pace", "8h")

    assert "  day 1, 2026-01-12T12:00" in said.out
    assert "(running)" in said.out

    job = Server().post("/runs/current/play", {"persona": "keen", "to": "day 2"}, holds="job")
    with pytest.raises(RunError) as refused:
        followed(Server(), job, "play")
    assert refused.value.what == "the run is running"


def test_only_what_learners_do_is_recorded(server: str, keen: Path, sprintdojo: Sprintdojo) -> None:
    refused = sprintdojo("scenario", "record", "--seat", "mira")

    assert refused.status == 2
    assert "'mira' is not a learner's seat" in refused.lines[0]


def test_watching_makes_a_run_that_stands_on_the_day_looked_at(server: str, keen: Path, sprintdojo: Sprintdojo) -> None:
    said = sprintdojo("scenario", "watch", keen, "--once", "--play", "day 2", "--persona", "keen")
    late = sprintdojo("scenario", "watch", keen, "--once", "--play", "day 9", "--persona", "keen")

    run = said.out.splitlines()[-1].partition(" ")[0]
    told = sprintdojo("status", "--run", run, "--json").json
    assert (told["day"], told["state"]) == (2, "paused")
    assert "is not before the end of the run" in late.out
