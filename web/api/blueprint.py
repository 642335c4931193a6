"""The routes of /api/v1. Parse, ask the office, answer."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request
from werkzeug.exceptions import HTTPException

from simulator.errors import SprintdojoError
from simulator.model.prompts import LONGEST_ANSWER
from simulator.run.coach.advising import advice
from simulator.run.score_files import FORMS, card_schema, score_file
from simulator.run.starting import StartRequest
from simulator.run.workroom import Job
from web.api.bodies import flag, number, text, texts
from web.api.problems import as_problem, problem
from web.conditional import conditional
from web.desk import office
from web.downloads import attached

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
        language=text("language"),
        paused=flag("paused"),
        while_away=text("while_away"),
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
    """The scorecard of a seat (`seat`), of the team (`seat=team`), or of the learner; in another `format` as a file."""
    run, seat, asked = office().find(run_id), request.args.get("seat"), request.args.get("format", "json")
    if asked not in FORMS:
        return problem(400, f"{asked[:40]!r} is no format of a scorecard", to_do=f"ask for one of: {', '.join(FORMS)}")
    if asked == "json":
        return conditional(office().queries.scorecard(run, seat))
    return attached(score_file(office().queries, run, seat, FORMS[asked]))


@api.get("/schema/scorecard")
def scorecard_schema() -> Answer:
    """The JSON Schema of a scorecard."""
    return conditional(card_schema())


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
    """What happened lately, newest first, at most 60 items; `before`: what happened before that one, by its id."""
    before = request.args.get("before", "")
    return conditional({"feed": office().queries.feed(office().find(run_id), before=before)})


@api.get("/runs/<run_id>/facts")
def facts(run_id: str) -> Answer:
    """The newest facts, newest first; `most` of them, up to a thousand."""
    most = request.args.get("most", default=100, type=int)
    return conditional({"facts": office().queries.facts(office().find(run_id), most=most)})


@api.get("/runs/<run_id>/report")
def report(run_id: str) -> Answer:
    """How the sprint went, as values and as Markdown."""
    return conditional(office().queries.report(office().find(run_id)))


@api.get("/runs/<run_id>/job")
def job_card(run_id: str) -> Answer:
    """The one thing that a learner (`seat`, else the first) should do next; `card` is null when the run does not go on."""
    run = office().find(run_id)
    return conditional({"run": run.id, "card": office().queries.job(run, request.args.get("seat"))})


@api.get("/runs/<run_id>/moments")
def moments(run_id: str) -> Answer:
    """How the moments of the story went so far for a learner (`seat`, else the first)."""
    return conditional({"moments": office().queries.moments(office().find(run_id), request.args.get("seat"))})


@api.post("/runs/<run_id>/hints")
def take_hint(run_id: str) -> Answer:
    """Take a hint as `seat`, of `level` 1 to 3 (else the next one): on an open `finding` (its id or rule; see the advice), on
    `moment`, or else on the job card's; the job card shows it.
    """
    run, level = office().find(run_id), number("level", default=0, least=0, most=3) or None
    finding = text("finding")
    if finding is None:
        return accepted(office().take_hint(run, text("seat"), moment=text("moment"), level=level))
    return accepted(office().take_finding_hint(run, text("seat"), finding=finding, level=level))


@api.get("/runs/<run_id>/advice")
def advised(run_id: str) -> Answer:
    """What a learner (`seat`, else the first) can mend now, with the hints seen so far, and what is waited for."""
    return conditional(advice(office().queries, office().find(run_id), request.args.get("seat")))


@api.get("/runs/<run_id>/prompts")
def prompts(run_id: str) -> Answer:
    """What a learner (`seat`, else the first) is and was asked: what is open first, newest first."""
    return conditional({"prompts": office().queries.prompts(office().find(run_id), request.args.get("seat"))})


@api.post("/runs/<run_id>/prompts/<prompt>/answers")
def answer(run_id: str, prompt: str) -> Answer:
    """Answer a prompt (`current`: the newest open one) as `seat`; `answers` are texts by field, issues with commas between."""
    asked = "" if prompt == "current" else prompt
    return accepted(
        office().answer(office().find(run_id), text("seat"), asked, texts("answers", longest=LONGEST_ANSWER))
    )


@api.post("/runs/<run_id>/notes")
def say(run_id: str) -> Answer:
    """Say something in the run's chat as `seat`, at most ten times a minute."""
    return accepted(office().say(office().find(run_id), text("seat"), text("text", needed=True) or ""))


