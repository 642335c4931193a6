"""Jobs of workflow runs, and their logs."""

from __future__ import annotations

from flask import Blueprint, Response, request

from simulator.emulators.github.auth import account_of_caller
from simulator.emulators.github.desk import place_for, work_for
from simulator.emulators.github.errors import Forbidden, NotFound
from simulator.emulators.github.log_links import link_to_log, opens
from simulator.emulators.github.payloads.workflows import job_payload
from simulator.emulators.github.state.repositories import by_id
from simulator.emulators.github.state.work import Place
from simulator.emulators.github.state.workflow_moves import BadMove, run_again
from simulator.emulators.github.state.workflow_runs import Job, WorkflowRun, find_job
from simulator.emulators.github.state.workflows import workflows_by_id
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import reply, site

blueprint = Blueprint("actions_jobs", __name__)

_JOBS = "/api/v3/repos/<owner>/<name>/actions/jobs/<int:job_id>"


@blueprint.get(_JOBS)
def get_job(owner: str, name: str, job_id: int) -> Response:
    """https://docs.github.com/en/rest/actions/workflow-jobs#get-a-job-for-a-workflow-run"""
    with place_for(owner, name) as place:
        run, job = _found(place, job_id)
        workflow = workflows_by_id(place, {run.workflow_id})[run.workflow_id]
    return reply(job_payload(job, run, workflow, place.repository, Urls.of_request()))


@blueprint.get(f"{_JOBS}/logs")
def get_log(owner: str, name: str, job_id: int) -> Response:
    """https://docs.github.com/en/rest/actions/workflow-jobs#download-job-logs-for-a-workflow-run"""
    with place_for(owner, name) as place:
        _, job = _found(place, job_id)
        if account_of_caller(place.connection) is None:
            raise Forbidden("Must have admin rights to Repository.")
    if job.status != "completed":
        raise NotFound
    return reply(None, 302, {"Location": link_to_log(place.repository, job.id)})


@blueprint.post(f"{_JOBS}/rerun")
def rerun_job(owner: str, name: str, job_id: int) -> Response:
    """https://docs.github.com/en/rest/actions/workflow-runs#re-run-a-job-from-a-workflow-run"""
    with work_for(owner, name, need="push") as work:
        run, job = _found(work, job_id)
        try:
            run_again(work, run, only={job.id})
        except BadMove as exc:
            raise Forbidden(str(exc)) from exc
    return reply({}, 201)


@blueprint.get("/_logs/<int:repository_id>/jobs/<int:job_id>.txt")
def show_log(repository_id: int, job_id: int) -> Response:
    """Where the API sends those who ask for a log; the address holds a signature that is good for a minute.

    https://docs.github.com/en/rest/actions/workflow-jobs#download-job-logs-for-a-workflow-run
    """
    here = instance()
    with here.database.reading() as connection:
        repository = by_id(connection, site(), repository_id)
        if repository is None or not opens(request.args.get("token", ""), repository, job_id):
            raise NotFound
        place = Place(connection=connection, instance=here, site=site(), repository=repository)
        _, job = _found(place, job_id)
    return Response(job.log, content_type="text/plain; charset=utf-8")


def _found(place: Place, job_id: int) -> tuple[WorkflowRun, Job]:
    found = find_job(place, job_id)
    if found is None:
        raise NotFound
    return found
