from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from flask import Flask, Response, request
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from simulator.emulators.kit import web
from simulator.emulators.kit.app import make_app
from simulator.emulators.kit.instance import Instance


def basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


@pytest.fixture
def client(instance: Instance) -> FlaskClient:
    app: Flask = make_app(__name__, instance, render_error=lambda status, what: web.reply({"says": what}, status))
    app.after_request(web.add_etag)
    app.add_url_rule("/echo", "echo", lambda: web.reply(web.json_body(limit=100_000)), methods=["POST"])
    app.add_url_rule("/value", "value", lambda: web.reply({"value": web.json_value()}), methods=["POST"])
    app.add_url_rule("/thing", "thing", lambda: web.reply({"name": request.args.get("name", "x")}))
    app.add_url_rule("/linked", "linked", lambda: web.reply([], headers={"Link": request.args.get("link", "")}))
    app.add_url_rule("/nothing", "nothing", lambda: web.reply(None, 204), methods=["DELETE"])
    return app.test_client()


@pytest.mark.parametrize(
    ("header", "user", "token"),
    [
        ("token abc-123", "", "abc-123"),
        ("Bearer abc-123", "", "abc-123"),
        ("bearer   abc-123 ", "", "abc-123"),
        (basic("alice@example.com", "abc-123"), "alice@example.com", "abc-123"),
        (basic("x-access-token", "abc-123"), "x-access-token", "abc-123"),
        (basic("abc-123", ""), "", "abc-123"),
        (basic("abc-123", "x-oauth-basic"), "", "abc-123"),
        (basic("alice", "with:colon"), "alice", "with:colon"),
    ],
)
def test_it_reads_every_form_of_authorization(header: str, user: str, token: str) -> None:
    presented = web.read_authorization(header)

    assert presented == web.Credentials(user, token)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "token",
        "token ",
        "Basic",
        "Basic !!!",
        "Basic " + "/w==",
        basic("", ""),
        basic("a\0b", "x"),
        "Digest x=1",
        "\x00",
    ],
)
def test_a_header_that_makes_no_sense_presents_nothing(header: str) -> None:
    assert web.read_authorization(header) is None


def test_a_token_never_shows_in_a_repr() -> None:
    assert "secret" not in repr(web.Credentials("alice", "secret"))


@given(st.text(max_size=60))
def test_no_authorization_header_breaks_it(header: str) -> None:
    web.read_authorization(header)


def test_a_body_comes_back_as_it_went(client: FlaskClient) -> None:
    body: dict[str, Any] = {"text": "zażółć 🥷", "list": [1, 2.5, None, True], "in": {"er": "x"}}

    assert client.post("/echo", json=body).get_json() == body


@pytest.mark.parametrize("body", [b"", b"  \n"])
def test_an_empty_body_is_an_empty_object(client: FlaskClient, body: bytes) -> None:
    assert client.post("/echo", data=body).get_json() == {}


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"{'a': 1}",
        b"nonsense",
        b'{"a": NaN}',
        b'{"a": "\xff"}',
        b"\xff\xfe{\x00}\x00",
        b'{"a": "\\ud800"}',
        b'{"a": "x\\u0000y"}',
        b'{"a": [{"\\u0000": 1}]}',
        b"[" * 2000,
        b"[" * 2000 + b"]" * 2000,
        b'{"a":' * 100 + b"1" + b"}" * 100,
        b"[]",
        b'"text"',
        b"1",
        b"[" * 90_000,
    ],
)
def test_a_bad_body_is_400_in_the_service_s_shape(client: FlaskClient, body: bytes) -> None:
    response = client.post("/echo", data=body)

    assert response.status_code == 400
    assert set(response.get_json()) == {"says"}


def test_a_body_that_talks_about_nul_is_fine(client: FlaskClient) -> None:
    assert client.post("/echo", data=b'{"a": "\\\\u0000"}').get_json() == {"a": "\\u0000"}


def test_a_wide_body_is_not_a_deep_one(client: FlaskClient) -> None:
    body = {"rows": [{"n": [n]} for n in range(500)]}

    assert client.post("/echo", json=body).get_json() == body


def test_a_huge_body_is_413(client: FlaskClient) -> None:
    response = client.post("/echo", data=b'{"a": "' + b"x" * 100_000 + b'"}')

    assert response.status_code == 413
    assert response.get_json() == {"says": "Request body is too large"}


def test_a_value_may_be_of_any_kind(client: FlaskClient) -> None:
    assert client.post("/value", data=b'"text"').get_json() == {"value": "text"}
    assert client.post("/value", data=b"[1]").get_json() == {"value": [1]}
    assert client.post("/value").get_json() == {"value": None}


def test_a_get_has_a_strong_etag_and_github_s_cache_control(client: FlaskClient) -> None:
    response = client.get("/thing")

    assert response.headers["ETag"].startswith('"')
    assert response.headers["Cache-Control"] == "private, max-age=60, s-maxage=60"


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', "*"])
def test_what_the_caller_has_already_is_304_without_a_body(client: FlaskClient, form: str) -> None:
    etag = client.get("/thing").headers["ETag"]

    again = client.get("/thing", headers={"If-None-Match": form.format(etag)})

    assert again.status_code == 304
    assert again.data == b""
    assert again.headers["ETag"] == etag


def test_another_body_or_another_link_has_another_etag(client: FlaskClient) -> None:
    tags = {client.get(path).headers["ETag"] for path in ("/thing", "/thing?name=y", "/linked", "/linked?link=z")}

    assert len(tags) == 4


def test_what_is_no_get_has_no_etag(client: FlaskClient) -> None:
    response = client.delete("/nothing")

    assert response.status_code == 204
    assert "ETag" not in response.headers
    assert "Content-Type" not in response.headers


def test_instants_are_written_as_each_service_writes_them() -> None:
    instant = datetime(2026, 11, 22, 8, 0, 0, 123_999, tzinfo=UTC)

    assert web.stamp_seconds(instant) == "2026-11-22T08:00:00Z"
    assert web.stamp_millis(instant) == "2026-11-22T08:00:00.123+0000"
    assert web.stamp_seconds(None) is None
    assert web.stamp_millis(None) is None


def test_instants_of_another_zone_are_written_in_utc() -> None:
    instant = datetime(2026, 11, 22, 1, 30, tzinfo=timezone(timedelta(hours=5, minutes=30)))

    assert web.stamp_seconds(instant) == "2026-11-21T20:00:00Z"
    assert web.stamp_millis(instant) == "2026-11-21T20:00:00.000+0000"


def test_a_streamed_reply_is_left_alone(instance: Instance) -> None:
    app = make_app(__name__, instance, render_error=lambda status, what: web.reply({"says": what}, status))
    app.after_request(web.add_etag)
    app.add_url_rule("/pack", "pack", lambda: Response(iter([b"a", b"b"])))

    response = app.test_client().get("/pack")

    assert response.data == b"ab"
    assert "ETag" not in response.headers
