"""The page of a run, and its two fragments that refresh by themselves: the clock, and how things stand."""

from __future__ import annotations

import hashlib
from typing import Any

from flask import Blueprint, Response, render_template, request
from werkzeug.datastructures import MultiDict

from simulator.model.runs import Run
from simulator.run.workroom import Job
from web.charts.burndown import burndown_chart
from web.charts.trend import trend_line
from web.conditional import conditional_body, known_already, marked
from web.desk import office
from web.pages.catalogue import PACES
from web.pages.coach import job_context
from web.pages.findings import choose
from web.pages.prompts import prompts_context

runs = Blueprint("runs", __name__, url_prefix="/runs")

_HTML = "text/html; charset=utf-8"
_LARGEST_JOB = 10**9


@runs.get("/<run_id>")
def show(run_id: str) -> str:
    """The whole page."""
    run = office().find(run_id)
    standing = _standing(run)
    asked = prompts_context(run, seat=str(standing["status"]["seat"]))
    task = job_context(run, seat=str(standing["status"]["seat"]))
    return render_template("run.html", **_clock(run, _asked_job(run)) | standing | asked | task)


@runs.get("/<run_id>/clock")
def clock(run_id: str) -> Response:
    """The clock with its controls: day, hour, state, progress, and what became of what was asked for."""
    run = office().find(run_id)
    return conditional_body(clock_fragment(run, job=_asked_job(run)).encode(), _HTML)


@runs.get("/<run_id>/standing")
def standing(run_id: str) -> Response:
    """Score, board, burndown, findings and feed. Not even computed for a reader who has the latest."""
    run = office().find(run_id)
    mark = hashlib.blake2b(repr((office().queries.mark(run), request.full_path)).encode(), digest_size=16).hexdigest()
    unchanged = known_already(mark)
    return unchanged or marked(render_template("_standing.html", **_standing(run)).encode(), _HTML, mark)


def clock_fragment(run: Run, *, job: Job | None, said: str = "") -> str:
    """The clock alone, with what was just asked for, or why it cannot be done."""
    return render_template("_clock.html", **_clock(run, job), said=said)


def _clock(run: Run, job: Job | None) -> dict[str, Any]:
    return {"status": office().queries.status(run), "job": job, "paces": PACES}


def _standing(run: Run) -> dict[str, Any]:
    queries = office().queries
    status = queries.status(run)
    seats = [seat["seat"] for seat in status["seats"] if seat["kind"] == "human"]
    seat = _one_of(request.args.get("seat"), [*seats, "team"], seats[0])
    if seat not in (seats[0], "team"):
        status = queries.status(run, seat)
    card = queries.card(run, None if seat == "team" else seat)
    burndown = queries.burndown(run)
    return {
        "status": status,
        "seat": seat,
        "card": card,
        "findings": choose(card.get("findings", ()), request.args),
        "trend": trend_line(queries.trend(run, None if seat == "team" else seat)),
        "board": queries.board(run),
        "burndown": burndown,
        "chart": burndown_chart(burndown),
        "feed": queries.feed(run),
        "query": _query(request.args),
    }


def _asked_job(run: Run) -> Job | None:
    number = request.args.get("job", "")
    if not (number.isascii() and number.isdigit() and int(number[:12]) < _LARGEST_JOB):
        return None
    return office().workroom.job(run.id, int(number))


def _query(given: MultiDict[str, str]) -> dict[str, str]:
    return {name: given[name][:20] for name in ("group", "show", "seat") if given.get(name)}


def _one_of(value: str | None, choices: list[Any], default: Any) -> Any:
    return value if value in choices else default
