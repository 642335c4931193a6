from __future__ import annotations

import shutil
from importlib import import_module

import pytest
from flask.testing import FlaskClient

from simulator.model.runs import Run, RunState
from tests.scenario.builders import SMALL, a_file
from tests.web.served import Served, a_copy


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
            scenarios=[], runs=[], newer=False, older=None, paces=(), largest_seed=1
        )

    assert "No scenario is installed" in page
    assert "Your runs" not in page


def test_many_runs_are_shown_a_page_at_a_time(
    house: Served, client: FlaskClient, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_module("web.pages.catalogue"), "RUNS", 1)
    newest = a_copy(house, run, state=RunState.FINISHED)

    first, second = client.get("/").text, client.get("/?after=1").text

    assert f'href="/runs/{newest.id}"' in first
    assert first.count("run-line__link") == second.count("run-line__link") == 1
    assert 'href="/?after=1">Earlier runs' in first
    assert newest.id not in second
    assert "The newest" in second
    assert client.get("/?after=-1").text == first
    assert "The newest" in client.get("/?after=999999").text


def test_starting_goes_to_the_page_of_the_new_run(house: Served, client: FlaskClient, token: str) -> None:
    form = {
        "csrf_token": token,
        "scenario": "first-sprint",
        "pace": "4h",
        "seed": "41",
        "paused": "yes",
        "language": "de",
    }

    assert '<option value="de" lang="de">Deutsch</option>' in client.get("/").text

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
