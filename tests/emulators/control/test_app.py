from __future__ import annotations

from typing import Any

import pytest
from flask import Blueprint, Response
from flask.testing import FlaskClient

from simulator.emulators.control.app import create_control
from simulator.emulators.kit import sites
from simulator.emulators.kit.instance import Instance
from simulator.emulators.kit.web import SITE, reply, site
from tests.emulators.conftest import a_seed

LOCAL = {SITE: "here", "REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1:8000"}


@pytest.fixture
def resets() -> list[str]:
    return []


@pytest.fixture
def client(instance: Instance, resets: list[str]) -> FlaskClient:
    with instance.database.writing() as connection:
        sites.plant_people(connection, "here", a_seed(), now=instance.now())
    part = Blueprint("part", __name__)

    @part.post("/reset")
    def reset() -> Response:
        resets.append(site())
        return reply({})

    return create_control(instance, [part]).test_client()


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
