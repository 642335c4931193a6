"""`/emulator/actions`: playing the runner of GitHub Actions, which the emulator does not have.

With the runner on, pushes and pull requests queue runs of the workflows that listen to them; whoever plays the runner moves
them on here, and checks, protections and webhooks follow.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response

from simulator.emulators.control.wire import Refused, body_with, in_words
from simulator.emulators.github import runner
from simulator.emulators.github.state.workflow_moves import BadMove, JobMove
from simulator.emulators.github.state.workflow_runs import WorkflowRun
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.web import reply, site

_MOVE = ("status", "conclusion", "steps", "log")
_STEP = {"name", "conclusion", "log"}


def actions_part() -> Blueprint:
    """Endpoints that switch the runner on and off and move runs on."""
    part = Blueprint("actions", __name__)

    @part.get("/actions")
    def show() -> Response:
        """GET /emulator/actions: whether the runner is played."""
        return reply({"runner": runner.is_played(instance(), site())})

    @part.put("/actions")
    def switch() -> Response:
        """PUT /emulator/actions {runner: true}: queue runs from now on."""
        wanted = body_with("runner").get("runner")
        if not isinstance(wanted, bool):
            raise Refused(422, "runner has to be there, true or false")
        runner.play(instance(), site(), on=wanted)
        return reply({"runner": wanted})

    @part.post("/actions/runs/<int:run_id>")
    def move(run_id: int) -> Response:
        """POST /emulator/actions/runs/ID {status, conclusion, steps, log} for all jobs, or {jobs: {NAME: {…}}} for some."""
        body = body_with(*_MOVE, "jobs")
        named = {name: _move_of(each) for name, each in _objects(body.get("jobs") or {}).items()}
        whole = JobMove(status="") if named else _move_of({name: body[name] for name in _MOVE if name in body})
        try:
            with in_words():
                return reply(_shown(runner.move_jobs(instance(), site(), run_id, whole, named=named)))
        except BadMove as exc:
            raise Refused(409, str(exc)) from exc

    return part


def _move_of(given: Mapping[str, Any]) -> JobMove:
    status, conclusion, log = (given.get(name) for name in ("status", "conclusion", "log"))
    if not isinstance(status, str) or not all(each is None or isinstance(each, str) for each in (conclusion, log)):
        raise Refused(422, "status, conclusion and log are texts, and status has to be there")
    unknown = sorted(set(given) - set(_MOVE))
    if unknown:
        raise Refused(422, f"Unknown keys: {', '.join(unknown)[:200]}")
    return JobMove(status=status, conclusion=conclusion, steps=_steps(given.get("steps") or []), log=log)


def _steps(given: object) -> list[Mapping[str, Any]]:
    if not isinstance(given, list) or not all(isinstance(each, dict) and set(each) <= _STEP for each in given):
        raise Refused(422, "steps are objects with name, conclusion and log")
    if any(not isinstance(value, str) for each in given for value in each.values()):
        raise Refused(422, "name, conclusion and log of a step are texts")
    return given


def _objects(given: object) -> dict[str, Mapping[str, Any]]:
    if not isinstance(given, dict) or not all(isinstance(each, dict) for each in given.values()):
        raise Refused(422, "jobs are objects by the names of the jobs")
    return given


def _shown(run: WorkflowRun) -> dict[str, Any]:
    return {"id": run.id, "attempt": run.attempt, "status": run.status, "conclusion": run.conclusion}
