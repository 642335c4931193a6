from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from simulator.model.runs import Run, RunState
from tests.web.served import Served, eventually, served

_HTMX = {"HX-Request": "true"}


@pytest.fixture(scope="module")
def steered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, Run]]:
    """A house of its own, with a run that these tests may move."""
    with served(tmp_path_factory.mktemp("steered")) as house:
        yield house, house.begin()


@pytest.fixture
def desk(steered: tuple[Served, Run]) -> tuple[FlaskClient, Run, str]:
    """Client, run and form token."""
    house, run = steered
    client = house.app.test_client()
    client.get("/")
    with client.session_transaction() as session:
        token = str(session["csrf"])
    return client, run, token


def _done(client: FlaskClient, location: str) -> str:
    return eventually(
        lambda: page if "controls__job" in (page := client.get(location).text) and "busy" not in page else None
    )


def test_the_clock_is_let_go_and_stopped_by_forms(
    desk: tuple[FlaskClient, Run, str], steered: tuple[Served, Run]
) -> None:
    client, run, token = desk

    for verb, state in (("resume", RunState.RUNNING), ("pause", RunState.PAUSED)):
        reply = client.post(f"/runs/{run.id}/{verb}", data={"csrf_token": token})

        assert reply.status_code == 303
        assert "job=" in reply.location
        _done(client, reply.location)
        assert steered[0].office.find(run.id).state is state


def test_the_clock_jumps_to_a_day_and_hour(desk: tuple[FlaskClient, Run, str]) -> None:
    client, run, token = desk

    reply = client.post(f"/runs/{run.id}/advance", data={"csrf_token": token, "day": "1", "at": "14:00"})

    assert "14:00" in _done(client, reply.location)


def test_the_pace_is_changed(desk: tuple[FlaskClient, Run, str], steered: tuple[Served, Run]) -> None:
    client, run, token = desk

    reply = client.post(f"/runs/{run.id}/pace", data={"csrf_token": token, "pace": "1h"})

    _done(client, reply.location)
    assert steered[0].office.find(run.id).pace_s == 3600


def test_with_htmx_the_clock_alone_comes_back(desk: tuple[FlaskClient, Run, str]) -> None:
    client, run, token = desk

    reply = client.post(f"/runs/{run.id}/pause", data={"csrf_token": token}, headers=_HTMX)

    assert reply.status_code == 200
    assert reply.text.lstrip().startswith('<section class="clock"')
    assert f"/runs/{run.id}/clock?job=" in reply.text


@pytest.mark.parametrize(
    "wish",
    [
        {"to": "day 99"},
        {"to": "day 99999"},
        {"day": "0", "at": "10:00"},
        {"day": "-3", "at": "x"},
        {"to": "yesterday" * 99},
    ],
)
def test_a_moment_that_cannot_be_is_said(desk: tuple[FlaskClient, Run, str], wish: dict[str, str]) -> None:
    client, run, token = desk

    with_htmx = client.post(f"/runs/{run.id}/advance", data={"csrf_token": token, **wish}, headers=_HTMX)
    without = client.post(f"/runs/{run.id}/advance", data={"csrf_token": token, **wish})

    assert 'role="alert"' in with_htmx.text
    assert without.status_code == 303
    assert 'role="alert"' in client.get(without.location).text


def test_an_unknown_run_cannot_be_steered(desk: tuple[FlaskClient, Run, str]) -> None:
    client, _, token = desk

    assert client.post("/runs/nope/pause", data={"csrf_token": token}).status_code == 404


def test_a_job_that_failed_says_why(tmp_path: Path) -> None:
    with served(tmp_path) as house:
        run = house.begin()
        client = house.app.test_client()
        client.get("/")
        with client.session_transaction() as session:
            form = {"csrf_token": session["csrf"]}

        ended = client.post(f"/runs/{run.id}/finish", data=form)
        eventually(lambda: house.office.find(run.id).state is RunState.FINISHED)
        page = client.get(ended.location).text
        again = client.post(f"/runs/{run.id}/pause", data=form)

        assert "The sprint is over" in page
        assert eventually(lambda: text if "did not work" in (text := client.get(again.location).text) else None)
