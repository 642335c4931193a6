"""What the run asks the people, on its page: forms to answer, and a line to say something in the chat."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from simulator.errors import BadAnswer, RunError
from simulator.model.runs import Run
from simulator.run.workroom import Job
from web.conditional import conditional_body
from web.desk import office

prompts = Blueprint("prompts", __name__, url_prefix="/runs")

_HTML = "text/html; charset=utf-8"
_LONGEST = 8_000
_FIELD = "field-"
_AT_WORK = ("running", "paused")


@prompts.get("/<run_id>/prompts")
def show(run_id: str) -> Response:
    """What is asked, alone: for htmx, which looks again and again."""
    run = office().find(run_id)
    return conditional_body(_fragment(run, seat=_seat(run)).encode(), _HTML)


@prompts.post("/<run_id>/prompts/<prompt>")
def answer(run_id: str, prompt: str) -> BaseResponse:
    """Answer a prompt; what cannot be used is said beside the form, with what was typed still in it."""
    run, typed = office().find(run_id), _typed()
    seat = _seat(run)
    try:
        job = office().answer(run, seat, prompt, typed)
    except RunError as error:
        said = {"prompt": prompt, "typed": typed, "said": ": ".join(part for part in (error.what, error.to_do) if part)}
        if _is_htmx():
            return make_response(_fragment(run, seat=seat, refused=said))
        return make_response(_page(run, seat, said), 422 if isinstance(error, BadAnswer) else 409)
    return _taken(run, seat, job, "prompts")


@prompts.post("/<run_id>/say")
def say(run_id: str) -> BaseResponse:
    """Say something in the run's chat."""
    run = office().find(run_id)
    seat = _seat(run)
    try:
        job = office().say(run, seat, request.form.get("text", "")[:_LONGEST])
    except RunError as error:
        flash(": ".join(part for part in (error.what, error.to_do) if part))
        back = url_for("runs.show", run_id=run.id, seat=seat, _anchor="feed")
        return make_response("", 422) if _is_htmx() else redirect(back, 303)
    return make_response("", 204) if _is_htmx() else _taken(run, seat, job, "feed")


def prompts_context(run: Run, *, seat: str, refused: dict[str, Any] | None = None) -> dict[str, Any]:
    """What the fragment shows: prompts of a seat, whether they can be answered now, and what was refused just now."""
    asked = office().queries.prompts(run, seat)
    waiting = [prompt for prompt in asked if prompt["open"]]
    closed = [prompt for prompt in asked if not prompt["open"]]
    return {
        "run_id": run.id,
        "prompt_seat": seat,
        "waiting": waiting if str(run.state) in _AT_WORK else [],
        "closed": closed[:3] if str(run.state) in _AT_WORK else asked,
        "at_work": str(run.state) in (*_AT_WORK, "preparing"),
        "refused": refused or {},
    }


def _fragment(run: Run, *, seat: str, refused: dict[str, Any] | None = None) -> str:
    return render_template("_prompts.html", **prompts_context(run, seat=seat, refused=refused))


def _page(run: Run, seat: str, refused: dict[str, Any]) -> str:
    context = prompts_context(run, seat=seat, refused=refused)
    return render_template("prompts.html", title=office().queries.status(run, seat)["title"], **context)


def _taken(run: Run, seat: str, job: Job, anchor: str) -> BaseResponse:
    if _is_htmx():
        return make_response(_fragment(run, seat=seat))
    return redirect(url_for("runs.show", run_id=run.id, job=job.number, seat=seat, _anchor=anchor), 303)


def _typed() -> dict[str, str]:
    """The form's fields; the ticked boxes of one field as keys with commas between."""
    names = [name for name in request.form if name.startswith(_FIELD)][:50]
    return {
        name.removeprefix(_FIELD): ",".join(value for value in request.form.getlist(name)[:500] if value)[:_LONGEST]
        for name in names
    }


def _seat(run: Run) -> str:
    """The seat that is meant: by the form, by the address, else the first human one."""
    asked = request.form.get("seat") or request.args.get("seat") or None
    view = office().queries.view(run)
    return str(office().queries.sitting(view, None if asked == "team" else asked))


def _is_htmx() -> bool:
    return request.headers.get("HX-Request") == "true"
