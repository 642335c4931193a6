from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.web.served import Served


def test_an_address_that_is_none_has_a_page(client: FlaskClient) -> None:
    reply = client.get("/<script>alert(1)</script>")

    assert reply.status_code == 404
    assert "There is nothing here" in reply.text
    assert "<script>alert" not in reply.text


def test_under_the_api_errors_are_problem_details(client: FlaskClient) -> None:
    for path in ("/api/v1/nowhere", "/api/nowhere", "/api/v2/runs"):
        reply = client.get(path)

        assert reply.status_code == 404
        assert reply.content_type == "application/problem+json"
        assert reply.get_json()["status"] == 404


def test_another_method_is_said_to_be_wrong(client: FlaskClient) -> None:
    assert client.get("/runs").status_code == 405


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [("/runs/nope/pause", 404, "no run"), ("/runs", 403, "copy what you typed"), ("/nowhere", 404, "nothing here")],
)
def test_an_open_page_gets_a_line_to_show_beside_its_form(
    client: FlaskClient, token: str, path: str, status: int, said: str
) -> None:
    form = {"csrf_token": "of yesterday" if status == 403 else token}

    reply = client.post(path, data=form, headers={"HX-Request": "true"})

    assert (reply.status_code, reply.mimetype) == (status, "text/plain")
    assert said in reply.text
    assert "<" not in reply.text


def test_what_breaks_inside_shows_no_trace(house: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> str:
        raise ValueError("secret detail")

    monkeypatch.setitem(house.app.view_functions, "rules.book", broken)

    reply = house.app.test_client().get("/rules")

    assert reply.status_code == 500
    assert "secret detail" not in reply.text
    assert "Something broke on our side" in reply.text


def test_the_entrance_of_a_house_without_a_code_leads_in(client: FlaskClient) -> None:
    assert client.get("/enter").location == "/"
