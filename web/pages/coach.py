"""The coach on a run's page: the one thing to do next, and hints on it for who asks."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from simulator.model.runs import Run, RunState
from simulator.run.workroom import Job
from web.conditional import conditional_body
from web.desk import asked_job, asked_seat, office
from web.htmx import is_htmx

coach = Blueprint("coach", __name__, url_prefix="/runs")

_HTML = "text/html; charset=utf-8"
_LONGEST = 80


@coach.get("/<run_id>/job")
def show(run_id: str) -> Response:
    """The job card alone: for htmx, which looks again and again."""
    run = office().find(run_id)
    return conditional_body(_fragment(run, asked_seat(run)).encode(), _HTML)


@coach.post("/<run_id>/hints")
def hint(run_id: str) -> BaseResponse:
    """Take the next hint on the job."""
    run = office().find(run_id)
    seat = asked_seat(run)
    job = office().take_hint(run, seat, moment=request.form.get("moment", "")[:_LONGEST] or None, level=_level())
    if is_htmx():
        return make_response(_fragment(run, seat))
    return redirect(url_for("runs.show", run_id=run.id, job=job.number, seat=seat, _anchor="job"), 303)


@coach.post("/<run_id>/finding-hints")
def finding_hint(run_id: str) -> BaseResponse:
    """Take the next hint on a finding; the standing shows it when it is looked at again."""
    run = office().find(run_id)
    seat = asked_seat(run)
    finding = request.form.get("finding", "")[:_LONGEST]
    job = office().take_finding_hint(run, seat, finding=finding, level=_level())
    if is_htmx():
        return Response(status=204)
    return redirect(url_for("runs.show", run_id=run.id, job=job.number, seat=seat, _anchor="findings"), 303)


@coach.post("/<run_id>/check")
def check(run_id: str) -> BaseResponse:
    """Look at the services now, and score again."""
    run = office().find(run_id)
    seat = asked_seat(run)
    job = office().check(run, seat)
    if is_htmx():
        return make_response(_check_fragment(run, seat, job))
    return redirect(url_for("runs.show", run_id=run.id, job=job.number, seat=seat, _anchor="check"), 303)


@coach.get("/<run_id>/check")
def checked(run_id: str) -> Response:
    """What came of looking again: for htmx, until it is known."""
    run = office().find(run_id)
    return conditional_body(_check_fragment(run, asked_seat(run), asked_job(run)).encode(), _HTML)


def check_context(run: Run, *, seat: str, job: Job | None) -> dict[str, Any]:
    """What the section of another look shows, with what came of the one that was asked for."""
    check = job if job and job.what == "check" else None
    at_work = run.state in (RunState.RUNNING, RunState.PAUSED)
    return {"run_id": run.id, "job_seat": seat, "check": check, "at_work": at_work}


def _check_fragment(run: Run, seat: str, job: Job | None) -> str:
    return render_template("_check.html", **check_context(run, seat=seat, job=job))


def job_context(run: Run, *, seat: str) -> dict[str, Any]:
    """What the fragment shows: the job card of a seat, None when the run does not go on."""
    return {"run_id": run.id, "job_seat": seat, "task": office().queries.job(run, seat), "run_state": str(run.state)}


def _fragment(run: Run, seat: str) -> str:
    return render_template("_job.html", **job_context(run, seat=seat))


def _level() -> int | None:
    """The level on the button, so that a double click takes one hint; None for the next one."""
    asked = request.form.get("level", "")
    return int(asked) if asked in ("1", "2", "3") else None
