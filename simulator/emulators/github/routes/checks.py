"""Check runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, request

from simulator.emulators.github.check_request import read_annotations, read_run
from simulator.emulators.github.desk import place_for, work_for
from simulator.emulators.github.errors import NotFound
from simulator.emulators.github.fields import Fields, word_argument
from simulator.emulators.github.pagination import asked_page, page_reply
from simulator.emulators.github.payloads.checks import annotation_payload, check_run
from simulator.emulators.github.routes.commits import commit_at
from simulator.emulators.github.state import check_annotations, checks
from simulator.emulators.github.state.check_suites import find_suite
from simulator.emulators.github.state.check_writing import begin_run, move_run, rerequest_suite
from simulator.emulators.github.state.checks import CheckRun, RunsWanted
from simulator.emulators.github.state.pulls_on import pulls_on
from simulator.emulators.github.state.work import Place
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import json_body, reply

blueprint = Blueprint("checks", __name__, url_prefix="/api/v3/repos/<owner>/<name>")


@blueprint.post("/check-runs")
def create_run(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/checks/runs#create-a-check-run"""
    fields = Fields(json_body(), "CheckRun")
    title, sha = fields.required("name", limit=255), fields.required("head_sha")
    with work_for(owner, name, need="push") as work:
        blank = CheckRun(
            id=0,
            suite_id=0,
            head_sha=str(commit_at(work.git, work.repository, sha).id),
            name=title,
            status="queued",
            conclusion=None,
            details_url=None,
            external_id="",
            output={},
            started_at=work.at,
            completed_at=None,
        )
        run = begin_run(work, read_run(fields, blank, work.at), annotations=read_annotations(fields))
        return reply(_bodies(work, [run])[0], 201)


@blueprint.get("/check-runs/<int:run_id>")
def get_run(owner: str, name: str, run_id: int) -> Response:
    """https://docs.github.com/en/rest/checks/runs#get-a-check-run"""
    with place_for(owner, name) as place:
        return reply(_bodies(place, [_found(place, run_id)])[0])


@blueprint.patch("/check-runs/<int:run_id>")
def update_run(owner: str, name: str, run_id: int) -> Response:
    """https://docs.github.com/en/rest/checks/runs#update-a-check-run"""
    fields = Fields(json_body(), "CheckRun")
    with work_for(owner, name, need="push") as work:
        before = _found(work, run_id)
        run = read_run(fields, before, work.at)
        move_run(work, before, run, annotations=read_annotations(fields))
        return reply(_bodies(work, [run])[0])


@blueprint.post("/check-runs/<int:run_id>/rerequest")
def rerequest_run(owner: str, name: str, run_id: int) -> Response:
    """https://docs.github.com/en/rest/checks/runs#rerequest-a-check-run"""
    with work_for(owner, name, need="push") as work:
        rerequest_suite(work, _found(work, run_id).suite_id)
    return reply({}, 201)


@blueprint.get("/check-runs/<int:run_id>/annotations")
def list_annotations(owner: str, name: str, run_id: int) -> Response:
    """https://docs.github.com/en/rest/checks/runs#list-check-run-annotations"""
    page, urls = asked_page(), Urls.of_request()
    with place_for(owner, name) as place:
        run = _found(place, run_id)
        total = check_annotations.count_annotations(place.connection, place.site, [run.id])[run.id]
        found = check_annotations.list_annotations(
            place.connection, place.site, run.id, limit=page.size, offset=page.offset
        )
    bodies = [annotation_payload(detail, run, place.repository, urls) for detail in found]
    return page_reply(bodies, page=page, total=total)


@blueprint.get("/commits/<path:ref>/check-runs")
def list_runs(owner: str, name: str, ref: str) -> Response:
    """https://docs.github.com/en/rest/checks/runs#list-check-runs-for-a-git-reference"""
    with place_for(owner, name) as place:
        commit = commit_at(place.git, place.repository, ref)
        return _runs_reply(place, sha=str(commit.id))


@blueprint.get("/check-suites/<int:suite_id>/check-runs")
def list_runs_of_suite(owner: str, name: str, suite_id: int) -> Response:
    """https://docs.github.com/en/rest/checks/runs#list-check-runs-in-a-check-suite"""
    with place_for(owner, name) as place:
        if find_suite(place.connection, place.repository, suite_id) is None:
            raise NotFound
        return _runs_reply(place, suite_id=suite_id)


def is_other_app() -> bool:
    """Whether only check runs of an app are asked for that has none here."""
    return request.args.get("app_id", str(checks.APP_ID)) != str(checks.APP_ID)


def _runs_reply(place: Place, *, sha: str | None = None, suite_id: int | None = None) -> Response:
    page = asked_page()
    wanted = RunsWanted(
        sha=sha,
        suite_id=suite_id,
        name=request.args.get("check_name"),
        status=request.args.get("status"),
        only_latest=word_argument("filter", ("latest", "all"), "latest") == "latest",
    )
    found, total = checks.runs_page(place.connection, place.repository, wanted, limit=page.size, offset=page.offset)
    if is_other_app():
        found, total = [], 0
    return page_reply(_bodies(place, found), page=page, total=total, wrap="check_runs")


def _bodies(place: Place, found: Sequence[CheckRun]) -> list[dict[str, Any]]:
    urls = Urls.of_request()
    counts = check_annotations.count_annotations(place.connection, place.site, [run.id for run in found])
    pulls = pulls_on(place, {run.head_sha for run in found})
    return [
        check_run(run, place.repository, urls, annotations=counts[run.id], pulls=pulls[run.head_sha]) for run in found
    ]


def _found(place: Place, run_id: int) -> CheckRun:
    run = checks.find_run(place.connection, place.repository, run_id)
    if run is None:
        raise NotFound
    return run
