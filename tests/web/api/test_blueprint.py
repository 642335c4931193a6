from __future__ import annotations

from typing import Any

import jsonschema_rs
import pytest
from flask.testing import FlaskClient

from simulator.model.runs import Run
from simulator.run.score_files import FORMS
from tests.web.served import eventually


def test_status_gives_what_a_learner_needs(client: FlaskClient, run: Run) -> None:
    status = client.get(f"/api/v1/runs/{run.id}").get_json()

    assert {"run", "scenario", "state", "simulated_now", "day", "sprint", "score", "github", "jira"} <= set(status)
    assert {"api_url", "html_url", "clone_url", "repository", "login", "token"} <= set(status["github"])
    assert {"url", "project", "board_id", "email", "token"} <= set(status["jira"])
    assert (status["run"], status["state"], status["day"]) == (run.id, "paused", 1)


@pytest.mark.parametrize("part", ["scorecard", "board", "burndown", "feed", "facts", "report"])
def test_each_part_of_a_run_is_json_with_an_etag(client: FlaskClient, run: Run, part: str) -> None:
    reply = client.get(f"/api/v1/runs/{run.id}/{part}")
    again = client.get(f"/api/v1/runs/{run.id}/{part}", headers={"If-None-Match": reply.headers["ETag"]})

    assert reply.status_code == 200
    assert reply.content_type == "application/json"
    assert (again.status_code, again.data) == (304, b"")


def test_a_scorecard_keeps_its_contract(client: FlaskClient, run: Run) -> None:
    card = client.get(f"/api/v1/runs/{run.id}/scorecard").get_json()
    team = client.get(f"/api/v1/runs/{run.id}/scorecard?seat=team").get_json()

    assert {"score", "letter", "coverage", "confidence", "groups", "findings"} <= set(card)
    assert card["score"] == 0
    assert (card["seat"], team["seat"]) == ("learner", None)


@pytest.mark.parametrize("form", sorted(FORMS))
def test_a_scorecard_is_had_in_every_form_as_a_file_with_a_name(client: FlaskClient, run: Run, form: str) -> None:
    reply = client.get(f"/api/v1/runs/{run.id}/scorecard?format={form}&seat=team")
    page = client.get(f"/runs/{run.id}/score/{form}?seat=team")

    assert (reply.status_code, page.status_code) == (200, 200)
    assert reply.content_type == page.content_type == FORMS[form].media_type
    name = run.id if form in ("csv-learners", "csv-canvas") else f"{run.id}-team"
    assert page.headers["Content-Disposition"] == f'attachment; filename="{name}{FORMS[form].suffix}"'
    assert form == "json" or reply.data == page.data


@pytest.mark.parametrize("form", ["xml", "", "%00", "x" * 3000, "JSON"])
def test_a_form_that_there_is_not_is_refused_with_those_that_there_are(
    client: FlaskClient, run: Run, form: str
) -> None:
    reply = client.get(f"/api/v1/runs/{run.id}/scorecard?format={form}")

    assert reply.status_code == 400
    assert "markdown" in reply.get_json()["to_do"]
    assert len(reply.get_json()["title"]) < 100
    assert client.get(f"/runs/{run.id}/score/{form or 'xml'}").status_code == 404


def test_the_schema_of_a_scorecard_holds_for_what_is_answered(client: FlaskClient, run: Run) -> None:
    schema = jsonschema_rs.validator_for(client.get("/api/v1/schema/scorecard").get_json())

    for seat in ("learner", "team"):
        schema.validate(client.get(f"/api/v1/runs/{run.id}/scorecard?seat={seat}").get_json())


@pytest.mark.parametrize("seat", ["nobody", "mira", "%00", "x" * 3000])
def test_a_seat_that_is_not_scored_is_refused_with_those_that_are(client: FlaskClient, run: Run, seat: str) -> None:
    reply = client.get(f"/api/v1/runs/{run.id}/scorecard?seat={seat}")

    assert reply.status_code == 409
    assert "learner, team" in reply.get_json()["to_do"]


@pytest.mark.parametrize(
    ("most", "count"), [("3", 3), ("-5", 1), ("0", 1), ("nine", 100), ("9" * 400, 1000), ("1e3", 100)]
)
def test_facts_are_bounded_whatever_is_asked(client: FlaskClient, run: Run, most: str, count: int) -> None:
    facts = client.get(f"/api/v1/runs/{run.id}/facts?most={most}").get_json()["facts"]

    assert 1 <= len(facts) <= count


def test_an_unknown_run_is_404_with_what_and_where(client: FlaskClient) -> None:
    reply = client.get("/api/v1/runs/nope")

    assert reply.status_code == 404
    assert {"type", "title", "status", "where", "to_do"} <= set(reply.get_json())


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ([], 400),
        ("{", 400),
        ("[" * 200_000, 400),
        ('{"scenario":' * 50_000, 400),
        ({"scenario": "\ud800"}, 422),
        ({}, 422),
        ({"scenario": 5}, 422),
        ({"scenario": "no-such-scenario"}, 422),
        ({"scenario": "first-sprint", "seed": -1}, 422),
        ({"scenario": "first-sprint", "seed": True}, 422),
        ({"scenario": "first-sprint", "paused": "yes"}, 422),
        ({"scenario": "first-sprint", "pace": "soon"}, 409),
        ({"scenario": "first-sprint", "environment": {"A": 1}}, 422),
        ({"scenario": "x" * 3000}, 422),
    ],
)
def test_a_start_that_cannot_be_is_refused_as_problem_details(client: FlaskClient, body: Any, status: int) -> None:
    given: dict[str, Any] = (
        {"data": body, "content_type": "application/json"} if isinstance(body, str) else {"json": body}
    )

    reply = client.post("/api/v1/runs", **given)

    assert reply.status_code == status
    assert reply.content_type == "application/problem+json"


@pytest.mark.parametrize("to", ["\ud800", "day 99", "day 99999", "+9999999999999h", "yesterday", "day 0"])
def test_a_moment_that_cannot_be_is_refused(client: FlaskClient, run: Run, to: str) -> None:
    reply = client.post(f"/api/v1/runs/{run.id}/advance", json={"to": to})

    assert reply.status_code in (409, 422)
    assert reply.get_json()["title"]


def test_what_is_asked_for_is_a_job_to_follow(client: FlaskClient, run: Run) -> None:
    reply = client.post(f"/api/v1/runs/{run.id}/pause", json={})
    job = reply.get_json()

    ended = eventually(lambda: _ended(client, f"/api/v1/runs/{run.id}/jobs/{job['job']}"))

    assert reply.status_code == 202
    assert set(job) == {"run", "job", "what", "state", "problem", "to_do", "result"}
    assert ended["what"] == "pause"
    assert client.get(f"/api/v1/runs/{run.id}/jobs/99999").status_code == 409


def _ended(client: FlaskClient, path: str) -> dict[str, Any] | None:
    told: dict[str, Any] = client.get(path).get_json()
    return told if told["state"] != "working" else None


def test_lists_hold_runs_scenarios_and_rules(client: FlaskClient, run: Run) -> None:
    assert run.id in [line["run"] for line in client.get("/api/v1/runs").get_json()["runs"]]
    assert "first-sprint" in [entry["id"] for entry in client.get("/api/v1/scenarios").get_json()["scenarios"]]
    assert "BR-01" in [rule["code"] for rule in client.get("/api/v1/rules").get_json()["rules"]]


def test_a_look_can_be_asked_for(client: FlaskClient, run: Run) -> None:
    assert client.post(f"/api/v1/runs/{run.id}/check", json={}).status_code == 202
