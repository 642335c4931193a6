"""Faults on order, as a client meets them."""

from __future__ import annotations

import time
from typing import Any

import pytest
from github import GithubException, RateLimitExceededException
from jira import JIRAError

from simulator.emulators.kit.faults import MOST, Fault
from simulator.emulators.server import Emulators
from tests.emulators.conftest import Site, TickingClock
from tests.emulators.control.conftest import Control


def order(control: Control, **wanted: Any) -> dict[str, Any]:
    answer = control("POST", "/faults", json=wanted)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def test_a_route_answers_badly_so_many_times(site: Site, control: Control) -> None:
    order(control, service="github", method="GET", path="/repos/{owner}/{repo}/issues", status=503, times=2)
    repo = site.github().get_repo("acme/payments")

    for _ in range(2):
        with pytest.raises(GithubException) as caught:
            list(repo.get_issues())
        assert (caught.value.status, caught.value.data["message"]) == (503, "Service Unavailable")
    assert list(repo.get_issues()) == []
    (fault,) = control("GET", "/faults").json()["faults"]
    assert (fault["seen"], fault["struck"]) == (2, 2)
    assert [e["status"] for e in control("GET", "/journal?status=503").json()["entries"]] == [503, 503]


def test_both_kinds_of_rate_limits_speak_each_service_s_words(site: Site, control: Control) -> None:
    order(control, rate_limit="primary", retry_after_s=90, times=2)
    with pytest.raises(RateLimitExceededException):
        site.github().get_user().login  # noqa: B018 - PyGithub asks only when an attribute is read
    answer = site.session().get(f"{site.api_url}/user")
    order(control, rate_limit="secondary", retry_after_s=7)
    secondary = site.session().get(f"{site.api_url}/user")
    jira = site.jira_session().get(f"{site.jira_url}/rest/api/3/myself")

    assert (answer.status_code, answer.headers["X-RateLimit-Remaining"]) == (403, "0")
    assert int(answer.headers["X-RateLimit-Reset"]) > 90
    assert (secondary.status_code, secondary.headers["Retry-After"]) == (403, "7")
    assert secondary.json()["message"].startswith("You have exceeded a secondary rate limit")
    assert (jira.status_code, jira.headers["Retry-After"]) == (429, "7")
    assert jira.json()["errorMessages"]


def test_a_fault_may_say_what_it_likes_and_come_late(site: Site, control: Control) -> None:
    order(control, path="/user", status=418, body={"tea": True}, headers={"X-Pot": "short"}, latency_ms=60)
    order(control, path="/acme/payments.git/**", status=500, body="no git today")
    late = order(control, service="jira", path="/rest/api/3/myself", latency_ms=60)
    began = time.monotonic()

    tea = site.session().get(f"{site.api_url}/user")
    git = site.session().get(f"{site.html_url}/acme/payments.git/info/refs?service=git-upload-pack")
    me = site.jira_session().get(f"{site.jira_url}/rest/api/3/myself")

    assert (tea.status_code, tea.json(), tea.headers["X-Pot"]) == (418, {"tea": True}, "short")
    assert (git.status_code, git.text) == (500, "no git today")
    assert (me.status_code, late["struck"]) == (200, 0)
    assert time.monotonic() - began >= 0.12


@pytest.mark.parametrize("path", ["/graphql", "/api/graphql", "**/graphql"])
def test_graphql_is_met_by_its_documented_path(site: Site, control: Control, path: str) -> None:
    order(control, path=path, status=502)

    struck = site.session().post(f"{site.html_url}/api/graphql", json={"query": "{viewer{login}}"})

    assert struck.status_code == 502
    assert site.session().get(f"{site.api_url}/user").status_code == 200


def test_chance_is_drawn_from_the_seed(site: Site, control: Control) -> None:
    def play() -> list[int]:
        order(control, path="/rate_limit", status=500, probability=0.5, seed=7)
        return [site.session().get(f"{site.api_url}/rate_limit").status_code for _ in range(12)]

    control("PUT", "/snapshots/start")
    first = play()
    control("POST", "/snapshots/start/restore")
    again = play()

    assert first == again
    assert set(first) == {200, 500}


def test_faults_are_taken_back_one_by_one_all_together_and_by_a_reset(site: Site, control: Control) -> None:
    made = [order(control, status=500, path="/user") for _ in range(3)]

    assert control("DELETE", f"/faults/{made[0]['id']}").status_code == 204
    assert control("DELETE", f"/faults/{made[0]['id']}").status_code == 404
    assert [fault["id"] for fault in control("GET", "/faults").json()["faults"]] == [made[1]["id"], made[2]["id"]]
    assert control("DELETE", "/faults").status_code == 204
    assert site.session().get(f"{site.api_url}/user").status_code == 200
    order(control, status=500, path="/user")
    control("POST", "/reset")
    assert site.session().get(f"{site.api_url}/user").status_code == 200


def test_faults_outlive_a_restart_and_stay_in_their_site(site: Site, other_site: Site, control: Control) -> None:
    order(control, status=500, path="/user")
    here = site.emulators.instance

    again = Emulators(
        database_url=site.emulators.database.url, folder=here.repositories.parent, now=TickingClock(), deliver=False
    )

    assert [fault.status for fault in again.faults.of(site.key)] == [500]
    assert other_site.session().get(f"{other_site.api_url}/user").status_code == 200
    again.close()


@pytest.mark.parametrize(
    "wanted",
    [
        {},
        {"status": 500, "drop": True},
        {"status": 99},
        {"status": "500x"},
        {"statuss": 500},
        {"status": 500, "service": "gitlab"},
        {"status": 500, "method": "get"},
        {"status": 500, "path": "**a**b**c**d**"},
        {"status": 500, "path": "/" + "x" * 500},
        {"status": 500, "path": "user"},
        {"status": 500, "headers": {"X": "a\r\nSet-Cookie: b"}},
        {"status": 500, "headers": {"X:": "a"}},
        {"status": 500, "probability": 0},
        {"status": 500, "times": 0},
        {"latency_ms": 3_600_000},
        {"rate_limit": "tertiary"},
        {"status": 500, "id": 4},
    ],
)
def test_what_is_no_fault_is_refused_with_its_problems(control: Control, wanted: dict[str, Any]) -> None:
    answer = control("POST", "/faults", json=wanted)

    assert answer.status_code == 422
    assert answer.json()["problems"]
    assert control("GET", "/faults").json() == {"faults": []}


def test_there_is_an_end_of_faults(site: Site, control: Control) -> None:
    for _ in range(MOST):
        site.emulators.faults.add(site.key, Fault(status=500, path="/none"))

    assert control("POST", "/faults", json={"status": 500}).status_code == 422


def test_a_jira_fault_is_met_by_its_client(site: Site, control: Control) -> None:
    order(control, service="jira", path="/rest/api/*/issue/{key}", status=500)

    with pytest.raises(JIRAError) as caught:
        site.jira().issue("AUTOTEST-1")

    assert caught.value.status_code == 500
