"""The first sprint as a learner lives it: from `status --json` to a merged pull request, through git, PyGithub and jira."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.conftest import Process
from tests.journeys.learner import Learner

_PATIENCE = 150


def _eventually(question: Callable[[], Any]) -> Any:
    pause = threading.Event()
    for _ in range(_PATIENCE):
        answer = question()
        if answer:
            return answer
        pause.wait(0.2)
    raise AssertionError("it did not come to pass")


def _start(process: Process, *options: str) -> dict[str, Any]:
    status = process.json("start", "first-sprint", "--pace", "4h", *options)
    assert status["state"] == "running", status
    return dict(status)


def _card(process: Process, run: str) -> dict[str, Any]:
    return dict(process.json("score", "--run", run))


def play(process: Process, status: dict[str, Any], folder: Path) -> None:
    """The journey itself; the same on SQLite, on PostgreSQL, and on services of another process."""
    run = status["run"]
    learner = Learner(status, folder)
    issue = next(i for i in learner.jira.search_issues("sprint in openSprints() AND status = 'To Do' ORDER BY rank"))
    before = _card(process, run)["score"]

    learner.move(issue.key, "In Progress")
    learner.branch("feature/rounding-without-a-key")
    learner.commit(
        "feat: round amounts half up",
        {"payments/extra.py": '"""Rounding."""\n\n\ndef half(value):\n    return value / 2\n'},
    )
    learner.push()
    finding = _eventually(lambda: _finding(process, run, "FL-01", "feature/rounding-without-a-key"))
    assert finding["url"].startswith("http")
    assert finding["how_to_fix"]
    assert finding["points_lost"] >= 0

    pull = learner.open_pull_request(
        head="feature/rounding-without-a-key",
        title=f"feat: round amounts half up ({issue.key})",
        body=f"Rounds amounts half up, for {issue.key}. Nothing else changes. Tested by hand.",
    )
    _eventually(lambda: _fact(process, run, "pull_request_opened", f"pull:{pull.number}"))
    review = _advance_until_reviewed(process, run, pull)
    assert review.state == "CHANGES_REQUESTED"
    assert review.user.login != status["github"]["login"]

    learner.commit(
        "test: cover the rounding",
        {"tests/test_extra.py": "from payments.extra import half\n\n\ndef test_half():\n    assert half(4) == 2\n"},
    )
    learner.push()
    _eventually(lambda: _fact(process, run, "pull_request_head", f"pull:{pull.number}", times=2))
    pull.create_review_request(reviewers=[review.user.login])
    _advance_until_approved(process, run, pull)
    pull.update()
    merged = pull.merge(merge_method="squash")
    assert merged.merged
    learner.move(issue.key, "Done")

    _eventually(lambda: _column(process, run, "Done", issue.key))
    _eventually(lambda: _card(process, run)["score"] != before)
    burndown = _api(process, f"/runs/{run}/burndown")
    assert any(step["issue"] == issue.key and step["cause"] == "done" for step in burndown["steps"])


def _advance_until_reviewed(process: Process, run: str, pull: Any) -> Any:
    for _ in range(12):
        process.json("advance", "--run", run)
        reviews = list(pull.get_reviews())
        if reviews:
            return reviews[0]
    raise AssertionError("nobody reviewed the pull request")


def _advance_until_approved(process: Process, run: str, pull: Any) -> None:
    for _ in range(12):
        process.json("advance", "--run", run)
        if any(review.state == "APPROVED" for review in pull.get_reviews()):
            return
    raise AssertionError("nobody approved the pull request")


def _finding(process: Process, run: str, rule: str, words: str) -> dict[str, Any] | None:
    found = _card(process, run)["findings"]
    return next((f for f in found if f["rule"] == rule and f["outcome"] == "breach" and words in f["message"]), None)


def _api(process: Process, path: str) -> Any:
    import requests

    return requests.get(f"{process.url}/api/v1{path}", timeout=10).json()


def _fact(process: Process, run: str, kind: str, subject: str, *, times: int = 1) -> bool:
    facts = _api(process, f"/runs/{run}/facts?most=500")["facts"]
    return sum(fact["kind"] == kind and fact["subject"] == subject for fact in facts) >= times


def _column(process: Process, run: str, status: str, key: str) -> bool:
    columns = _api(process, f"/runs/{run}/board")["columns"]
    return any(card["key"] == key for column in columns if column["status"] == status for card in column["cards"])


@pytest.fixture(params=["sqlite", "postgresql"])
def process(request: pytest.FixtureRequest, serve: Any) -> Process:
    """A server on each engine."""
    found: Process
    if request.param == "postgresql":
        url = request.getfixturevalue("postgresql_url_with_tables")
        found = serve("serve", "--port", "0", "--database", url)
    else:
        found = request.getfixturevalue("server")
    return found


def test_a_learner_goes_from_the_status_to_a_merged_pull_request(process: Process, tmp_path: Path) -> None:
    status = _start(process)
    assert {"run", "scenario", "state", "simulated_now", "day", "sprint", "score"} <= set(status)
    assert {"api_url", "html_url", "clone_url", "repository", "login", "token"} <= set(status["github"])
    assert {"url", "project", "board_id", "email", "token"} <= set(status["jira"])

    play(process, status, tmp_path)


def test_a_push_to_the_protected_branch_is_refused_in_the_push_with_the_reason(server: Process, tmp_path: Path) -> None:
    learner = Learner(_start(server), tmp_path)
    learner.commit("feat: straight to main", {"direct.txt": "no\n"})

    said = learner.git("push", "origin", "HEAD:main", good=False)

    assert "GH006" in said
    assert "remote:" in said


def test_two_runs_of_one_scenario_never_meet(server: Process, tmp_path: Path) -> None:
    first, second = _start(server), _start(server)
    assert first["run"] != second["run"]
    assert first["github"]["repository"] == second["github"]["repository"]
    assert first["jira"]["project"] == second["jira"]["project"]
    assert first["github"]["token"] != second["github"]["token"]

    one = Learner(first, tmp_path / "one")
    one.branch("feature/only-here")
    one.commit("feat: only here", {"only.txt": "here\n"})
    one.push()

    other = Learner(second, tmp_path / "two")
    assert "feature/only-here" not in [branch.name for branch in other.repository.get_branches()]
    _eventually(lambda: _fact(server, first["run"], "branch_created", "branch:feature/only-here"))
    assert not _fact(server, second["run"], "branch_created", "branch:feature/only-here")


def test_a_killed_server_loses_nothing_and_does_nothing_twice(serve: Any, tmp_path: Path) -> None:
    process = serve("serve", "--port", "0")
    run = _start(process)["run"]
    process.json("advance", "day", "3", "12:00", "--run", run)
    before = process.json("status", "--run", run)
    facts = _api(process, f"/runs/{run}/facts?most=1000")["facts"]
    port = process.url.rpartition(":")[2]
    process.kill()

    again = serve("serve", "--port", port)
    after = again.json("status", "--run", run)

    assert after["simulated_now"] >= before["simulated_now"]
    assert after["simulated_now"][:13] == before["simulated_now"][:13]
    known = {fact["source_id"]: fact for fact in _api(again, f"/runs/{run}/facts?most=1000")["facts"]}
    assert all(known[fact["source_id"]] == fact for fact in facts)
    again.json("advance", "day", "5", "12:00", "--run", run)
    notes = [
        f["detail"]["text"] for f in _api(again, f"/runs/{run}/facts?most=1000")["facts"] if f["kind"] == "note_posted"
    ]
    assert len(notes) == len(set(notes))


SEED = """
users:
  - {login: zoe,  name: Zoe,  email: zoe@example.org,  token: zoe-secret-token}
  - {login: yuri, name: Yuri, email: yuri@example.org, token: yuri-secret-token, admin: true}
  - {login: xenia, name: Xenia, email: xenia@example.org, token: xenia-secret-token}
