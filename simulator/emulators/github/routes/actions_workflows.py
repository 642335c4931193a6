"""Workflows of a repository."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Blueprint, Response

from simulator.emulators.github.desk import place_for, work_for
from simulator.emulators.github.errors import NotFound, ValidationFailed
from simulator.emulators.github.fields import Fields
from simulator.emulators.github.pagination import asked_page, page_reply
from simulator.emulators.github.payloads.workflows import workflow_payload
from simulator.emulators.github.run_bodies import run_bodies
from simulator.emulators.github.run_request import asked_runs, read_dispatch
from simulator.emulators.github.state import workflows
from simulator.emulators.github.state.work import Place, Work
from simulator.emulators.github.state.workflow_queue import Trigger, queue_run
from simulator.emulators.github.state.workflow_runs import WorkflowRun, list_workflow_runs
from simulator.emulators.github.state.workflows import Workflow
from simulator.emulators.gitserver import history, refs
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import json_body, reply

blueprint = Blueprint("actions_workflows", __name__, url_prefix="/api/v3/repos/<owner>/<name>/actions/workflows")


@blueprint.get("")
def list_all(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/actions/workflows#list-repository-workflows"""
    page, urls = asked_page(), Urls.of_request()
    with _settled(owner, name) as place:
        found, total = workflows.list_workflows(place, limit=page.size, offset=page.offset)
    bodies = [workflow_payload(workflow, place.repository, urls) for workflow in found]
    return page_reply(bodies, page=page, total=total, wrap="workflows")


@blueprint.get("/<named>")
def get_workflow(owner: str, name: str, named: str) -> Response:
    """https://docs.github.com/en/rest/actions/workflows#get-a-workflow"""
    with _settled(owner, name) as place:
        workflow = _found(place, named)
    return reply(workflow_payload(workflow, place.repository, Urls.of_request()))


@blueprint.get("/<named>/runs")
def list_runs(owner: str, name: str, named: str) -> Response:
    """https://docs.github.com/en/rest/actions/workflow-runs#list-workflow-runs-for-a-workflow"""
    page, urls = asked_page(), Urls.of_request()
    with _settled(owner, name) as place:
        wanted = asked_runs(place, workflow_id=_found(place, named).id)
        found, total = list_workflow_runs(place, wanted, limit=page.size, offset=page.offset)
        bodies = run_bodies(place, found, urls)
    return page_reply(bodies, page=page, total=total, wrap="workflow_runs")


@blueprint.post("/<named>/dispatches")
def dispatch(owner: str, name: str, named: str) -> Response:
    """https://docs.github.com/en/rest/actions/workflows#create-a-workflow-dispatch-event"""
    fields = Fields(json_body(), "Workflow")
    ref, detailed = fields.required("ref", limit=255), fields.flag("return_run_details")
    with _changing(owner, name) as work:
        run = _started(work, _found(work, named), ref, fields)
    if not detailed:
        return reply(None, 204)
    urls, path = Urls.of_request(), f"actions/runs/{run.id}"
    return reply(
        {
            "workflow_run_id": run.id,
            "run_url": urls.api(f"{work.repository.path}/{path}"),
            "html_url": urls.html(f"/{work.repository.full_name}/{path}"),
        }
    )


@blueprint.put("/<named>/enable")
def enable(owner: str, name: str, named: str) -> Response:
    """https://docs.github.com/en/rest/actions/workflows#enable-a-workflow"""
    with _changing(owner, name) as work:
        workflows.switch(work, _found(work, named), on=True, at=work.at)
    return reply(None, 204)


@blueprint.put("/<named>/disable")
def disable(owner: str, name: str, named: str) -> Response:
    """https://docs.github.com/en/rest/actions/workflows#disable-a-workflow"""
    with _changing(owner, name) as work:
        workflows.switch(work, _found(work, named), on=False, at=work.at)
    return reply(None, 204)


@contextmanager
def _settled(owner: str, name: str) -> Iterator[Place]:
    """A repository to read in, whose rows say what its workflow files say."""
    with place_for(owner, name) as place:
        settled = workflows.is_settled(place)
    if not settled:
        with instance().database.writing() as connection:
            writing = Place(connection=connection, instance=instance(), site=place.site, repository=place.repository)
            workflows.settle(writing, at=instance().now())
    with place_for(owner, name) as place:
        yield place


@contextmanager
def _changing(owner: str, name: str) -> Iterator[Work]:
    with work_for(owner, name, need="push") as work:
        workflows.settle(work, at=work.at)
        yield work


def _started(work: Work, workflow: Workflow, ref: str, fields: Fields) -> WorkflowRun:
    if workflow.state == workflows.DISABLED:
        raise ValidationFailed(message="Cannot trigger a 'workflow_dispatch' on a disabled workflow")
    git = work.git
    short = ref.removeprefix("refs/heads/").removeprefix("refs/tags/")
    tips = [refs.read_ref(git, f"{kind}{short}") for kind in ("refs/heads/", "refs/tags/")]
    sha = next((tip for tip in tips if tip), None)
    if sha is None:
        raise ValidationFailed(message=f"No ref found for: {ref[:255]}")
    text = workflows.files_at(git, sha).get(workflow.path)
    if text is None:
        raise NotFound
    read_dispatch(fields, text)
    trigger = Trigger(
        event="workflow_dispatch", sha=str(history.commit(git, sha).id), branch=short, title=workflow.name
    )
    return queue_run(work, workflow, text, trigger)


def _found(place: Place, named: str) -> Workflow:
    workflow = workflows.find_workflow(place, named)
    if workflow is None:
        raise NotFound
    return workflow