@api.post("/runs/<run_id>/pause")
def pause(run_id: str) -> Answer:
    """Stop the clock."""
    return accepted(office().pause(office().find(run_id)))


@api.post("/runs/<run_id>/resume")
def resume(run_id: str) -> Answer:
    """Let the clock go on."""
    return accepted(office().resume(office().find(run_id)))


@api.post("/runs/<run_id>/pace")
def pace(run_id: str) -> Answer:
    """Change the pace: `pace` as wall time of a working day, such as 10m."""
    return accepted(office().set_pace(office().find(run_id), text("pace", needed=True) or ""))


@api.post("/runs/<run_id>/advance")
def advance(run_id: str) -> Answer:
    """Go on at once to the next event, or `to` a time such as `day 3 10:00`, `+2h`, `end`."""
    return accepted(office().advance(office().find(run_id), text("to")))


@api.get("/runs/<run_id>/upcoming")
def upcoming(run_id: str) -> Answer:
    """When something happens next; meetings and ends by name, the rest as a surprise."""
    return conditional({"upcoming": office().queries.upcoming(office().find(run_id))})


@api.post("/runs/<run_id>/rewind")
def rewind(run_id: str) -> Answer:
    """Take the run back `to` the beginning of a day, such as `day 4`. The job's `result` is the run that keeps what it was."""
    return accepted(office().rewind(office().find(run_id), text("to", needed=True) or ""))


@api.post("/runs/<run_id>/branch")
def branch(run_id: str) -> Answer:
    """Begin a second run where this one was as a day began: `at`, such as `day 4`. The job's `result` is its id."""
    return accepted(office().branch(office().find(run_id), text("at", needed=True) or ""))


@api.post("/runs/<run_id>/play")
def play(run_id: str) -> Answer:
    """Let a `persona` make the past of a fresh run that stands still, up `to` a time such as `day 6`."""
    run = office().find(run_id)
    return accepted(office().play(run, text("persona", needed=True) or "", text("to", needed=True) or ""))


@api.post("/runs/<run_id>/recordings")
def record(run_id: str) -> Answer:
    """Write down what a learner (`seat`, else the first) did; the `result` of the job is a persona, as JSON."""
    return accepted(office().record(office().find(run_id), text("seat")))


@api.get("/runs/<run_id>/compare/<other_id>")
def compare(run_id: str, other_id: str) -> Answer:
    """Two runs beside one another: scores by group, what was done, moments, and where they parted."""
    return conditional(office().queries.compare(office().find(run_id), office().find(other_id)))


@api.post("/runs/<run_id>/finish")
def finish(run_id: str) -> Answer:
    """End the run and write its final scorecard."""
    return accepted(office().finish(office().find(run_id)))


@api.post("/runs/<run_id>/check")
def check(run_id: str) -> Answer:
    """Look at the services now and score again; the job's `result` says for `seat` what is another than before, a line each."""
    return accepted(office().check(office().find(run_id), text("seat")))


@api.get("/runs/<run_id>/jobs/<int:number>")
def job(run_id: str, number: int) -> Answer:
    """Something that was asked for: working, done or failed."""
    return _told(office().job(office().find(run_id), number)), 200


@api.route("/<path:_path>", methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
def unknown(_path: str) -> Answer:
    """Anything else."""
    return problem(404, "there is no such address", to_do="see /api/openapi.json")


def accepted(job: Job) -> Answer:
    """The answer to something that was asked for and is being done: 202."""
    return _told(job), 202


def _told(job: Job) -> dict[str, Any]:
    return {
        "run": job.run,
        "job": job.number,
        "what": job.what,
        "state": job.state,
        "problem": job.problem,
        "to_do": job.to_do,
        "result": job.result,
    }
