"""Check runs and check suites."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, request

from simulator.emulators.github.auth import repository_for, signed_in
from simulator.emulators.github.errors import InvalidRequest, NotFound
from simulator.emulators.github.fields import Fields
from simulator.emulators.github.pagination import asked_page, cut, page_reply
from simulator.emulators.github.payloads.checks import check_run, check_suite
from simulator.emulators.github.payloads.repositories import full_repository
from simulator.emulators.github.payloads.users import simple_user
from simulator.emulators.github.routes.commits import commit_at
from simulator.emulators.github.state import checks, hooks
from simulator.emulators.github.state.checks import CheckRun, CheckSuite
from simulator.emulators.github.state.repositories import Repository, git_of
from simulator.emulators.gitserver import refs
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import json_body, reply

blueprint = Blueprint("checks", __name__, url_prefix="/api/v3/repos/<owner>/<name>")


@blueprint.post("/check-runs")
def create_run(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/checks/runs#create-a-check-run"""
    fields = Fields(json_body(), "CheckRun")
    title, sha, now = fields.required("name", limit=255), fields.required("head_sha"), instance().now()
    with instance().database.writing() as connection:
        repository = repository_for(connection, owner, name, need="push")
        git = git_of(instance(), repository)
        sha = str(commit_at(git, repository, sha).id)
        blank = CheckRun(
            id=0,
            suite_id=0,
            head_sha=sha,
            name=title,
            status="queued",
            conclusion=None,
            details_url=None,
            external_id="",
            output={},
            started_at=now,
            completed_at=None,
        )
        branch = next((ref for ref, tip in refs.list_refs(git, "refs/heads/").items() if tip == sha), "")
        wanted = _changed(blank, fields, now)
        run = checks.add_run(connection, repository, wanted, branch=branch.removeprefix("refs/heads/") or None, at=now)
        _tell(connection, repository, run, None)
    return reply(check_run(run, repository, Urls.of_request()), 201)


@blueprint.get("/check-runs/<int:run_id>")
def get_run(owner: str, name: str, run_id: int) -> Response:
    """https://docs.github.com/en/rest/checks/runs#get-a-check-run"""
    with instance().database.reading() as connection:
        repository = repository_for(connection, owner, name)
        run = _found(connection, repository, run_id)
    return reply(check_run(run, repository, Urls.of_request()))


@blueprint.patch("/check-runs/<int:run_id>")
def update_run(owner: str, name: str, run_id: int) -> Response:
    """https://docs.github.com/en/rest/checks/runs#update-a-check-run"""
    fields = Fields(json_body(), "CheckRun")
    with instance().database.writing() as connection:
        repository = repository_for(connection, owner, name, need="push")
        before = _found(connection, repository, run_id)
        run = _changed(before, fields, instance().now())
        checks.change_run(connection, repository, run)
        _tell(connection, repository, run, before)
    return reply(check_run(run, repository, Urls.of_request()))


@blueprint.get("/commits/<path:ref>/check-runs")
def list_runs(owner: str, name: str, ref: str) -> Response:
    """https://docs.github.com/en/rest/checks/runs#list-check-runs-for-a-git-reference"""
    with instance().database.reading() as connection:
        repository = repository_for(connection, owner, name)
        sha = str(commit_at(git_of(instance(), repository), repository, ref).id)
        return _runs_reply(repository, checks.list_runs(connection, repository, sha))


@blueprint.get("/check-suites/<int:suite_id>/check-runs")
def list_runs_of_suite(owner: str, name: str, suite_id: int) -> Response:
    """https://docs.github.com/en/rest/checks/runs#list-check-runs-in-a-check-suite"""
    with instance().database.reading() as connection:
        repository = repository_for(connection, owner, name)
        suite = _found_suite(connection, repository, suite_id)
        return _runs_reply(repository, checks.list_runs(connection, repository, suite.head_sha))


@blueprint.get("/check-suites/<int:suite_id>")
def get_suite(owner: str, name: str, suite_id: int) -> Response:
    """https://docs.github.com/en/rest/checks/suites#get-a-check-suite"""
    with instance().database.reading() as connection:
        repository = repository_for(connection, owner, name)
        suite = _found_suite(connection, repository, suite_id)
        runs = checks.list_runs(connection, repository, suite.head_sha)
    commit = commit_at(git_of(instance(), repository), repository, suite.head_sha)
    return reply(check_suite(suite, runs, commit, repository, Urls.of_request()))


