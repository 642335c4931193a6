"""Going back to an earlier day, and branching off from one, as a learner lives it: through the API, git, PyGithub and jira."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.journeys.learner import Learner
from tests.web.served import eventually, served

_BRANCH = "feature/rounding"


def _api(url: str, path: str) -> Any:
    return requests.get(f"{url}/api/v1{path}", timeout=30).json()


def _ask(url: str, path: str, **body: str) -> dict[str, Any]:
    """Ask for something and wait until it is done."""
    job = requests.post(f"{url}/api/v1{path}", json=body, timeout=30).json()
    done = eventually(lambda: _done(_api(url, f"/runs/{job['run']}/jobs/{job['job']}")))
    assert done["state"] == "done", done
    return done


def _done(job: dict[str, Any]) -> dict[str, Any] | None:
    return None if job["state"] == "working" else job


def _facts(url: str, run: str) -> list[dict[str, Any]]:
    return list(_api(url, f"/runs/{run}/facts?most=1000")["facts"])


def _story(url: str, run: str) -> list[tuple[Any, ...]]:
    """The facts without what differs between two tellings: the wall's clock, and commits' ids that come of it."""
    facts = reversed(_facts(url, run))
    return sorted((f["at"], f["kind"], f["actor"] or "", f["subject"].split(":")[0]) for f in facts)


def _standing(url: str, learner: Learner, run: str) -> dict[str, Any]:
    """All that can be seen of a run from outside."""
    issues = learner.jira.search_issues("project is not EMPTY ORDER BY key", maxResults=False)
    return {
        "facts": _facts(url, run),
        "board": _api(url, f"/runs/{run}/board"),
        "score": {k: v for k, v in _api(url, f"/runs/{run}/scorecard").items() if k != "wall"},
        "issues": [
            (i.key, i.fields.status.name, str(i.fields.assignee), len(i.fields.comment.comments)) for i in issues
        ],
        "pulls": [(p.number, p.state, p.head.sha) for p in learner.repository.get_pulls(state="all", sort="created")],
        "refs": learner.git("ls-remote", "origin"),
        "moment": _api(url, f"/runs/{run}")["moment"],
        "upcoming": _api(url, f"/runs/{run}/upcoming"),
    }


def _work(url: str, learner: Learner, run: str, key: str) -> None:
    """Move an issue, push a branch, open a pull request."""
    learner.move(key, "In Progress")
    learner.branch(_BRANCH)
    learner.commit("feat: round half up", {"payments/half.py": '"""Halves."""\n\n\ndef half(x):\n    return x / 2\n'})
    learner.push()
    pull = learner.open_pull_request(head=_BRANCH, title=f"feat: round half up ({key})", body="Rounds half up.")
    eventually(lambda: any(f["subject"] == f"pull:{pull.number}" for f in _facts(url, run)))


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Any]:
    """A server of its own."""
    with served(tmp_path / "house") as house:
        yield house


def test_a_run_goes_back_to_a_day_and_branches_off_from_it(house: Any, tmp_path: Path) -> None:
    url, run = house.url, house.begin().id
    status = _api(url, f"/runs/{run}")
    learner = Learner(status, tmp_path)
    key = learner.jira.search_issues("sprint in openSprints() AND status = 'To Do' ORDER BY rank")[0].key
    _ask(url, f"/runs/{run}/advance", to="day 2")
    before = _standing(url, learner, run)
    assert before["moment"] == "day 2 09:00"

    _work(url, learner, run, key)
    _ask(url, f"/runs/{run}/advance", to="day 3 11:00")
    first_telling = _story(url, run)
    past = _ask(url, f"/runs/{run}/rewind", to="day 2")["result"]

    assert _standing(url, learner, run) == before
    assert _api(url, f"/runs/{run}")["state"] == "paused"
    assert _story(url, past) == first_telling
    assert _api(url, f"/runs/{past}")["state"] == "finished"
    assert _api(url, "/runs/current")["run"] == run

    learner.git("fetch", "--prune")
    learner.git("switch", "main")
    learner.git("branch", "-D", _BRANCH)
    _work(url, learner, run, key)
    _ask(url, f"/runs/{run}/advance", to="day 3 11:00")
    assert _story(url, run) == first_telling

    other = _api(url, f"/runs/{_ask(url, f'/runs/{run}/branch', at='day 2')['result']}")
    assert other["github"]["token"] != status["github"]["token"]
    assert other["moment"] == "day 2 09:00"
    elsewhere = Learner(other, tmp_path / "other")
    assert _BRANCH not in elsewhere.git("ls-remote", "origin")
    stranger = requests.get(
        f"{other['github']['api_url']}/user", headers={"Authorization": f"token {status['github']['token']}"}, timeout=9
    )
    assert stranger.status_code == 401
    _ask(url, f"/runs/{other['run']}/advance", to="day 3 11:00")
    compared = _api(url, f"/runs/{run}/compare/{other['run']}")
    assert compared["parted"]["moment"].startswith("day 2")
    assert [side["run"] for side in compared["runs"]] == [run, other["run"]]
    assert _story(url, run) == first_telling
    page = requests.get(f"{url}/runs/{run}/compare/{other['run']}", timeout=30)
    assert page.status_code == 200
    assert "until day 2" in page.text
    assert "Go back" in requests.get(f"{url}/runs/{run}", timeout=30).text

    _ask(url, f"/runs/{other['run']}/rewind", to="day 1")
    assert _api(url, f"/runs/{other['run']}")["moment"] == "day 1 09:00"
    assert elsewhere.repository.full_name  # its tokens are its own still
    third = _api(url, f"/runs/{_ask(url, f'/runs/{past}/branch', at='day 3')['result']}")
    assert third["moment"] == "day 3 09:00"
    assert _BRANCH in Learner(third, tmp_path / "third").git("ls-remote", "origin")
    refused = requests.post(f"{url}/api/v1/runs/{run}/rewind", json={"to": "day 9"}, timeout=9).json()
    assert "day 9 is not kept" in refused["title"]
