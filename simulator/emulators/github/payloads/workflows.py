"""Workflows, their runs and the jobs of runs as GitHub writes them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

import pygit2

from simulator.emulators.github.payloads.checks import head_commit, pull_reference
from simulator.emulators.github.payloads.repositories import short_repository
from simulator.emulators.github.payloads.users import maybe_user, node_id
from simulator.emulators.github.state.people import People
from simulator.emulators.github.state.pulls_on import PullOn
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.state.workflow_runs import Job, WorkflowRun
from simulator.emulators.github.state.workflows import Workflow
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import stamp_seconds

_STEP = ("name", "status", "conclusion", "number", "started_at", "completed_at")
_RUNNER = {
    "runner_id": 1,
    "runner_name": "GitHub Actions 1",
    "runner_group_id": 0,
    "runner_group_name": "GitHub Actions",
}


def workflow_payload(workflow: Workflow, repository: Repository, urls: Urls) -> dict[str, Any]:
    """One workflow."""
    page = urls.html(f"/{repository.full_name}")
    return {
        "id": workflow.id,
        "node_id": node_id("Workflow", workflow.id),
        "name": workflow.name,
        "path": workflow.path,
        "state": workflow.state,
        "created_at": stamp_seconds(workflow.created_at),
        "updated_at": stamp_seconds(workflow.updated_at),
        "url": urls.api(f"{repository.path}/actions/workflows/{workflow.id}"),
        "html_url": f"{page}/blob/{quote(repository.default_branch)}/{quote(workflow.path)}",
        "badge_url": f"{page}/actions/workflows/{quote(workflow.file_name)}/badge.svg",
    }


def run_payload(
    run: WorkflowRun,
    workflow: Workflow,
    commit: pygit2.Commit | None,
    repository: Repository,
    people: People,
    urls: Urls,
    *,
    pulls: Iterable[PullOn] = (),
) -> dict[str, Any]:
    """One run of a workflow; `commit` is its head, None when it is gone."""
    url = urls.api(f"{repository.path}/actions/runs/{run.id}")
    short = short_repository(repository, urls)
    return {
        "id": run.id,
        "name": workflow.name,
        "node_id": node_id("WorkflowRun", run.id),
        "head_branch": run.head_branch,
        "head_sha": run.head_sha,
        "path": workflow.path,
        "display_title": run.title,
        "run_number": run.number,
        "event": run.event,
        "status": run.status,
        "conclusion": run.conclusion,
        "workflow_id": run.workflow_id,
        "check_suite_id": run.suite_id,
        "check_suite_node_id": node_id("CheckSuite", run.suite_id),
        "url": url,
        "html_url": urls.html(f"/{repository.full_name}/actions/runs/{run.id}"),
        "pull_requests": [pull_reference(pull, repository, urls) for pull in pulls],
        "created_at": stamp_seconds(run.created_at),
        "updated_at": stamp_seconds(run.updated_at),
        "actor": maybe_user(people.get(run.actor_id), urls),
        "run_attempt": run.attempt,
        "referenced_workflows": [],
        "run_started_at": stamp_seconds(run.started_at),
        "triggering_actor": maybe_user(people.get(run.triggering_actor_id), urls),
        "jobs_url": f"{url}/jobs",
        "logs_url": f"{url}/logs",
        "check_suite_url": urls.api(f"{repository.path}/check-suites/{run.suite_id}"),
        "artifacts_url": f"{url}/artifacts",
        "cancel_url": f"{url}/cancel",
        "rerun_url": f"{url}/rerun",
        "previous_attempt_url": f"{url}/attempts/{run.attempt - 1}" if run.attempt > 1 else None,
        "workflow_url": urls.api(f"{repository.path}/actions/workflows/{run.workflow_id}"),
        "head_commit": head_commit(commit) if commit else None,
        "repository": short,
        "head_repository": short,
    }


def job_payload(job: Job, run: WorkflowRun, workflow: Workflow, repository: Repository, urls: Urls) -> dict[str, Any]:
    """One job of a run, without its log."""
    api, page = urls.api(repository.path), urls.html(f"/{repository.full_name}")
    began = job.status != "queued"
    return {
        "id": job.id,
        "run_id": run.id,
        "workflow_name": workflow.name,
        "head_branch": run.head_branch,
        "run_url": f"{api}/actions/runs/{run.id}",
        "run_attempt": job.attempt,
        "node_id": node_id("WorkflowJob", job.id),
        "head_sha": run.head_sha,
        "url": f"{api}/actions/jobs/{job.id}",
        "html_url": f"{page}/actions/runs/{run.id}/job/{job.id}",
        "status": job.status,
        "conclusion": job.conclusion,
        "created_at": stamp_seconds(job.created_at),
        "started_at": stamp_seconds(job.started_at or job.created_at),
        "completed_at": stamp_seconds(job.completed_at),
        "name": job.name,
        "steps": [{name: step.get(name) for name in _STEP} for step in job.steps] if began else [],
        "check_run_url": f"{api}/check-runs/{job.check_run_id}",
        "labels": list(job.labels),
        **(_RUNNER if began else dict.fromkeys(_RUNNER)),
    }
