"""Check suites and check runs as GitHub writes them."""

from __future__ import annotations

from typing import Any

import pygit2

from simulator.emulators.github.payloads.commits import person
from simulator.emulators.github.payloads.repositories import short_repository
from simulator.emulators.github.payloads.users import node_id, simple_user
from simulator.emulators.github.state.checks import CheckRun, CheckSuite, summary
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import stamp_seconds

_APP_ID = 15368  # of GitHub Actions on github.com


def check_run(run: CheckRun, repository: Repository, urls: Urls) -> dict[str, Any]:
    """One check run."""
    url = urls.api(f"{repository.path}/check-runs/{run.id}")
    page = urls.html(f"/{repository.full_name}/runs/{run.id}")
    annotations = run.output.get("annotations") or []
    return {
        "id": run.id,
        "name": run.name,
        "node_id": node_id("CheckRun", run.id),
        "head_sha": run.head_sha,
        "external_id": run.external_id,
        "url": url,
        "html_url": page,
        "details_url": run.details_url or page,
        "status": run.status,
        "conclusion": run.conclusion,
        "started_at": stamp_seconds(run.started_at),
        "completed_at": stamp_seconds(run.completed_at),
        "output": {
            **{name: run.output.get(name) for name in ("title", "summary", "text")},
            "annotations_count": len(annotations),
            "annotations_url": f"{url}/annotations",
        },
        "check_suite": {"id": run.suite_id},
        "app": _app(repository, urls),
        "pull_requests": [],
    }


def check_suite(
    suite: CheckSuite, runs: list[CheckRun], commit: pygit2.Commit, repository: Repository, urls: Urls
) -> dict[str, Any]:
    """A check suite; its status is that of its runs."""
    status, conclusion = summary(runs)
    url = urls.api(f"{repository.path}/check-suites/{suite.id}")
    parents = commit.parent_ids
    return {
        "id": suite.id,
        "node_id": node_id("CheckSuite", suite.id),
        "head_branch": suite.head_branch,
        "head_sha": suite.head_sha,
        "status": status,
        "conclusion": conclusion,
        "url": url,
        "before": str(parents[0]) if parents else "0" * 40,
        "after": suite.head_sha,
        "pull_requests": [],
        "app": _app(repository, urls),
        "repository": short_repository(repository, urls),
        "created_at": stamp_seconds(suite.created_at),
        "updated_at": stamp_seconds(max([suite.updated_at, *(run.completed_at for run in runs if run.completed_at)])),
        "head_commit": {
            "id": str(commit.id),
            "tree_id": str(commit.tree_id),
            "message": commit.message.removesuffix("\n"),
            "timestamp": person(commit.committer)["date"],
            "author": _name(commit.author),
            "committer": _name(commit.committer),
        },
        "latest_check_runs_count": len({run.name for run in runs}),
        "check_runs_url": f"{url}/check-runs",
        "rerequestable": False,
        "runs_rerequestable": False,
    }


def _name(signature: pygit2.Signature) -> dict[str, Any]:
    return {"name": signature.name, "email": signature.email}


def _app(repository: Repository, urls: Urls) -> dict[str, Any]:
    created = stamp_seconds(repository.created_at)
    return {
        "id": _APP_ID,
        "slug": "github-actions",
        "node_id": node_id("App", _APP_ID),
        "client_id": "Iv1.0000000000000000",
        "owner": simple_user(repository.owner, urls),
        "name": "GitHub Actions",
        "description": "Automate your workflow from idea to production",
        "external_url": urls.html("/features/actions"),
        "html_url": urls.html("/apps/github-actions"),
        "created_at": created,
        "updated_at": created,
        "permissions": {"checks": "write", "metadata": "read", "statuses": "write"},
        "events": [],
    }
