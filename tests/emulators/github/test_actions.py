"""GitHub Actions as far as they are read: workflows, queued runs, and somebody who plays the runner."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

import pytest
from github import GithubException

from simulator.emulators.github.state.workflow_patterns import matches
from tests.emulators.conftest import Site
from tests.emulators.github.description import flaws
from tests.emulators.github.pulls import a_commit, a_pull, a_repository
from tests.emulators.github.test_announce import a_hook, told
from tests.emulators.github.webhook_description import flaws as payload_flaws

ROOT = "/repos/acme/payments"
CI = """
name: CI
on:
  push:
    branches: [main, 'release/**', '!release/old']
    paths-ignore: ['docs/**']
  pull_request:
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - name: Unit tests
        run: make test
  lint:
    name: Lint it
    runs-on: [self-hosted, linux]
    steps:
      - run: make lint
"""
DEPLOY = """
on:
  workflow_dispatch:
    inputs:
      where: {type: choice, options: [test, live], required: true}
      why: {default: because}
jobs:
  deploy: {runs-on: ubuntu-latest, steps: [{run: ./deploy}]}
"""
BROKEN = "on: [push\njobs: {"


def with_workflows(site: Site, **files: str) -> None:
    """Workflow files on main, by the names of the files without their ending."""
    a_commit(site, "main", {f".github/workflows/{name}.yml": text for name, text in files.items()}, login="alice")


def playing(site: Site) -> None:
    """Somebody plays the runner from now on."""
    assert site.session().put(f"{site.url}/emulator/actions", json={"runner": True}).json() == {"runner": True}


def moved(site: Site, run_id: int, body: Mapping[str, Any]) -> Any:
    """The reply to moving a run on."""
    return site.session().post(f"{site.url}/emulator/actions/runs/{run_id}", json=body)


def checked(site: Site, path: str) -> Any:
    """The body of a GET that is as GitHub describes it."""
    answer = site.session().get(f"{site.api_url}{ROOT}{path}")
    assert answer.status_code == 200, answer.text
    assert [
        flaw for flaw in flaws("GET", ROOT + path.partition("?")[0], 200, answer.json()) if "noroute" not in flaw
    ] == []
    return answer.json()


def test_workflows_are_the_files_of_the_default_branch(site: Site) -> None:
    with_workflows(site, ci=CI, broken=BROKEN)
    repository = a_repository(site)

    first, second = sorted(repository.get_workflows(), key=lambda workflow: workflow.path)

    assert (first.name, first.path, first.state) == (
        ".github/workflows/broken.yml",
        ".github/workflows/broken.yml",
        "active",
    )
    assert (second.name, repository.get_workflow("ci.yml").id) == ("CI", second.id)
    assert second.disable()
    assert repository.get_workflow(second.id).state == "disabled_manually"
    assert second.enable()
    a_commit(site, "main", {".github/workflows/ci.yml": None}, login="alice")
    assert {each["name"]: each["state"] for each in checked(site, "/actions/workflows")["workflows"]} == {
        "CI": "deleted",
        ".github/workflows/broken.yml": "active",
    }
    assert site.session().get(f"{repository.url}/actions/workflows/none.yml").status_code == 404


def test_nothing_is_queued_unless_somebody_plays_the_runner(site: Site) -> None:
    with_workflows(site, ci=CI)
    pull = a_pull(site)

    assert a_repository(site).get_workflow_runs().totalCount == 0
    assert pull.get_commits()[0].get_check_suites().totalCount == 0


def test_a_pull_request_waits_for_its_runs_and_they_are_moved_on(site: Site) -> None:
    with_workflows(site, ci=CI)
    playing(site)
    repository = a_repository(site)
    repository.get_branch("main").edit_protection(strict=False, contexts=["test"])
    a_hook(site, "workflow_run", "workflow_job", "check_suite")
    pull = a_pull(site)
    (run,) = repository.get_workflow_runs(event="pull_request")

    assert (run.status, run.name, run.display_title, run.head_sha) == ("queued", "CI", pull.title, pull.head.sha)
    assert [pull["number"] for pull in run.raw_data["pull_requests"]] == [1]
    assert [(job.name, job.raw_data["labels"]) for job in run.jobs()] == [
        ("test", ["ubuntu-latest"]),
        ("Lint it", ["self-hosted", "linux"]),
    ]
    with pytest.raises(GithubException) as refused:
        a_repository(site, "bob").get_pull(1).merge()
    assert refused.value.status == 405

    log = "\n".join(f"line {number}" for number in range(3))
    steps = [{"name": "Set up job", "log": "set up\n"}, {"name": "Unit tests", "log": log, "conclusion": "failure"}]
    assert moved(site, run.id, {"status": "in_progress"}).json()["status"] == "in_progress"
    body = {"jobs": {"test": {"status": "completed", "conclusion": "failure", "steps": steps}}}
    assert moved(site, run.id, body).json()["status"] == "in_progress"
    assert moved(site, run.id, {"status": "completed", "conclusion": "success"}).json()["conclusion"] == "failure"
    assert moved(site, run.id, {"status": "completed", "conclusion": "success"}).json()["conclusion"] == "failure"
    assert moved(site, run.id, body).status_code == 409

    job = next(job for job in run.jobs() if job.name == "test")
    assert [(step.name, step.conclusion) for step in job.steps] == [
        ("Set up job", "failure"),
        ("Unit tests", "failure"),
    ]
    assert site.session().get(job.logs_url()).text == f"set up\n{log}"
    with zipfile.ZipFile(io.BytesIO(site.session().get(run.logs_url).content)) as packed:
        assert packed.read("test/2_Unit tests.txt").decode() == log
    heard = [(event, payload["action"]) for event, payload in told(site)]
    assert heard.count(("workflow_job", "queued")) == heard.count(("workflow_job", "completed")) == 2
    runs_heard = [action for event, action in heard if event == "workflow_run"]
    assert (runs_heard, heard.count(("check_suite", "completed"))) == (["requested", "in_progress", "completed"], 1)
    assert [flaw for event, payload in told(site) for flaw in payload_flaws(event, payload)] == []


def test_a_run_is_run_again_whole_or_where_it_failed_and_is_cancelled(site: Site) -> None:
    with_workflows(site, ci=CI)
    playing(site)
    a_commit(site, "main", {"a.txt": "1"}, login="alice", message="feat: a\n\nbody")
    repository = a_repository(site)
    (run,) = repository.get_workflow_runs(event="push", branch="main", actor="alice", status="queued")
    assert (run.run_number, run.display_title) == (1, "feat: a")

    assert site.session().post(run.rerun_url).status_code == 403
    moved(site, run.id, {"jobs": {"test": {"status": "completed", "conclusion": "success"}}})
    moved(site, run.id, {"status": "completed", "conclusion": "timed_out"})
    assert site.session().post(f"{run.url}/rerun-failed-jobs").status_code == 201
    again = repository.get_workflow_run(run.id)
    assert (again.run_attempt, again.status) == (2, "queued")
    assert {job.name: job.conclusion for job in again.jobs()} == {"test": "success", "Lint it": None}
    assert len(checked(site, f"/actions/runs/{run.id}/jobs?filter=all")["jobs"]) == 4
    assert len(site.session().get(f"{run.url}/attempts/1/jobs").json()["jobs"]) == 2
    assert again.cancel()
    assert site.session().post(again.cancel_url).status_code == 409
    assert repository.get_workflow_run(run.id).conclusion == "cancelled"
    assert site.session("bob").post(run.rerun_url).status_code == 201
    assert repository.get_workflow_run(run.id).raw_data["triggering_actor"]["login"] == "bob"
    checks = repository.get_commit(run.head_sha).get_check_runs()
    assert {check.name: check.status for check in checks} == {"test": "queued", "Lint it": "queued"}


def test_filters_say_what_is_queued(site: Site) -> None:
    with_workflows(site, ci=CI)
    playing(site)
    a_commit(site, "release/1/2", {"a.txt": "1"})
    a_commit(site, "release/old", {"b.txt": "1"})
    a_commit(site, "topic", {"c.txt": "1"})
    a_commit(site, "main", {"docs/a.md": "1"}, login="alice")
    a_commit(site, "main", {"d.txt": "1"}, login="alice", message="feat: d [skip ci]")
    repository = a_repository(site)

    assert [run.head_branch for run in repository.get_workflow_runs()] == ["release/1/2"]
    assert repository.get_workflow_runs(branch="topic").totalCount == 0
    day = site.clock().date().isoformat()
    for created, count in ((f">={day}", 1), (f"<{day}", 0), (f"2020-01-01..{day}", 1), (day, 1), ("*..2020-01-01", 0)):
        assert checked(site, f"/actions/runs?created={created}")["total_count"] == count, created
    assert repository.get_workflow_runs(actor="nobody").totalCount == 0
    for bad in ("status=nonsense", "created=soon", "created=>=x..y"):
        assert site.session().get(f"{repository.url}/actions/runs?{bad}").status_code == 422, bad


@pytest.mark.parametrize(
    ("name", "patterns", "expected"),
    [
        ("main", ["main"], True),
        ("release/1", ["release/*"], True),
        ("release/1/2", ["release/*"], False),
        ("release/1/2", ["release/**"], True),
        ("v12", ["v[0-9]+"], True),
        ("v", ["v[0-9]?"], True),
        ("a+b", ["a\\+b"], True),
        ("main", ["**", "!main"], False),
        ("main", ["!main", "**"], True),
        ("x", ["[z-a]", "+"], False),
    ],
)
def test_patterns_are_those_of_github(name: str, patterns: list[str], expected: bool) -> None:
    assert matches(name, patterns) is expected


def test_a_workflow_is_started_by_hand(site: Site) -> None:
    with_workflows(site, ci=CI, deploy=DEPLOY)
    session, url = site.session("bob"), f"{site.api_url}{ROOT}/actions/workflows/deploy.yml/dispatches"

    answer = session.post(url, json={"ref": "main", "inputs": {"where": "live"}, "return_run_details": True})

    assert answer.status_code == 200
    assert flaws("POST", f"{ROOT}/actions/workflows/deploy.yml/dispatches", 200, answer.json()) == []
    run = checked(site, f"/actions/runs/{answer.json()['workflow_run_id']}")
    assert (run["event"], run["head_branch"], run["actor"]["login"]) == ("workflow_dispatch", "main", "bob")
    assert session.post(url, json={"ref": "refs/heads/main", "inputs": {"where": "test"}}).status_code == 204
    assert checked(site, "/actions/workflows/deploy.yml/runs")["total_count"] == 2
    for body, message in (
        ({}, '"ref" wasn\'t supplied'),
        ({"ref": "nowhere", "inputs": {"where": "live"}}, "No ref found for: nowhere"),
        ({"ref": "main"}, "Required input 'where' not provided"),
        ({"ref": "main", "inputs": {"where": "moon"}}, "not in the list of allowed values"),
        ({"ref": "main", "inputs": {"where": "live", "x": 1}}, 'Unexpected inputs provided: ["x"]'),
        ({"ref": "main", "inputs": []}, None),
        ({"ref": "main", "inputs": "x"}, "inputs"),
        ({"ref": 1}, "ref"),
    ):
        refused = session.post(url, json=body)
        assert refused.status_code == 422, body
        assert message is None or message in refused.json()["message"]
    assert session.post(url.replace("deploy", "ci"), json={"ref": "main"}).json()["message"] == (
        "Workflow does not have 'workflow_dispatch' trigger"
    )
    assert site.session("carol").post(url, json={"ref": "main"}).status_code == 403
    assert session.post(url.replace("deploy", "none"), json={"ref": "main"}).status_code == 404


def test_a_log_is_for_those_who_may_read_and_its_address_for_a_minute(site: Site) -> None:
    with_workflows(site, ci=CI)
    playing(site)
    a_commit(site, "main", {"a.txt": "1"}, login="alice")
    (run,) = a_repository(site).get_workflow_runs()
    job = run.jobs()[0]
    address = f"{site.api_url}{ROOT}/actions/jobs/{job.id}/logs"
    assert site.session().get(address).status_code == 404
    moved(site, run.id, {"status": "completed", "conclusion": "success", "log": "fine\n"})

    link = site.session("carol").get(address, allow_redirects=False).headers["Location"]

    assert site.session(None).get(link).text == "fine\n"
    assert site.session(None).get(link[:-3] + "xyz").status_code == 404
    assert site.session(None).get(address).status_code == 403
    site.clock.skip(61)
    assert site.session(None).get(link).status_code == 404
    assert moved(site, 99, {"status": "completed", "conclusion": "success"}).status_code == 404
    for body in (
        {},
        {"status": 1},
        {"status": "completed", "x": 1},
        {"jobs": [1]},
        {"status": "completed", "steps": "x"},
    ):
        assert moved(site, run.id, body).status_code == 422, body


def test_a_run_has_a_page_with_its_log(site: Site) -> None:
    with_workflows(site, ci=CI)
    playing(site)
    a_commit(site, "main", {"a.txt": "1"}, login="alice", message="feat: <b>")
    (run,) = a_repository(site).get_workflow_runs()
    moved(site, run.id, {"status": "completed", "conclusion": "failure", "log": "<oops>\n"})
    session = site.session(None)

    page = session.get(run.html_url).text
    assert "feat: &lt;b&gt;" in page
    assert "Unit tests: failure" in page
    assert "oops" not in page
    assert "feat: &lt;b&gt;" in session.get(f"{site.html_url}/acme/payments/actions").text
    assert session.get(run.jobs()[0].html_url).status_code == 200
    assert session.get(f"{run.html_url}/job/99").status_code == 404
