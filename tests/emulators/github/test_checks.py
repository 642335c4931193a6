"""Check runs and check suites through PyGithub."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from github.Repository import Repository

from tests.emulators.conftest import Site
from tests.emulators.github.description import flaws
from tests.emulators.github.pulls import a_pull


@pytest.fixture
def repository(site: Site) -> Repository:
    """acme/payments as somebody who may push sees it."""
    return site.github("bob").get_repo("acme/payments")


def test_a_check_runs_from_queued_to_its_conclusion(repository: Repository) -> None:
    sha = repository.get_branch("main").commit.sha
    output = {"title": "Tests", "summary": "3 failed"}

    run = repository.create_check_run("ci", sha, external_id="7")
    assert (run.status, run.conclusion) == ("queued", None)
    run.edit(status="in_progress")
    run.edit(conclusion="failure", output=output)

    found = repository.get_check_run(run.id)
    assert (found.status, found.conclusion, found.external_id) == ("completed", "failure", "7")
    assert (found.output.title, found.output.summary) == ("Tests", "3 failed")
    assert found.completed_at is not None


def test_the_last_run_of_each_name_is_listed_unless_all_are_wanted(repository: Repository) -> None:
    sha = repository.get_branch("main").commit.sha
    for conclusion in ("failure", "success"):
        repository.create_check_run("ci", sha, status="completed", conclusion=conclusion)
    repository.create_check_run("lint", sha)
    commit = repository.get_commit(sha)

    assert [(run.name, run.conclusion) for run in commit.get_check_runs()] == [("lint", None), ("ci", "success")]
    assert commit.get_check_runs(filter="all").totalCount == 3
    assert [run.name for run in commit.get_check_runs(check_name="ci")] == ["ci"]
    assert [run.name for run in commit.get_check_runs(status="queued")] == ["lint"]


def test_the_suite_sums_its_runs_up(repository: Repository) -> None:
    sha = repository.get_branch("main").commit.sha
    commit = repository.get_commit(sha)
    assert commit.get_check_suites().totalCount == 0

    for name, conclusion in (("ci", "success"), ("lint", "timed_out")):
        completed_at = datetime(2026, 3, 2, 9, tzinfo=UTC)
        repository.create_check_run(
            name,
            sha,
            status="completed",
            conclusion=conclusion,
            completed_at=completed_at,
            details_url="https://x.example",
        )

    (suite,) = commit.get_check_suites()
    assert (suite.status, suite.conclusion, suite.head_branch) == ("completed", "timed_out", "main")
    assert suite.raw_data["latest_check_runs_count"] == 2


@pytest.mark.parametrize(
    "body",
    [
        {"name": "ci"},
        {"name": "ci", "head_sha": "1" * 40},
        {"name": "ci", "status": "completed"},
        {"name": "ci", "conclusion": "fine"},
        {"name": "ci", "status": "soon"},
        {"name": "ci", "completed_at": "soon", "conclusion": "success"},
        {"name": "ci", "conclusion": "stale"},
        {"name": "ci", "status": "waiting"},
        {"name": "ci", "output": "x"},
        {"name": "ci", "output": {"title": "x"}},
        {"name": "ci", "output": {"summary": "x"}},
        {"name": "ci", "output": {"title": "x", "summary": "x" * 65_536}},
        {"name": "ci", "output": {"title": "x", "summary": "x", "annotations": [{}]}},
        {"name": "ci", "output": {"title": "x", "summary": "x", "annotations": [{"path": "a"}] * 51}},
        {"name": "ci", "output": {"title": "x", "summary": "x", "images": [{"alt": "x"}]}},
        {"name": "ci", "actions": [{"label": "x", "description": "x", "identifier": "x"}] * 4},
        {"name": "ci", "actions": [{"label": "x" * 21, "description": "x", "identifier": "x"}]},
        {"name": "x" * 300},
    ],
)
def test_a_run_that_will_not_do_is_422(site: Site, repository: Repository, body: dict[str, object]) -> None:
    sha = repository.get_branch("main").commit.sha
    whole = body if body == {"name": "ci"} else {"head_sha": sha, **body}

    assert site.session("bob").post(f"{repository.url}/check-runs", json=whole).status_code == 422
    assert site.session("bob").patch(f"{repository.url}/check-runs/99", json={}).status_code == 404


def annotation(line: int, **more: object) -> dict[str, object]:
    """A warning about a line of the readme."""
    return {
        "path": "README.md",
        "start_line": line,
        "end_line": line,
        "annotation_level": "warning",
        "message": "x",
        **more,
    }


def test_annotations_add_up_and_come_in_pages(site: Site, repository: Repository) -> None:
    sha = repository.get_branch("main").commit.sha
    output = {"title": "Lint", "summary": "much"}
    run = repository.create_check_run(
        "lint", sha, output={**output, "annotations": [annotation(line) for line in range(1, 51)]}
    )

    run.edit(
        output={**output, "summary": "more", "annotations": [annotation(51, title="T", start_column=2, end_column=3)]}
    )

    found = repository.get_check_run(run.id)
    assert (found.output.summary, found.output.annotations_count) == ("more", 51)
    assert [each.start_line for each in found.get_annotations()] == list(range(1, 52))
    path = f"/repos/acme/payments/check-runs/{run.id}/annotations"
    last = site.session().get(f"{site.api_url}{path}?per_page=50&page=2")
    assert flaws("GET", path, 200, last.json()) == []
    assert (last.json()[0]["title"], last.json()[0]["start_column"]) == ("T", 2)
    assert set(last.links) == {"first", "prev"}
    bad = annotation(2, end_line=1)
    refused = site.session("bob").patch(run.url, json={"output": {**output, "annotations": [bad]}})
    assert refused.status_code == 422


def test_a_suite_that_is_asked_for_again_waits_until_a_run_moves(site: Site, repository: Repository) -> None:
    sha = repository.get_branch("main").commit.sha
    run = repository.create_check_run("ci", sha, conclusion="failure")
    (suite,) = repository.get_commit(sha).get_check_suites()
    assert (suite.status, suite.conclusion) == ("completed", "failure")

    assert suite.rerequest()

    again = repository.get_check_suite(suite.id)
    assert (again.status, again.conclusion, again.latest_check_runs_count) == ("queued", None, 1)
    run.edit(status="in_progress")
    assert repository.get_check_suite(suite.id).status == "in_progress"
    run.edit(conclusion="success")
    assert repository.get_check_suite(suite.id).conclusion == "success"
    assert site.session("bob").post(f"{run.url}/rerequest").status_code == 201
    assert site.session("carol").post(f"{run.url}/rerequest").status_code == 403
    for path in (f"/check-suites/{suite.id}", f"/check-suites/{suite.id}/check-runs", f"/commits/{sha}/check-suites"):
        answer = site.session("carol").get(f"{repository.url}{path}")
        assert flaws("GET", f"/repos/acme/payments{path}", 200, answer.json()) == []
    assert site.session().get(f"{repository.url}/check-suites/99").status_code == 404
    assert site.session().get(f"{repository.url}/commits/{sha}/check-runs?app_id=1").json()["total_count"] == 0


def test_checks_name_the_pull_requests_they_are_for(site: Site, repository: Repository) -> None:
    pull = a_pull(site)
    run = repository.create_check_run("ci", pull.head.sha)

    assert [(each.number, each.head.ref, each.base.ref) for each in run.pull_requests] == [(1, "feature", "main")]

    pull.edit(state="closed")
    assert repository.get_check_run(run.id).pull_requests == []
