"""A run with two learners: each finds their own way in, and their own score."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from github import Auth, Github

from simulator.model.runs import Run
from simulator.scenario.template import write_new
from tests.web.served import Served

ROBIN = "learner: {kind: human, name: Robin Hale, login: robin, email: robin@acme.example}"
IDA = "ida: {kind: human, name: Ida Berg, login: ida, email: ida@acme.example}"


@pytest.fixture(scope="module")
def pair(house: Served, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A run for Robin and Ida."""
    file = write_new("a-pair", tmp_path_factory.mktemp("scenarios"))
    file.write_text(file.read_text().replace(ROBIN, f"{ROBIN}\n  {IDA}"))
    return house.begin(scenario=str(file.parent))


def test_each_learner_is_told_their_own_login_and_token(client: FlaskClient, pair: Run) -> None:
    first = client.get(f"/api/v1/runs/{pair.id}").get_json()
    second = client.get(f"/api/v1/runs/{pair.id}?seat=ida").get_json()

    assert (first["seat"], first["github"]["login"]) == ("learner", "robin")
    assert (second["seat"], second["github"]["login"], second["jira"]["email"]) == ("ida", "ida", "ida@acme.example")
    auth = Auth.Token(second["github"]["token"])
    assert Github(auth=auth, base_url=second["github"]["api_url"]).get_user().login == "ida"


def test_the_page_shows_the_chosen_learner_how_to_connect(client: FlaskClient, pair: Run) -> None:
    page = client.get(f"/runs/{pair.id}?seat=ida").get_data(as_text=True)

    assert "You are Ida Berg" in page
    assert "ida@acme.example" in page


@pytest.mark.parametrize("seat", ["mira", "nobody", "team"])
def test_nobody_is_told_how_to_connect_as_somebody_who_does_not_learn(
    client: FlaskClient, pair: Run, seat: str
) -> None:
    reply = client.get(f"/api/v1/runs/{pair.id}?seat={seat}")

    assert reply.status_code == 409
    assert "learner, ida" in reply.get_json()["to_do"]
