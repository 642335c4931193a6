from __future__ import annotations

import logging
from pathlib import Path

import pytest
from flask import Response
from flask.testing import FlaskClient

from simulator.emulators.kit import app as kit_app
from simulator.emulators.kit.database import Database, next_value
from simulator.emulators.kit.instance import Instance
from simulator.emulators.kit.web import json_body, reply
from tests.emulators.conftest import TickingClock


def break_down() -> Response:
    raise RuntimeError("the secret inside")


def count(start: int) -> Response:
    with kit_app.instance().database.writing() as connection:
        return reply(next_value(connection, "here", "thing", count=start))


@pytest.fixture
def client(instance: Instance) -> FlaskClient:
    app = kit_app.make_app(__name__, instance, render_error=lambda status, what: reply({"says": what}, status))
    app.add_url_rule("/broken", "broken", break_down)
    app.add_url_rule("/folder", "folder", lambda: reply({"of": str(kit_app.instance().repositories)}))
    app.add_url_rule("/numbers/<int:number>", "number", lambda number: reply({"number": number}))
    app.add_url_rule("/names/<int:number>", "numbered", lambda number: reply({"number": number}))
    app.add_url_rule("/names/<name>", "named", lambda name: reply({"name": name}))
    app.add_url_rule("/count", "count", lambda: count(json_body()["start"]), methods=["POST"])
    return app.test_client()


def test_an_app_knows_its_instance(client: FlaskClient, instance: Instance) -> None:
    assert client.get("/folder").get_json() == {"of": str(instance.repositories)}


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/unknown"), ("POST", "/folder"), ("PROPFIND", "/folder"), ("DELETE", "/numbers/1")]
)
def test_what_is_not_emulated_says_so_with_method_and_path(client: FlaskClient, method: str, path: str) -> None:
    response = client.open(path, method=method, base_url="http://localhost")

    assert response.status_code == 501
    assert method in response.get_json()["says"]


@pytest.mark.parametrize("path", ["/numbers/-1", "/numbers/x", "/numbers/%D9%A1", "/numbers/"])
def test_an_address_whose_values_nothing_can_have_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path, base_url="http://localhost").status_code == 404


def test_a_failure_is_500_without_its_reason_and_is_logged(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        response = client.get("/broken")

    assert response.status_code == 500
    assert response.get_json() == {"says": "Internal Server Error"}
    assert "RuntimeError" in caplog.text


@pytest.mark.parametrize("path", ["/folder%00", "/%00", "/folder?q=a%00b"])
def test_a_nul_in_the_address_is_400(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 400


def test_a_number_that_no_column_holds_is_404(client: FlaskClient) -> None:
    assert client.get("/numbers/9" + "0" * 17).status_code == 200
    assert client.get("/numbers/9" + "0" * 30).status_code == 404


def test_a_name_of_many_digits_is_a_name(client: FlaskClient) -> None:
    assert client.get("/names/" + "1" * 40).get_json() == {"name": "1" * 40}
    assert client.get("/names/12").get_json() == {"number": 12}


def test_a_value_that_no_column_holds_is_400(client: FlaskClient) -> None:
    assert client.post("/count", json={"start": 2**64 - 1}).status_code == 400


def test_the_same_on_postgresql(postgresql_url_with_tables: str, tmp_path: Path) -> None:
    database = Database(postgresql_url_with_tables)
    app = kit_app.make_app(
        __name__,
        Instance(database=database, repositories=tmp_path, now=TickingClock()),
        render_error=lambda status, what: reply({"says": what}, status),
    )
    app.add_url_rule("/count", "count", lambda: count(json_body()["start"]), methods=["POST"])

    assert app.test_client().post("/count", json={"start": 2**64 - 1}).status_code == 400
    database.close()


@pytest.mark.parametrize("path", ["/%ff%fe", "/../../etc/passwd", "/%2e%2e/x", "/" + "a" * 8000, "/%E2%80%AE"])
def test_an_odd_address_is_merely_not_emulated(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 501
