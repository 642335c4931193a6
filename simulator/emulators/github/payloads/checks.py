"""Check suites, check runs and their annotations as GitHub writes them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

import pygit2

from simulator.emulators.github.payloads.commits import person
from simulator.emulators.github.payloads.repositories import short_repository
from simulator.emulators.github.payloads.users import node_id, simple_user
from simulator.emulators.github.state.check_suites import CheckSuite
from simulator.emulators.github.state.checks import APP_ID, CheckRun, latest, summary
from simulator.emulators.github.state.pulls_on import PullOn
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import stamp_seconds

_ANNOTATION = ("start_line", "end_line", "start_column", "end_column", "annotation_level", "title", "message")


def check_run(
    run: CheckRun, repository: Repository, urls: Urls, *, annotations: int = 0, pulls: Iterable[PullOn] = ()
) -> dict[str, Any]:
    """One check run; `annotations` counts them, `pulls` are the open pull requests on its commit."""
    url = urls.api(f"{repository.path}/check-runs/{run.id}")
    page = urls.html(f"/{repository.full_name}/runs/{run.id}")
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
            "annotations_count": annotations,
            "annotations_url": f"{url}/annotations",
        },
        "check_suite": {"id": run.suite_id},
        "app": app_payload(repository, urls),
        "pull_requests": [pull_reference(pull, repository, urls) for pull in pulls],
    }


def check_suite(
    suite: CheckSuite,
    runs: list[CheckRun],
    commit: pygit2.Commit,
    repository: Repository,
    urls: Urls,
    *,
    pulls: Iterable[PullOn] = (),
) -> dict[str, Any]:
    """A check suite with the commit it is about; its status is that of its runs."""
    return {
        **suite_core(suite, runs, repository, urls, before=parent_of(commit), pulls=pulls),
        "repository": short_repository(repository, urls),
        "head_commit": head_commit(commit),
        "latest_check_runs_count": len(latest(runs)),
        "check_runs_url": urls.api(f"{repository.path}/check-suites/{suite.id}/check-runs"),
        "rerequestable": True,
        "runs_rerequestable": suite.workflow_run_id is None,
    }


def suite_core(
    suite: CheckSuite,
    runs: list[CheckRun],
    repository: Repository,
    urls: Urls,
    *,
    before: str,
    pulls: Iterable[PullOn] = (),
) -> dict[str, Any]:
    """What a check suite has also where it is part of a check run, as webhooks tell it."""
    status, conclusion = ("queued", None) if suite.rerequested else summary(runs)
    return {
        "id": suite.id,
        "node_id": node_id("CheckSuite", suite.id),
        "head_branch": suite.head_branch,
        "head_sha": suite.head_sha,
        "status": status,
        "conclusion": conclusion,
        "url": urls.api(f"{repository.path}/check-suites/{suite.id}"),
        "before": before,
        "after": suite.head_sha,
        "pull_requests": [pull_reference(pull, repository, urls) for pull in pulls],
        "app": app_payload(repository, urls),
        "created_at": stamp_seconds(suite.created_at),
        "updated_at": stamp_seconds(suite.updated_at),
    }


def annotation_payload(detail: dict[str, Any], run: CheckRun, repository: Repository, urls: Urls) -> dict[str, Any]:
    """One annotation."""
    path = detail["path"]
    blob = urls.html(f"/{repository.full_name}/blob/{run.head_sha}/{quote(path)}")
    body = {name: detail.get(name) for name in _ANNOTATION}
    return {"path": path, "blob_href": blob, **body, "raw_details": detail.get("raw_details")}


def pull_reference(pull: PullOn, repository: Repository, urls: Urls) -> dict[str, Any]:
    """A pull request as checks and workflow runs name it."""
    here = {"id": repository.id, "url": urls.api(repository.path), "name": repository.name}
    return {
        "url": urls.api(f"{repository.path}/pulls/{pull.number}"),
        "id": pull.id,
        "number": pull.number,
        "head": {"ref": pull.head_ref, "sha": pull.head_sha, "repo": here},
        "base": {"ref": pull.base_ref, "sha": pull.base_sha, "repo": here},
    }


def head_commit(commit: pygit2.Commit) -> dict[str, Any]:
    """The commit that something is about, in short."""
    return {
        "id": str(commit.id),
        "tree_id": str(commit.tree_id),
        "message": commit.message.removesuffix("\n"),
        "timestamp": person(commit.committer)["date"],
        "author": _name(commit.author),
        "committer": _name(commit.committer),
    }


def parent_of(commit: pygit2.Commit) -> str:
    """The first parent's id, forty zeros for a root."""
    parents: Sequence[Any] = commit.parent_ids
    return str(parents[0]) if parents else "0" * 40


def app_payload(repository: Repository, urls: Urls) -> dict[str, Any]:
    """The app that check runs belong to."""
    created = stamp_seconds(repository.created_at)
    return {
        "id": APP_ID,
        "slug": "github-actions",
        "node_id": node_id("App", APP_ID),
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


def _name(signature: pygit2.Signature) -> dict[str, Any]:
    return {"name": signature.name, "email": signature.email}
