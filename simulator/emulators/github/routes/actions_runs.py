"""Runs of workflows."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence

from flask import Blueprint, Response, request

from simulator.emulators.github.auth import signed_in
from simulator.emulators.github.desk import place_for, work_for
from simulator.emulators.github.errors import Conflict, Forbidden, NotFound
from simulator.emulators.github.pagination import asked_page, cut, page_reply
from simulator.emulators.github.payloads.workflows import job_payload
from simulator.emulators.github.run_bodies import run_bodies
from simulator.emulators.github.run_request import asked_runs
from simulator.emulators.github.state.work import Place
from simulator.emulators.github.state.workflow_moves import BadMove, cancel_run, has_failed, run_again
from simulator.emulators.github.state.workflow_runs import (
    Job,
    WorkflowRun,
    every_job_of,
    find_workflow_run,
    jobs_of,
    list_workflow_runs,
)
from simulator.emulators.github.state.workflows import workflows_by_id
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import reply

blueprint = Blueprint("actions_runs", __name__, url_prefix="/api/v3/repos/<owner>/<name>/actions/runs")

_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


@blueprint.get("")
def list_all(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/actions/workflow-runs#list-workflow-runs-for-a-repository"""
    page, urls = asked_page(), Urls.of_request()
    with place_for(owner, name) as place:
        found, total = list_workflow_runs(place, asked_runs(place), limit=page.size, offset=page.offset)
        bodies = run_bodies(place, found, urls, with_pulls=request.args.get("exclude_pull_requests") != "true")
    return page_reply(bodies, page=page, total=total, wrap="workflow_runs")


@blueprint.get("/<int:run_id>")
def get_run(owner: str, name: str, run_id: int) -> Response:
    """https://docs.github.com/en/rest/actions/workflow-runs#get-a-workflow-run"""
    with place_for(owner, name) as place:
        return reply(run_bodies(place, [_found(place, run_id)], Urls.of_request())[0])


@blueprint.get("/<int:run_id>/jobs")
def list_jobs(owner: str, name: str, run_id: int) -> Response:
    """https://docs.github.com/en/rest/actions/workflow-jobs#list-jobs-for-a-workflow-run"""
    page = asked_page()
    with place_for(owner, name) as place:
        run = _found(place, run_id)
        if request.args.get("filter") == "all":
            found, total = every_job_of(place, run, limit=page.size, offset=page.offset)
        else:
            latest = jobs_of(place, run)
            found, total = cut(latest, page), len(latest)
        return page_reply(_job_bodies(place, run, found), page=page, total=total, wrap="jobs")


@blueprint.get("/<int:run_id>/attempts/<int:attempt>/jobs")
def list_jobs_of_attempt(owner: str, name: str, run_id: int, attempt: int) -> Response:
    """https://docs.github.com/en/rest/actions/workflow-jobs#list-jobs-for-a-workflow-run-attempt"""
    page = asked_page()
    with place_for(owner, name) as place:
        run = _found(place, run_id)
        if not 1 <= attempt <= run.attempt:
            raise NotFound
        found = jobs_of(place, run, attempt=attempt)
        return page_reply(_job_bodies(place, run, cut(found, page)), page=page, total=len(found), wrap="jobs")


@blueprint.get("/<int:run_id>/artifacts")
def list_artifacts(owner: str, name: str, run_id: int) -> Response:
    """https://docs.github.com/en/rest/actions/artifacts#list-workflow-run-artifacts"""
    page = asked_page()
    with place_for(owner, name) as place:
        _found(place, run_id)
    return page_reply([], page=page, total=0, wrap="artifacts")


@blueprint.get("/<int:run_id>/logs")
@blueprint.get("/<int:run_id>/attempts/<int:attempt>/logs")
def download_logs(owner: str, name: str, run_id: int, attempt: int | None = None) -> Response:
    """https://docs.github.com/en/rest/actions/workflow-runs#download-workflow-run-logs"""
    with place_for(owner, name) as place:
        run = _found(place, run_id)
        signed_in(place.connection)
        found = jobs_of(place, run, attempt=attempt)
    if not found or all(job.status != "completed" for job in found):
        raise NotFound
    return Response(_zipped(found), content_type="application/zip")


@blueprint.post("/<int:run_id>/rerun")
def rerun(owner: str, name: str, run_id: int) -> Response:
    """https://docs.github.com/en/rest/actions/workflow-runs#re-run-a-workflow"""
    with work_for(owner, name, need="push") as work:
        try:
            run_again(work, _found(work, run_id))
        except BadMove as exc:
            raise Forbidden(str(exc)) from exc
    return reply({}, 201)


@blueprint.post("/<int:run_id>/rerun-failed-jobs")
def rerun_failed(owner: str, name: str, run_id: int) -> Response:
    """https://docs.github.com/en/rest/actions/workflow-runs#re-run-failed-jobs-from-a-workflow-run"""
    with work_for(owner, name, need="push") as work:
        run = _found(work, run_id)
        failed = {job.id for job in jobs_of(work, run) if has_failed(job)}
        if run.status == "completed" and not failed:
            raise Forbidden("This workflow run has no failed jobs")
        try:
            run_again(work, run, only=failed)
        except BadMove as exc:
            raise Forbidden(str(exc)) from exc
    return reply({}, 201)


@blueprint.post("/<int:run_id>/cancel")
@blueprint.post("/<int:run_id>/force-cancel")
def cancel(owner: str, name: str, run_id: int) -> Response:
    """https://docs.github.com/en/rest/actions/workflow-runs#cancel-a-workflow-run"""
    with work_for(owner, name, need="push") as work:
        try:
            cancel_run(work, _found(work, run_id))
        except BadMove as exc:
            raise Conflict(str(exc)) from exc
    return reply({}, 202)


def _found(place: Place, run_id: int) -> WorkflowRun:
    run = find_workflow_run(place, run_id)
    if run is None:
        raise NotFound
    return run


def _job_bodies(place: Place, run: WorkflowRun, found: Sequence[Job]) -> list[dict[str, object]]:
    urls = Urls.of_request()
    workflow = workflows_by_id(place, {run.workflow_id})[run.workflow_id]
    return [job_payload(job, run, workflow, place.repository, urls) for job in found]


def _zipped(found: Sequence[Job]) -> bytes:
    """The logs as GitHub packs them: one file for each job, and a folder with one for each of its steps."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, job in enumerate(found):
            folder = _UNFIT.sub("", job.name)
            archive.writestr(f"{place}_{folder}.txt", job.log)
            for step, text in _step_logs(job):
                archive.writestr(f"{folder}/{step['number']}_{_UNFIT.sub('', str(step['name']))}.txt", text)
    return packed.getvalue()


def _step_logs(job: Job) -> list[tuple[dict[str, object], str]]:
    if any(step.get("log") for step in job.steps):
        return [(step, step.get("log") or "") for step in job.steps]
    return [(step, job.log if step["number"] == 1 else "") for step in job.steps]  # a log that nobody divided
