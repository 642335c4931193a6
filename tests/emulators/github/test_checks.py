"""Check runs and check suites through PyGithub."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from github.Repository import Repository

from tests.emulators.conftest import Site


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
        {"name": "ci", "output": "x"},
        {"name": "x" * 300},
    ],
)
def test_a_run_that_will_not_do_is_422(site: Site, repository: Repository, body: dict[str, object]) -> None:
    sha = repository.get_branch("main").commit.sha
    whole = body if body == {"name": "ci"} else {"head_sha": sha, **body}

    assert site.session("bob").post(f"{repository.url}/check-runs", json=whole).status_code == 422
    assert site.session("bob").patch(f"{repository.url}/check-runs/99", json={}).status_code == 404
