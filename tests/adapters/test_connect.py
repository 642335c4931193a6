"""The connection as a whole: what its check finds, what it keeps to itself."""

from __future__ import annotations

import gc
import socket
from http.client import HTTPConnection
from pathlib import Path

import pytest

from simulator.adapters.connect import connect
from simulator.adapters.github_accounts import GithubAccounts, is_near
from simulator.adapters.jira_accounts import cloud_only
from simulator.adapters.patience import Patience
from simulator.errors import AdapterError, AuthenticationFailed, SetupError
from simulator.model import actions as do
from simulator.model.keys import PullRef
from tests.adapters.builders import ALICE, BOB, CAROL, credentials_of, services_at
from tests.adapters.conftest import QUICK, Run


@pytest.fixture
def nobody() -> str:
    """An address where nothing answers."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}"


def test_good_tokens_pass(run: Run) -> None:
    run.connection.check()


def test_a_token_of_somebody_else_is_named(run: Run) -> None:
    swapped = {
        **run.services.credentials,
        BOB: credentials_of("bob", github_token="carol-token", jira_token="bob-token"),
    }
    del swapped[CAROL]

    with pytest.raises(AuthenticationFailed, match="learner belongs to carol, not to bob"):
        run.connect(credentials=swapped).check()


def test_one_token_may_serve_several_seats(run: Run) -> None:
    shared = {
        seat: credentials_of(person.login, github_token="alice-token")
        for seat, person in run.services.credentials.items()
    }

    run.connect(credentials=shared).check()


def test_a_service_that_does_not_answer_is_named_and_may_be_asked_again(nobody: str, tmp_path: Path, run: Run) -> None:
    connection = connect(services_at(nobody), now=run.site.clock, workdir=tmp_path, patience=QUICK)

    with pytest.raises(AdapterError) as caught:
        connection.check()
    assert (caught.value.service, caught.value.retryable, caught.value.where) == ("Jira", True, f"{nobody}/jira")

    with pytest.raises(AdapterError) as caught:
        connection.observer.observe({})
    assert (caught.value.service, caught.value.retryable) == ("GitHub", True)

    with pytest.raises(AdapterError) as caught:
        connection.performer.perform(do.PushCommit(actor=BOB, branch="x", message="m", files=()), bindings={})
    assert (caught.value.service, caught.value.retryable) == ("git", True)


def test_a_closed_connection_waits_for_nobody(nobody: str, tmp_path: Path, run: Run) -> None:
    patient = Patience(attempts=9, first_wait_s=60)
    connection = connect(services_at(nobody), now=run.site.clock, workdir=tmp_path, patience=patient)
    connection.close()

    with pytest.raises(AdapterError):
        connection.observer.observe({})


def test_a_proxy_before_this_machine_is_said(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", "http://proxy.example:3128")

    with pytest.raises(SetupError) as caught:
        run.connection.check()
    assert "NO_PROXY" in caught.value.to_do

    monkeypatch.setenv("no_proxy", "localhost,127.0.0.1")
    run.connection.check()


def test_a_jira_that_is_not_cloud_is_refused() -> None:
    with pytest.raises(AdapterError, match="not Jira Cloud"):
        cloud_only({"deploymentType": "Server"}, url="http://h")


@pytest.mark.parametrize(
    ("url", "near"),
    [
        ("http://127.0.0.1:8000/x", True),
        ("http://127.9.9.9", True),
        ("http://localhost:1/x", True),
        ("http://api.github.localhost", True),
        ("http://[::1]:8000/", True),
        ("https://api.github.com", False),
        ("https://localhost.example.com", False),
        ("http://10.0.0.1", False),
    ],
)
def test_near_is_this_machine_only(url: str, near: bool) -> None:
    assert is_near(url) is near


def test_far_services_are_not_hurried() -> None:
    accounts = GithubAccounts(services_at("https://api.example.com"))

    far = accounts.client(ALICE).requester.kwargs
    near = GithubAccounts(services_at("http://127.0.0.1:1")).client(ALICE).requester.kwargs

    assert (far["seconds_between_requests"], far["seconds_between_writes"]) == (0.25, 1)
    assert (near["seconds_between_requests"], near["seconds_between_writes"]) == (None, None)


def test_no_connection_to_this_machine_is_held_while_nothing_is_asked(run: Run) -> None:
    others = _connections()
    run.repository()
    run.project()
    run.look()
    ours = [connection for connection in _connections() if connection not in others]

    run.connection.rest()

    assert len(ours) >= 2
    assert [connection.fileno() for connection in ours] == [-1] * len(ours)
    assert run.look() == []


def _connections() -> list[socket.socket]:
    """The sockets of HTTP clients in this process."""
    clients = [thing for thing in gc.get_objects() if isinstance(thing, HTTPConnection)]
    return [connection.sock for connection in clients if connection.sock is not None]


def test_tokens_show_in_no_repr_and_no_log(run: Run, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    run.repository()
    run.project()
    run.look()
    with pytest.raises(AdapterError) as caught:
        run.perform(do.ClosePullRequest(actor=BOB, pull=PullRef("#99")))

    told = caplog.text + repr(run.services) + repr(run.connection) + str(caught.value) + caught.value.where
    assert "-token" not in told
