"""What the run asks the people, on its page: forms to answer, and a line to say something in the chat."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from simulator.errors import RunError
from simulator.model.runs import Run
from simulator.run.workroom import Job
from web.api.problems import status_of
from web.conditional import conditional_body
from web.desk import asked_job, asked_seat, office
from web.htmx import is_htmx
from web.pages.errors import in_one_line

prompts = Blueprint("prompts", __name__, url_prefix="/runs")

_HTML = "text/html; charset=utf-8"
_LONGEST = 8_000
_FIELD = "field-"
_AT_WORK = ("running", "paused")


@prompts.get("/<run_id>/prompts")
def show(run_id: str) -> Response:
    """What is asked, alone: for htmx, which looks again and again."""
    run = office().find(run_id)
    return conditional_body(_fragment(run, asked_seat(run), job=asked_job(run)).encode(), _HTML)


@prompts.post("/<run_id>/prompts/<prompt>")
def answer(run_id: str, prompt: str) -> BaseResponse:
    """Answer a prompt; what cannot be used is said beside the form, with what was typed still in it."""
    run, typed = office().find(run_id), _typed()
    seat = asked_seat(run)
    try:
        job = office().answer(run, seat, prompt, typed)
    except RunError as error:
        if is_htmx():
            raise  # said beside the form, which the open page leaves as it is
        refused = {"prompt": prompt, "typed": typed, "said": in_one_line(error)}
        return make_response(_page(run, seat, refused), status_of(error))
    return make_response(_fragment(run, seat, job=job)) if is_htmx() else _followed(run, seat, job, "prompts")


@prompts.post("/<run_id>/say")
def say(run_id: str) -> BaseResponse:
    """Say something in the run's chat."""
    run = office().find(run_id)
    seat = asked_seat(run)
    text = request.form.get("text", "")[:_LONGEST]
    try:
        job = office().say(run, seat, text)
    except RunError as error:
        if is_htmx():
            raise
        context = {"run_id": run.id, "say_seat": seat, "said_text": text, "refused": in_one_line(error)}
        return make_response(render_template("say.html", **context), status_of(error))
    return make_response(_said(run, job)) if is_htmx() else _followed(run, seat, job, "feed")


@prompts.get("/<run_id>/said/<int:number>")
def said(run_id: str, number: int) -> str:
    """What became of something said, alone: for htmx, which follows it until it is passed on."""
    run = office().find(run_id)
    return _said(run, office().workroom.job(run.id, number))


def prompts_context(run: Run, *, seat: str, refused: dict[str, Any] | None = None) -> dict[str, Any]:
    """What the fragment shows: prompts of a seat, whether they can be answered now, and what was refused just now."""
    asked = office().queries.prompts(run, seat)
    waiting = [prompt for prompt in asked if prompt["open"]]
    closed = [prompt for prompt in asked if not prompt["open"]]
    return {
        "run_id": run.id,
        "prompt_seat": seat,
        "prompt_job": None,
        "waiting": [prompt | {"version": _version(prompt)} for prompt in waiting] if str(run.state) in _AT_WORK else [],
        "closed": closed[:3] if str(run.state) in _AT_WORK else asked,
        "at_work": str(run.state) in (*_AT_WORK, "preparing"),
        "refused": refused or {},
    }


def _fragment(run: Run, seat: str, *, job: Job | None) -> str:
    return render_template("_prompts.html", **prompts_context(run, seat=seat) | {"prompt_job": job})


def _page(run: Run, seat: str, refused: dict[str, Any]) -> str:
    context = prompts_context(run, seat=seat, refused=refused)
    return render_template("prompts.html", title=office().queries.status(run, seat)["title"], **context)


def _said(run: Run, job: Job | None) -> str:
    return render_template("_said.html", run_id=run.id, job=job)


def _followed(run: Run, seat: str, job: Job, anchor: str) -> BaseResponse:
    return redirect(url_for("runs.show", run_id=run.id, job=job.number, seat=seat, _anchor=anchor), 303)


def _version(prompt: Mapping[str, Any]) -> str:
    """Another one for every other answer, so that an open page shows what was answered in another window."""
    return hashlib.blake2b(repr(prompt["answers"]).encode(), digest_size=4).hexdigest()


def _typed() -> dict[str, str]:
    """The form's fields; the ticked boxes of one field as keys with commas between."""
    names = [name for name in request.form if name.startswith(_FIELD)][:50]
    return {
        name.removeprefix(_FIELD): ",".join(value for value in request.form.getlist(name)[:500] if value)[:_LONGEST]
        for name in names
    }