@blueprint.get("/commits/<path:ref>/check-suites")
def list_suites(owner: str, name: str, ref: str) -> Response:
    """https://docs.github.com/en/rest/checks/suites#list-check-suites-for-a-git-reference"""
    page, urls = asked_page(), Urls.of_request()
    with instance().database.reading() as connection:
        repository = repository_for(connection, owner, name)
        commit = commit_at(git_of(instance(), repository), repository, ref)
        suite = checks.suite_of(connection, repository, str(commit.id))
        runs = checks.list_runs(connection, repository, str(commit.id))
    bodies = [check_suite(suite, runs, commit, repository, urls)] if suite else []
    return page_reply(cut(bodies, page), page=page, total=len(bodies), wrap="check_suites")


def _runs_reply(repository: Repository, found: list[CheckRun]) -> Response:
    page, urls = asked_page(), Urls.of_request()
    if request.args.get("filter", "latest") == "latest":
        found = checks.latest(found)
    for field, attribute in (("check_name", "name"), ("status", "status")):
        wanted = request.args.get(field)
        found = [run for run in found if wanted is None or getattr(run, attribute) == wanted]
    bodies = [check_run(run, repository, urls) for run in cut(found, page)]
    return page_reply(bodies, page=page, total=len(found), wrap="check_runs")


def _found_suite(connection: Connection, repository: Repository, suite_id: int) -> CheckSuite:
    suite = checks.find_suite(connection, repository, suite_id)
    if suite is None:
        raise NotFound
    return suite


def _found(connection: Connection, repository: Repository, run_id: int) -> CheckRun:
    run = checks.find_run(connection, repository, run_id)
    if run is None:
        raise NotFound
    return run


def _changed(run: CheckRun, fields: Fields, now: datetime) -> CheckRun:
    conclusion = fields.choice("conclusion", checks.CONCLUSIONS) or run.conclusion
    completed_at = _instant(fields, "completed_at") or run.completed_at
    status = fields.choice("status", checks.STATUSES) or run.status
    if fields.text("conclusion") or fields.text("completed_at"):
        status = "completed"  # giving either completes the run
    if status == "completed" and conclusion is None:
        raise InvalidRequest('Invalid request.\n\nFor a completed check run, "conclusion" must be supplied.')
    done = status == "completed"
    return replace(
        run,
        name=fields.text("name", limit=255) or run.name,
        status=status,
        conclusion=conclusion if done else None,
        details_url=fields.text("details_url") or run.details_url,
        external_id=fields.text("external_id") or run.external_id,
        output=_output(fields, run),
        started_at=_instant(fields, "started_at") or run.started_at,
        completed_at=(completed_at or now) if done else None,
    )


def _output(fields: Fields, run: CheckRun) -> dict[str, Any]:
    given = fields.body.get("output")
    if given is None:
        return dict(run.output)
    if not isinstance(given, dict):
        raise InvalidRequest("Invalid request.\n\noutput must be an object.")
    output = Fields(given, "CheckRun")
    texts = {name: output.text(name) for name in ("title", "summary", "text") if name in given}
    return {**run.output, **texts, "annotations": output.objects("annotations") or run.output.get("annotations", [])}


def _instant(fields: Fields, name: str) -> datetime | None:
    text = fields.text(name)
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError as exc:
        raise InvalidRequest(f"Invalid request.\n\n{text[:80]!r} is not a valid date-time.") from exc
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _tell(connection: Connection, repository: Repository, run: CheckRun, before: CheckRun | None) -> None:
    told = hooks.listeners(connection, repository.site, repository.id, "check_run")
    completes = run.status == "completed" and (before is None or before.status != "completed")
    if told and (before is None or completes):
        urls = Urls.of_request()
        payload = {
            "action": "completed" if completes else "created",
            "check_run": check_run(run, repository, urls),
            "repository": full_repository(repository, urls),
            "sender": simple_user(signed_in(connection), urls),
        }
        hooks.deliver(connection, instance(), repository, told, "check_run", payload)
