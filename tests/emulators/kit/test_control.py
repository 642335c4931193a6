from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from simulator.emulators.kit import sites
from simulator.emulators.kit.control import create_control
from simulator.emulators.kit.instance import Instance
from simulator.emulators.kit.journal import Entry, Journal
from simulator.emulators.kit.web import SITE
from tests.emulators.conftest import a_seed

LOCAL = {SITE: "here", "REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1:8000"}


@pytest.fixture
def resets() -> list[str]:
    return []


@pytest.fixture
def client(instance: Instance, resets: list[str]) -> FlaskClient:
    with instance.database.writing() as connection:
        sites.plant_people(connection, "here", a_seed(), now=instance.now())
    journal = Journal(instance)
    for status in (200, 501):
        journal.add(
            Entry(site="here", at=instance.now(), service="jira", method="GET", path=f"/{status}", status=status)
        )
    return create_control(instance, journal=journal, reset=resets.append).test_client()


def test_whoever_sits_here_reads_the_journal(client: FlaskClient) -> None:
    entries = client.get("/journal", environ_overrides=LOCAL).get_json()["entries"]
    gaps = client.get("/journal?status=501&limit=5", environ_overrides=LOCAL).get_json()["entries"]

    assert [entry["path"] for entry in entries] == ["/501", "/200"]
    assert [entry["path"] for entry in gaps] == ["/501"]


@pytest.mark.parametrize("query", ["limit=-5", "limit=x", "limit=99999999999", "status=x", "status=-1", "status="])
def test_odd_questions_to_the_journal_are_answered(client: FlaskClient, query: str) -> None:
    assert client.get(f"/journal?{query}", environ_overrides=LOCAL).status_code == 200


def test_whoever_sits_here_resets(client: FlaskClient, resets: list[str]) -> None:
    assert client.post("/reset", environ_overrides=LOCAL).status_code == 200
    assert resets == ["here"]


@pytest.mark.parametrize(
    "changes",
    [
        {"REMOTE_ADDR": "10.0.0.7"},
        {"REMOTE_ADDR": ""},
        {"HTTP_HOST": "evil.example.com"},  # a name that an attacker's DNS points to 127.0.0.1
        {"HTTP_HOST": "localhost.example.com:8000"},
        {"HTTP_ORIGIN": "https://evil.example.com"},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_ORIGIN": "http://127.0.0.1:9000"},
        {"REMOTE_ADDR": "10.0.0.7", "HTTP_AUTHORIZATION": "token bob-token"},
        {"REMOTE_ADDR": "10.0.0.7", "HTTP_AUTHORIZATION": "token nonsense"},
        {"HTTP_ORIGIN": "https://evil.example.com", "HTTP_AUTHORIZATION": "token alice-token"},
    ],
)
def test_nobody_else_does(client: FlaskClient, resets: list[str], changes: dict[str, Any]) -> None:
    response = client.post("/reset", environ_overrides=LOCAL | changes)

    assert response.status_code == 403
    assert resets == []


@pytest.mark.parametrize(
    "changes",
    [
        {"HTTP_HOST": "localhost"},
        {"HTTP_HOST": "[::1]:8000", "REMOTE_ADDR": "::1"},
        {"HTTP_HOST": "github.localhost"},
        {"HTTP_ORIGIN": "http://127.0.0.1:8000"},
        {"REMOTE_ADDR": "10.0.0.7", "HTTP_HOST": "dojo.example.com", "HTTP_AUTHORIZATION": "token alice-token"},
    ],
)
def test_this_machine_and_an_admin_s_token_do(client: FlaskClient, changes: dict[str, Any]) -> None:
    assert client.post("/reset", environ_overrides=LOCAL | changes).status_code == 200


def test_a_reset_by_get_is_not_one(client: FlaskClient, resets: list[str]) -> None:
    assert client.get("/reset", environ_overrides=LOCAL).status_code == 501
    assert resets == []