github:
  organizations: [{login: acme, members: [zoe, yuri, xenia]}]
"""
TOKENS = {
    "SPRINTDOJO_GITHUB_TOKEN": "zoe-secret-token",
    "SPRINTDOJO_JIRA_TOKEN": "zoe-secret-token",
    "SPRINTDOJO_JIRA_EMAIL": "zoe@example.org",
    "SPRINTDOJO_GITHUB_TOKEN_TEAMMATES": "yuri-secret-token",
    "SPRINTDOJO_JIRA_TOKEN_TEAMMATES": "yuri-secret-token",
    "SPRINTDOJO_JIRA_EMAIL_TEAMMATES": "yuri@example.org",
}


def test_the_journey_passes_on_services_of_another_process_with_tokens_from_the_environment(
    serve: Any, tmp_path: Path
) -> None:
    (tmp_path / "seed.yaml").write_text(SEED)
    services = serve("emulate", "--port", "0", "--seed", str(tmp_path / "seed.yaml"), folder=tmp_path / "services")
    process = serve("serve", "--port", "0", environment=TOKENS)

    status = _start(process, "--github", f"{services.url}/github/api/v3", "--jira", f"{services.url}/jira")

    assert status["github"]["login"] == "zoe"
    assert status["github"]["api_url"].startswith(services.url)
    play(process, status, tmp_path)


def test_a_missing_token_is_named_with_its_variable(server: Process) -> None:
    said = server.command("start", "first-sprint", "--github", server.url, "--jira", server.url, status=2)

    assert "SPRINTDOJO_GITHUB_TOKEN" in said
    assert "Traceback" not in said
