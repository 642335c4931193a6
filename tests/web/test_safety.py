from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from simulator.model.runs import Run
from tests.web.served import Served, served
from web.throttle import Throttle

_AWAY = {"REMOTE_ADDR": "192.0.2.7"}


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("guarded"), guarded=True) as house:
        yield house


def test_every_reply_has_safety_headers(client: FlaskClient) -> None:
    for path in ("/", "/nowhere", "/api/v1/runs", "/static/css/base.css"):
        headers = client.get(path).headers

        assert "unsafe" not in headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "localhost.evil"])
def test_another_host_name_is_refused(client: FlaskClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 400
    assert client.get("/api/v1/runs", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "[::1]:8000", "sprint.localhost"])
def test_names_of_this_machine_are_answered(client: FlaskClient, host: str) -> None:
    assert client.get("/rules", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("verb", ["pause", "resume", "pace", "advance", "finish"])
def test_a_form_without_its_token_is_refused(client: FlaskClient, run: Run, verb: str) -> None:
    client.get("/")

    assert client.post(f"/runs/{run.id}/{verb}").status_code == 403
    assert client.post(f"/runs/{run.id}/{verb}", data={"csrf_token": "0" * 32}).status_code == 403
    assert client.post(f"/runs/{run.id}/{verb}", data={"csrf_token": "é"}).status_code == 403


def test_a_form_from_another_origin_is_refused_even_with_the_token(client: FlaskClient, token: str) -> None:
    form = {"csrf_token": token, "scenario": "first-sprint"}

    assert client.post("/runs", data=form, headers={"Origin": "https://evil.example"}).status_code == 403
    assert client.post("/runs", data=form, headers={"Origin": "null"}).status_code == 403
    assert client.post("/runs", data=form, headers={"Origin": "http://["}).status_code == 403
    assert client.post("/runs", data=form, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_the_api_takes_writes_as_json_only(client: FlaskClient, run: Run) -> None:
    reply = client.post(f"/api/v1/runs/{run.id}/pause", data={"to": "end"})

    assert reply.status_code == 403
    assert reply.content_type == "application/problem+json"


def test_a_visitor_from_elsewhere_is_sent_to_the_entrance(guarded: Served) -> None:
    client = guarded.app.test_client()

    page = client.get("/", environ_overrides=_AWAY)
    answer = client.get("/api/v1/runs", environ_overrides=_AWAY)

    assert (page.status_code, page.location) == (302, "/enter")
    assert answer.status_code == 401
    assert client.get("/enter", environ_overrides=_AWAY).status_code == 200
    assert client.get("/static/css/base.css", environ_overrides=_AWAY).status_code == 200


def test_the_access_code_lets_a_visitor_in(guarded: Served) -> None:
    client, away = guarded.app.test_client(), {"REMOTE_ADDR": "192.0.2.8"}
    client.get("/enter", environ_overrides=away)
    with client.session_transaction() as session:
        form = {"code": guarded.office.access_code(), "csrf_token": session["csrf"]}

    reply = client.post("/enter", data=form, environ_overrides=away)

    assert (reply.status_code, reply.location) == (303, "/")
    assert client.get("/", environ_overrides=away).status_code == 200


def test_a_bearer_of_the_access_code_may_use_the_api(guarded: Served) -> None:
    client, away = guarded.app.test_client(), {"REMOTE_ADDR": "192.0.2.9"}
    bearer = {"Authorization": f"Bearer {guarded.office.access_code()}"}

    assert client.get("/api/v1/runs", headers=bearer, environ_overrides=away).status_code == 200
    assert (
        client.get("/api/v1/runs", headers={"Authorization": "Bearer wrong"}, environ_overrides=away).status_code == 401
    )


def test_a_wrong_code_is_said_and_after_ten_nobody_listens(guarded: Served) -> None:
    client, away = guarded.app.test_client(), {"REMOTE_ADDR": "192.0.2.10"}

    statuses = [client.post("/enter", data={"code": "guess"}, environ_overrides=away).status_code for _ in range(10)]
    eleventh = client.post("/enter", data={"code": guarded.office.access_code()}, environ_overrides=away)

    assert set(statuses) == {403}
    assert eleventh.status_code == 429
    assert "too many" in eleventh.text


def test_somebody_on_the_machine_itself_needs_no_code(guarded: Served) -> None:
    assert guarded.app.test_client().get("/", headers={"Host": "127.0.0.1:8000"}).status_code == 200


def test_a_local_proxy_with_a_public_name_is_no_way_around_the_code(guarded: Served) -> None:
    reply = guarded.app.test_client().get("/", headers={"Host": "dojo.example"})

    assert reply.location == "/enter"


def test_a_throttle_forgets_after_a_minute() -> None:
    throttle = Throttle()
    for second in range(10):
        throttle.note("peer", second)

    assert throttle.is_full("peer", 10)
    assert not throttle.is_full("another", 10)
    assert not throttle.is_full("peer", 70)


def test_a_throttle_remembers_the_latest_of_very_many_peers() -> None:
    throttle = Throttle()
    for number in range(1_100):
        for _ in range(10):
            throttle.note(f"peer {number}", number / 100)

    assert not throttle.is_full("peer 0", 11)
    assert throttle.is_full("peer 1099", 11)


def test_the_session_is_kept_from_scripts_and_other_sites(house: Served, client: FlaskClient) -> None:
    cookie = client.get("/").headers["Set-Cookie"]

    assert cookie.startswith(f"sprintdojo_{urlsplit(house.url).port}=")  # a second server on this machine has its own
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_body_beyond_a_megabyte_is_refused(client: FlaskClient, run: Run, tmp_path: Path) -> None:
    reply = client.post(
        f"/api/v1/runs/{run.id}/pace", data=b"{" + b" " * 1_100_000 + b"}", content_type="application/json"
    )

    assert reply.status_code == 413
