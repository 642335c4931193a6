"""Runs of workflows, with their jobs, steps and logs."""

from __future__ import annotations

from flask import Blueprint, Response

from simulator.emulators.github.errors import NotFound
from simulator.emulators.github.pages.desk import place_of, read_as, show_in
from simulator.emulators.github.state.work import Place
from simulator.emulators.github.state.workflow_runs import RunFilter, find_workflow_run, jobs_of, list_workflow_runs
from simulator.emulators.github.state.workflows import workflows_by_id

blueprint = Blueprint("pages_actions", __name__)

_MOST = 50


@blueprint.get("/<owner:owner>/<name>/actions")
def runs(owner: str, name: str) -> Response:
    """https://docs.github.com/en/actions/how-tos/monitor-workflows/view-workflow-run-history"""
    with place_of(owner, name) as place:
        found, total = list_workflow_runs(place, RunFilter(), limit=_MOST, offset=0)
        workflows = workflows_by_id(place, {run.workflow_id for run in found})
        return show_in(place, "github/actions.html", tab="code", runs=found, total=total, workflows=workflows)


@blueprint.get("/<owner:owner>/<name>/actions/runs/<int:run_id>")
@blueprint.get("/<owner:owner>/<name>/actions/runs/<int:run_id>/job/<int:job_id>")
def run(owner: str, name: str, run_id: int, job_id: int | None = None) -> Response:
    """https://docs.github.com/en/actions/how-tos/monitor-workflows/use-workflow-run-logs"""
    with place_of(owner, name) as place:
        return _run_page(place, run_id, job_id)


def _run_page(place: Place, run_id: int, job_id: int | None) -> Response:
    found = find_workflow_run(place, run_id)
    if found is None:
        raise NotFound
    jobs = jobs_of(place, found)
    if job_id is not None and all(job.id != job_id for job in jobs):
        raise NotFound
    workflow = workflows_by_id(place, {found.workflow_id})[found.workflow_id]
    shown = [job for job in jobs if job_id in (None, job.id)]
    # as on GitHub, a log is for people who are known
    logs = read_as() is not None
    return show_in(place, "github/workflow_run.html", tab="code", run=found, workflow=workflow, jobs=shown, logs=logs)
