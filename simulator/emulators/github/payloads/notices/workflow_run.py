"""Event `workflow_run`: https://docs.github.com/en/webhooks/webhook-events-and-payloads#workflow_run"""

from __future__ import annotations

from typing import Any

from simulator.emulators.github.payloads.workflows import workflow_payload
from simulator.emulators.github.run_bodies import run_bodies
from simulator.emulators.github.state.work import Notice, Work
from simulator.emulators.github.state.workflow_runs import find_workflow_run
from simulator.emulators.github.state.workflows import workflows_by_id
from simulator.emulators.kit.urls import Urls


def subject(work: Work, notice: Notice, urls: Urls) -> dict[str, Any]:
    """The run and its workflow."""
    run = find_workflow_run(work, notice.detail["run_id"])
    assert run is not None
    workflow = workflows_by_id(work, {run.workflow_id})[run.workflow_id]
    return {
        "workflow_run": run_bodies(work, [run], urls)[0],
        "workflow": workflow_payload(workflow, work.repository, urls),
    }
