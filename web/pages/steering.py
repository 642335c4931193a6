"""The clock's controls: forms that ask for something and go back to the run's page, where it is followed."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, make_response, redirect, request, url_for
from werkzeug.wrappers import Response

from simulator.errors import CalendarError, RunError
from simulator.model.runs import Run
from simulator.run.workroom import Job
from web.desk import office
from web.htmx import is_htmx
from web.pages.errors import in_one_line
from web.pages.runs import clock_fragment

steering = Blueprint("steering", __name__, url_prefix="/runs")

_LONGEST = 60


@steering.post("/<run_id>/pause")
def pause(run_id: str) -> Response:
    """Stop the clock."""
    return _ask(run_id, office().pause)


@steering.post("/<run_id>/resume")
def resume(run_id: str) -> Response:
    """Let the clock go on."""
    return _ask(run_id, office().resume)


@steering.post("/<run_id>/pace")
def pace(run_id: str) -> Response:
    """Change how long a working day takes."""
    return _ask(run_id, lambda run: office().set_pace(run, _field("pace")))


@steering.post("/<run_id>/advance")
def advance(run_id: str) -> Response:
    """Go on to the next event, or to a day and hour."""
    day, at = _field("day"), _field("at")
    to = f"day {day} {at}".strip() if day else at or _field("to")
    return _ask(run_id, lambda run: office().advance(run, to or None))


@steering.post("/<run_id>/rewind")
def rewind(run_id: str) -> Response:
    """Go back to the beginning of a day."""
    return _ask(run_id, lambda run: office().rewind(run, _field("to")))


@steering.post("/<run_id>/branch")
def branch(run_id: str) -> Response:
    """Begin a second run where this one was as a day began."""
    return _ask(run_id, lambda run: office().branch(run, _field("at")))


@steering.post("/<run_id>/finish")
def finish(run_id: str) -> Response:
    """End the run."""
    return _ask(run_id, office().finish)


def _field(name: str) -> str:
    return request.form.get(name, "").strip()[:_LONGEST]


def _ask(run_id: str, do: Callable[[Run], Job]) -> Response:
    run = office().find(run_id)
    job, said = None, ""
    try:
        job = do(run)
    except (RunError, CalendarError) as error:
        said = in_one_line(error)
    if is_htmx():
        return make_response(clock_fragment(run, job=job, said=said))
    if said:
        flash(said)
    return redirect(url_for("runs.show", run_id=run.id, job=job.number if job else None), 303)
