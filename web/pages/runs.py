"""The page of a run, and its two fragments that refresh by themselves: the clock, and how things stand."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, render_template, request
from werkzeug.datastructures import MultiDict

from simulator.model.runs import Run
from simulator.run.coach.advising import with_hints_seen
from simulator.run.shell import access_of, lines, variables
from simulator.run.workroom import Job
from web.charts.burndown import burndown_chart
from web.charts.trend import trend_line
from web.conditional import conditional_body, known_already, marked
from web.desk import asked_job, office
from web.pages.catalogue import PACES
from web.pages.coach import check_context, job_context
from web.pages.feeds import MOST
from web.pages.findings import SHOWS, choose
from web.pages.prompts import prompts_context

runs = Blueprint("runs", __name__, url_prefix="/runs")

_HTML = "text/html; charset=utf-8"


@runs.get("/<run_id>")
def show(run_id: str) -> str:
    """The whole page."""
    run = office().find(run_id)
    stands = _standing(run)
    seat = str(stands["status"]["seat"])
    asked = prompts_context(run, seat=seat) | job_context(run, seat=seat)
    job, paste = asked_job(run), _shell_lines(stands["status"])
    looked = check_context(run, seat=seat, job=job)
    more = {"job": job, "paces": PACES, "shell_lines": paste, "disputes_open": office().objecting.open_disputes(run)}
    return render_template("run.html", **stands | asked | looked | more)


@runs.get("/<run_id>/clock")
def clock(run_id: str) -> Response:
    """The clock with its controls: day, hour, state, progress, and what became of what was asked for."""
    run = office().find(run_id)
    return conditional_body(clock_fragment(run, job=asked_job(run)).encode(), _HTML)


@runs.get("/<run_id>/standing")
def standing(run_id: str) -> Response:
    """Score, board, burndown, findings and feed. Not even computed for a reader who has the latest."""
    run = office().find(run_id)
    mark = hashlib.blake2b(repr((office().queries.mark(run), request.full_path)).encode(), digest_size=16).hexdigest()
    unchanged = known_already(mark)
    return unchanged or marked(render_template("_standing.html", **_standing(run)).encode(), _HTML, mark)


def clock_fragment(run: Run, *, job: Job | None, said: str = "") -> str:
    """The clock alone, with what was just asked for, or why it cannot be done."""
    return render_template("_clock.html", status=office().queries.status(run), job=job, paces=PACES, said=said)


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
        "findings": choose(with_hints_seen(queries, run, card, seat), request.args),
        "show_words": SHOWS,
        "trend": trend_line(queries.trend(run, None if seat == "team" else seat)),
        "board": queries.board(run),
        "burndown": burndown,
        "chart": burndown_chart(burndown),
        "feed": queries.feed(run, most=MOST),
        "feed_most": MOST,
        "run_id": run.id,
        "say_seat": status["seat"],
        "said_text": "",
        "query": _query(request.args),
    }


def _shell_lines(status: Mapping[str, Any]) -> list[str]:
    """What leads the clients in a shell to the run's own GitHub; nothing for another one."""
    access = access_of(status["github"]) if status["emulated"] else None
    return lines(variables(access), "sh") if access else []


def _query(given: MultiDict[str, str]) -> dict[str, str]:
    return {name: given[name][:20] for name in ("group", "show", "seat") if given.get(name)}


def _one_of(value: str | None, choices: list[Any], default: Any) -> Any:
    return value if value in choices else default
