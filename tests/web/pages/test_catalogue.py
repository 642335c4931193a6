from __future__ import annotations

import shutil

import pytest
from flask.testing import FlaskClient

from simulator.model.runs import Run
from tests.scenario.builders import SMALL, a_file
from tests.web.served import Served


def test_the_start_page_shows_scenarios_and_runs(client: FlaskClient, run: Run) -> None:
    page = client.get("/").text

    assert page.count("<h1") == 1
    assert "A first sprint" in page
    assert f"/runs/{run.id}" in page
    assert "Mira Okafor" in page
    assert 'name="csrf_token"' in page


def test_a_start_page_without_runs_is_whole(house: Served) -> None:
    with house.app.test_request_context():
        page = house.app.jinja_env.get_template("catalogue.html").render(
            scenarios=[], runs=[], paces=(), largest_seed=1
        )

    assert "No scenario is installed" in page
    assert "Your runs" not in page


def test_starting_goes_to_the_page_of_the_new_run(house: Served, client: FlaskClient, token: str) -> None:
    form = {
        "csrf_token": token,
        "scenario": "first-sprint",
        "pace": "4h",
        "seed": "41",
        "paused": "yes",
        "language": "de",
    }

    assert '<option value="de">' in client.get("/").text

    reply = client.post("/runs", data=form)

    assert reply.status_code == 303
    started = house.office.find(reply.location.rpartition("/")[2])
    assert (started.seed, started.starts_paused, started.pace_s) == (41, True, 4 * 3600)
    assert started.services["language"] == "de"
    assert client.get(reply.location).status_code == 200


def test_a_scenario_of_an_installed_pack_is_shown_and_started(house: Served, client: FlaskClient, token: str) -> None:
    folder = house.office.openings.packs_folder / "passed-on" / "its-folder"
    folder.mkdir(parents=True)
    a_file(folder, SMALL.replace("id: small", "id: passed-on").replace("title: Small", "title: From elsewhere"))
    try:
        shown = client.get("/").text
        reply = client.post("/runs", data={"csrf_token": token, "scenario": "passed-on", "seed": "1", "paused": "yes"})
    finally:
        shutil.rmtree(folder.parent)

    assert "From elsewhere" in shown
    assert house.office.find(reply.location.rpartition("/")[2]).scenario_id == "passed-on"


def test_a_language_that_it_does_not_speak_is_said_on_the_start_page(client: FlaskClient, token: str) -> None:
    form = {"csrf_token": token, "scenario": "first-sprint", "language": "xx"}

    reply = client.post("/runs", data=form, follow_redirects=True)

    assert "does not speak" in reply.text


@pytest.mark.parametrize("scenario", ["", "no-such", "../../etc", "/etc", "x" * 5000, "\0"])
def test_only_shipped_scenarios_can_be_started_from_a_page(client: FlaskClient, token: str, scenario: str) -> None:
    assert client.post("/runs", data={"csrf_token": token, "scenario": scenario}).status_code == 404


@pytest.mark.parametrize("seed", ["-1", "1.5", "nine", "9" * 500, "٣", str(2**31)])
def test_a_seed_that_is_none_is_refused_with_the_reason(client: FlaskClient, token: str, seed: str) -> None:
    reply = client.post("/runs", data={"csrf_token": token, "scenario": "first-sprint", "seed": seed})

    assert reply.status_code == 400
    assert "the seed is a whole number" in reply.text


def test_a_pace_that_cannot_be_is_said_on_the_start_page(client: FlaskClient, token: str) -> None:
    reply = client.post("/runs", data={"csrf_token": token, "scenario": "first-sprint", "pace": "soon"})

    assert (reply.status_code, reply.location) == (303, "/")
    assert "is not a pace" in client.get("/").text
