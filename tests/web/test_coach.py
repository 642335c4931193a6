"""The job card and its hints by page, API and command; moments in the report; the library without a server."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from simulator.cli.main import main
from simulator.model.runs import Run
from tests.web.served import Served, eventually

SCENARIO = """\
format: 1
id: coached
title: Coached
summary: A morning with a moment.
calendar: {start: 2026-01-05, pace: 8h}
project: {key: PAY, name: Payments}
repository: {owner: acme, name: payments}
people:
  lea: {kind: human, name: Lea Learner, login: lea, email: lea@example.com}
  ben: {kind: human, name: Ben Beginner, login: ben, email: ben@example.com}
  priya: {kind: teammate, name: Priya Nair, login: priya, email: priya@example.com, access: admin}
backlog:
  - {id: vague, summary: Better <b>errors</b>, points: 3}
  - {id: report, summary: Report refunds, points: 5}
sprints:
  - {id: one, name: Sprint 1, goal: Be kind., days: 2, issues: [vague, report]}
events:
  - id: unclear
    type: vague_issue
    at: day 1 09:30
    who: priya
    issue: vague
    of: [lea]
    hints: ["Look at {issue:vague} again.", "Priya knows.", "Ask <i>her</i>."]
"""


@pytest.fixture(scope="module")
def coached(house: Served, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A run in the middle of a moment; its clock stands still."""
    folder = tmp_path_factory.mktemp("coached")
    (folder / "repo").mkdir()
    (folder / "repo" / "README.md").write_text("# Payments\n", encoding="utf-8")
    (folder / "scenario.yaml").write_text(SCENARIO, encoding="utf-8")
    run = house.begin(scenario=str(folder))
    job = house.office.advance(run, "day 1 09:40")
    eventually(lambda: house.office.job(run, job.number).state == "done")
    return run


def _card(client: FlaskClient, run: Run, seat: str = "lea") -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/api/v1/runs/{run.id}/job?seat={seat}").get_json()["card"]
    return found


def test_a_learner_sees_the_task_takes_hints_and_each_is_written_down(
    client: FlaskClient, coached: Run, house: Served, token: str, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.setenv("SPRINTDOJO_URL", house.url)
    card = _card(client, coached)
    assert card["title"] == "Get PAY-1 ready to be built: Better <b>errors</b>"
    assert (card["moment"], card["hints"], card["more_hints"]) == ("unclear", [], True)
    assert _card(client, coached, "ben")["moment"] is None
    assert client.get(f"/api/v1/runs/{coached.id}").get_json()["job"] == card

    page = client.get(f"/runs/{coached.id}").get_data(as_text=True)
    assert "Better &lt;b&gt;errors&lt;/b&gt;" in page
    assert "A hint" in page

    assert main(["hint", "--run", coached.id, "--seat", "lea"]) == 0
    assert "hint 1: Look at PAY-1 again." in capsys.readouterr().out
    form = {"csrf_token": token, "seat": "lea", "moment": "unclear", "level": "2"}
    for _click in (1, 2):
        assert client.post(f"/runs/{coached.id}/hints", data=form).status_code == 303
    eventually(lambda: len(_card(client, coached)["hints"]) == 2)
    assert client.post(f"/api/v1/runs/{coached.id}/hints", json={"seat": "lea", "level": 3}).status_code == 202
    eventually(lambda: len(_card(client, coached)["hints"]) == 3)
    assert main(["job", "--run", coached.id, "--seat", "lea"]) == 0
    assert "\n    sprintdojo say '" in (told := capsys.readouterr().out)
    assert "```" not in told
    fragment = client.get(f"/runs/{coached.id}/job?seat=lea").get_data(as_text=True)
    assert "Ask &lt;i&gt;her&lt;/i&gt;." in fragment
    assert "<button" not in fragment

    (moment,) = client.get(f"/api/v1/runs/{coached.id}/moments?seat=lea").get_json()["moments"]
    assert (moment["state"], moment["hints_taken"], len(moment["hints"])) == ("live", 3, 3)


def test_the_report_tells_the_moment_and_its_explanation(client: FlaskClient, coached: Run) -> None:
    told = client.get(f"/api/v1/runs/{coached.id}/report").get_json()

    assert "### An issue without acceptance criteria: still open" in told["markdown"]
    assert "Definition of Ready" in client.get(f"/runs/{coached.id}/report").get_data(as_text=True)


def test_there_is_no_hint_where_there_is_no_moment_or_no_level(
    client: FlaskClient, coached: Run, house: Served, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.setenv("SPRINTDOJO_URL", house.url)
    hints = f"/api/v1/runs/{coached.id}/hints"

    assert client.post(hints, json={"seat": "ben"}).status_code >= 400
    assert client.post(hints, json={"seat": "lea", "level": 4}).status_code == 422
    assert client.post(hints, json={"seat": "priya"}).status_code >= 400
    assert main(["hint", "nothing-of-the-kind", "--run", coached.id]) == 2
    assert "there is no hint for this now" in capsys.readouterr().err
    assert main(["job", "--run", coached.id, "--seat", "ben", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["card"]["title"].startswith("Take PAY-")


def test_the_library_is_listed_without_a_server(capsys: Any) -> None:
    assert main(["scenario", "moments"]) == 0
    assert "nit_flood" in capsys.readouterr().out
    assert main(["scenario", "moments", "nit-flood"]) == 0
    assert "Seen as a slip:" in capsys.readouterr().out
    assert main(["scenario", "moments", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert all(len(moment["ways"]) >= 3 and len(moment["hints"]) == 3 and moment["slips"] for moment in listed)
    assert main(["scenario", "moments", "nonsense"]) == 2
