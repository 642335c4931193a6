"""Disputes and waivers of a run on one page: learners say what is wrong, a trainer answers, waives and revokes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from simulator.errors import RunError
from simulator.model.objections import LONGEST_NAME, LONGEST_REASON, SHORTEST_REASON
from simulator.model.runs import Run
from simulator.run.workroom import Job
from web.api.problems import status_of
from web.conditional import conditional_body
from web.desk import asked_job, asked_seat, office
from web.pages.errors import in_one_line
from web.trainer import need_trainer, shows, sign_in, sign_out, trainer

objections = Blueprint("objections", __name__)

_HTML = "text/html; charset=utf-8"
_LONGEST = 8_000
_MOST_CHOICES = 200


@objections.get("/runs/<run_id>/objections")
def show(run_id: str) -> str:
    """The whole page; `finding` is the one that somebody wants to speak of."""
    run = office().find(run_id)
    return render_template("objections.html", **_context(run, asked_seat(run)))


@objections.get("/runs/<run_id>/objections/list")
def listed(run_id: str) -> Response:
    """What was said, alone: for htmx, which looks again and again."""
    run = office().find(run_id)
    return conditional_body(render_template("_objections.html", **_context(run, asked_seat(run))).encode(), _HTML)


@objections.post("/runs/<run_id>/disputes")
def dispute(run_id: str) -> BaseResponse:
    """Say that a finding is wrong."""
    return _ask(
        run_id, lambda run: office().objecting.dispute(run, asked_seat(run), _field("finding"), _field("reason"))
    )


@objections.post("/runs/<run_id>/disputes/<finding>/withdraw")
def withdraw(run_id: str, finding: str) -> BaseResponse:
    """Take one's own dispute back."""
    return _ask(run_id, lambda run: office().objecting.withdraw(run, asked_seat(run), finding))


@objections.post("/runs/<run_id>/disputes/<finding>/answer")
def answer(run_id: str, finding: str) -> BaseResponse:
    """Accept or decline a dispute, as the trainer."""
    by, word = need_trainer(), _field("answer")
    if _field("decision") == "accept":
        right = _field("right") or "pass"
        return _ask(run_id, lambda run: office().objecting.accept(run, finding, answer=word, by=by, right=right))
    return _ask(run_id, lambda run: office().objecting.decline(run, finding, answer=word, by=by))


@objections.post("/runs/<run_id>/waivers")
def waive(run_id: str) -> BaseResponse:
    """Waive a finding, as the trainer."""
    by, reason = need_trainer(), _field("reason")
    return _ask(run_id, lambda run: office().objecting.waive(run, _field("finding"), reason=reason, by=by))


@objections.post("/runs/<run_id>/waivers/<finding>/revoke")
def revoke(run_id: str, finding: str) -> BaseResponse:
    """Take a waiver back, as the trainer."""
    by = need_trainer()
    return _ask(run_id, lambda run: office().objecting.revoke(run, finding, by=by))


@objections.route("/trainer", methods=["GET", "POST"])
def enter() -> BaseResponse:
    """Where a trainer shows the code and says a name; then back to the run that it came from."""
    name, back = " ".join(_field("name").split())[:LONGEST_NAME], _back()
    wrong = request.method == "POST" and not (name and shows(_field("code")))
    if request.method == "POST" and not wrong:
        sign_in(name)
        return redirect(back, 303)
    page = render_template("trainer.html", wrong=wrong, name=name, run_id=request.values.get("run", ""), who=trainer())
    return make_response(page, 403 if wrong else 200)


@objections.post("/trainer/leave")
def leave() -> BaseResponse:
    """Be the trainer no more on this browser."""
    sign_out()
    return redirect(_back(), 303)


def _back() -> str:
    """The page of the run that is named, else the start page."""
    run = request.values.get("run", "")[:80]
    return url_for("objections.show", run_id=run) if run else url_for("catalogue.show")


def _ask(run_id: str, do: Callable[[Run], Job]) -> BaseResponse:
    """Have it done and go back to the page; what is refused is said there, with what was typed."""
    run = office().find(run_id)
    seat = asked_seat(run)
    try:
        job = do(run)
    except RunError as error:
        typed = {name: _field(name) for name in ("finding", "reason", "answer")} | {"path": request.path}
        page = render_template("objections.html", **_context(run, seat, typed=typed, said=in_one_line(error)))
        return make_response(page, status_of(error))
    return redirect(url_for("objections.show", run_id=run.id, job=job.number, seat=seat), 303)


def _context(run: Run, seat: str, *, typed: Mapping[str, str] | None = None, said: str = "") -> dict[str, Any]:
    objecting, queries, job = office().objecting, office().queries, asked_job(run)
    return {
        "run_id": run.id,
        "seat": seat,
        "job": job if job and job.what in _ASKED else None,
        "said": said,
        "typed": typed or {"finding": request.args.get("finding", "")[:20]},
        "trainer": trainer(),
        "disputes": objecting.disputes(run),
        **objecting.waivers(run),
        "mine": _costly(queries.card(run, queries.sitting(queries.view(run), seat))),
        "everybodys": _costly(queries.card(run, None)) if trainer() else [],
        "shortest": SHORTEST_REASON,
        "longest": LONGEST_REASON,
    }


_ASKED = ("dispute", "withdraw", "accept", "decline", "waive", "revoke")


def _costly(card: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """What can be disputed or waived: what costs most first."""
    every = card.get("findings", ())
    costly = [one for one in every if not one.get("waived") and (one["outcome"] == "breach" or one["points_lost"])]
    return costly[:_MOST_CHOICES]


def _field(name: str) -> str:
    return request.form.get(name, "").strip()[:_LONGEST]
