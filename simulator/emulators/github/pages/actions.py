"""Runs of workflows, with their jobs, steps and logs."""

from __future__ import annotations

from flask import Blueprint, Response, request
from markupsafe import Markup

from simulator.emulators.github.errors import NotFound
from simulator.emulators.github.pages.desk import place_of, read_as, show_in
from simulator.emulators.github.state.work import Place
from simulator.emulators.github.state.workflow_runs import RunFilter, find_workflow_run, jobs_of, list_workflow_runs
from simulator.emulators.github.state.workflows import find_workflow, list_workflows, workflows_by_id
from simulator.emulators.kit.pages import secured
from simulator.emulators.kit.pages_lists import SIZE, offset, sheet

blueprint = Blueprint("pages_actions", __name__)

_MOST_WORKFLOWS = 50
_LONGEST_NAME = 255
_BADGE = Markup(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 20" width="240" height="20" role="img">'
    "<title>{title} - {word}</title>"
    '<rect width="160" height="20" fill="#24292e"/><rect x="160" width="80" height="20" fill="{color}"/>'
    '<g fill="#fff" font-family="sans-serif" font-size="11" text-anchor="middle">'
    '<text x="80" y="14">{title}</text><text x="200" y="14">{word}</text></g></svg>'
)
_FAILING, _NO_STATUS = ("failing", "#b3261e"), ("no status", "#6a737d")
_BADGES = {"success": ("passing", "#2c7a3f"), "skipped": _NO_STATUS, "neutral": _NO_STATUS}


@blueprint.get("/<owner:owner>/<name>/actions")
@blueprint.get("/<owner:owner>/<name>/actions/workflows/<file_name>")
def runs(owner: str, name: str, file_name: str | None = None) -> Response:
    """https://docs.github.com/en/actions/how-tos/monitor-workflows/view-workflow-run-history"""
    with place_of(owner, name) as place:
        workflow = find_workflow(place, file_name) if file_name else None
        if file_name and workflow is None:
            raise NotFound
        wanted = RunFilter(workflow_id=workflow.id if workflow else None)
        found, total = list_workflow_runs(place, wanted, limit=SIZE, offset=offset())
        return show_in(
            place,
            "github/actions.html",
            tab="actions",
            workflow=workflow,
            known=list_workflows(place, limit=_MOST_WORKFLOWS, offset=0)[0],
            runs=found,
            workflows=workflows_by_id(place, {run.workflow_id for run in found}),
            sheet=sheet(total),
        )


@blueprint.get("/<owner:owner>/<name>/actions/workflows/<file_name>/badge.svg")
def badge(owner: str, name: str, file_name: str) -> Response:
    """https://docs.github.com/en/actions/how-tos/monitor-workflows/add-a-status-badge"""
    with place_of(owner, name) as place:
        workflow = find_workflow(place, file_name)
        if workflow is None:
            raise NotFound
        branch, event = (request.args.get(each, "")[:_LONGEST_NAME] for each in ("branch", "event"))
        wanted = RunFilter(
            workflow_id=workflow.id,
            branch=branch or place.repository.default_branch,
            event=event or None,
            status="completed",
        )
        found, _ = list_workflow_runs(place, wanted, limit=1, offset=0)
    word, color = _BADGES.get(found[0].conclusion or "", _FAILING) if found else _NO_STATUS
    return secured(
        Response(str(_BADGE.format(title=workflow.name, word=word, color=color)), content_type="image/svg+xml")
    )


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
    return show_in(
        place, "github/workflow_run.html", tab="actions", run=found, workflow=workflow, jobs=shown, logs=logs
    )
