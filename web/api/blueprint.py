"""The routes of /api/v1. Parse, ask the office, answer."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request
from werkzeug.exceptions import HTTPException

from simulator.errors import SprintdojoError
from simulator.run.starting import StartRequest
from simulator.run.workroom import Job
from web.api.bodies import flag, number, text, texts
from web.api.problems import as_problem, problem
from web.conditional import conditional
from web.desk import office

api = Blueprint("api", __name__, url_prefix="/api/v1")

Answer = Response | tuple[Any, int]


@api.errorhandler(SprintdojoError)
def _said(error: SprintdojoError) -> Response:
    return as_problem(error)


@api.errorhandler(HTTPException)
def _refused(error: HTTPException) -> Response:
    return problem(error.code or 500, error.description or error.name)


@api.get("/scenarios")
def scenarios() -> Answer:
    """The shipped scenarios."""
    return conditional({"scenarios": office().queries.scenarios()})


@api.get("/rules")
def rules() -> Answer:
    """The rule book."""
    return conditional({"rules": office().queries.rules()})


@api.get("/runs")
def runs() -> Answer:
    """All runs, the newest first."""
    return conditional({"runs": office().queries.runs()})


@api.post("/runs")
def start() -> Answer:
    """Begin a run. Answers 201 at once; its preparation goes on, see `progress` of the run."""
    wanted = StartRequest(
        scenario=text("scenario", needed=True) or "",
        pace=text("pace"),
        seed=number("seed", default=1, least=0, most=2**31 - 1),
        paused=flag("paused"),
        github=text("github"),
        jira=text("jira"),
        owner=text("owner"),
        environment=texts("environment"),
    )
    run = office().start(wanted)
    return {"run": run.id, "state": str(run.state), "url": f"/runs/{run.id}"}, 201


@api.get("/runs/<run_id>")
def status(run_id: str) -> Answer:
    """Where a run stands and how a learner (`seat`) connects; `current` names the current one."""
    return conditional(office().queries.status(office().find(run_id), request.args.get("seat")))


@api.get("/runs/<run_id>/scorecard")
def scorecard(run_id: str) -> Answer:
    """The scorecard of a seat (`seat`), of the team (`seat=team`), or of the learner."""
    return conditional(office().queries.scorecard(office().find(run_id), request.args.get("seat")))


@api.get("/runs/<run_id>/board")
def board(run_id: str) -> Answer:
    """The sprint's board."""
    return conditional(office().queries.board(office().find(run_id)))


@api.get("/runs/<run_id>/burndown")
def burndown(run_id: str) -> Answer:
    """The sprint's burndown."""
    return conditional(office().queries.burndown(office().find(run_id)))


@api.get("/runs/<run_id>/feed")
def feed(run_id: str) -> Answer:
    """What happened lately, newest first."""
    return conditional({"feed": office().queries.feed(office().find(run_id))})


@api.get("/runs/<run_id>/facts")
def facts(run_id: str) -> Answer:
    """The newest facts, newest first; `most` of them, up to a thousand."""
    most = request.args.get("most", default=100, type=int)
    return conditional({"facts": office().queries.facts(office().find(run_id), most=most)})


@api.get("/runs/<run_id>/report")
def report(run_id: str) -> Answer:
    """How the sprint went, as values and as Markdown."""
    return conditional(office().queries.report(office().find(run_id)))


@api.post("/runs/<run_id>/pause")
def pause(run_id: str) -> Answer:
    """Stop the clock."""
    return _accepted(office().pause(office().find(run_id)))


@api.post("/runs/<run_id>/resume")
def resume(run_id: str) -> Answer:
    """Let the clock go on."""
    return _accepted(office().resume(office().find(run_id)))


@api.post("/runs/<run_id>/pace")
def pace(run_id: str) -> Answer:
    """Change the pace: `pace` as wall time of a working day, such as 10m."""
    return _accepted(office().set_pace(office().find(run_id), text("pace", needed=True) or ""))


@api.post("/runs/<run_id>/advance")
def advance(run_id: str) -> Answer:
    """Go on at once to the next event, or `to` a time such as `day 3 10:00`, `+2h`, `end`."""
    return _accepted(office().advance(office().find(run_id), text("to")))


@api.post("/runs/<run_id>/finish")
def finish(run_id: str) -> Answer:
    """End the run and write its final scorecard."""
    return _accepted(office().finish(office().find(run_id)))


@api.post("/runs/<run_id>/check")
def check(run_id: str) -> Answer:
    """Look at the services now: something may be new."""
    run = office().find(run_id)
    office().hint(run.id)
    return {"run": run.id}, 202


@api.get("/runs/<run_id>/jobs/<int:number>")
def job(run_id: str, number: int) -> Answer:
    """Something that was asked for: working, done or failed."""
    return _told(office().job(office().find(run_id), number)), 200


@api.route("/<path:_path>", methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
def unknown(_path: str) -> Answer:
    """Anything else."""
    return problem(404, "there is no such address", to_do="see /api/openapi.json")


def _accepted(job: Job) -> Answer:
    return _told(job), 202


def _told(job: Job) -> dict[str, Any]:
    return {
        "run": job.run,
        "job": job.number,
        "what": job.what,
        "state": job.state,
        "problem": job.problem,
        "to_do": job.to_do,
    }
