"""The start page: scenarios to begin, and the runs there are."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from simulator.errors import SprintdojoError
from simulator.run.starting import StartRequest
from web.desk import office
from web.pages.errors import in_one_line

catalogue = Blueprint("catalogue", __name__)

PACES = (
    ("1m", "1 minute"),
    ("5m", "5 minutes"),
    ("10m", "10 minutes"),
    ("30m", "30 minutes"),
    ("1h", "1 hour"),
    ("8h", "8 hours: real time"),
)
"""Paces to choose from: how long a working day of the sprint takes, as the clock reads it and in words."""
RUNS = 20
"""Runs on a page."""
_LARGEST_SEED = 2**31 - 1
_LONGEST = 200


@catalogue.get("/")
def show() -> str:
    """Scenarios, and runs with the newest first, a page of them at a time."""
    queries, skip = office().queries, _skipped(request.args.get("after", ""))
    runs = queries.runs(skip=skip, most=RUNS + 1)
    return render_template(
        "catalogue.html",
        scenarios=queries.scenarios(),
        runs=runs[:RUNS],
        newer=skip > 0,
        older=skip + RUNS if len(runs) > RUNS else None,
        paces=PACES,
        largest_seed=_LARGEST_SEED,
    )


@catalogue.post("/runs")
def start() -> Response:
    """Begin a run and go to its page; what keeps it from beginning is said on the start page."""
    known = {str(scenario["id"]): str(scenario["name"]) for scenario in office().queries.scenarios()}
    named = known.get(request.form.get("scenario", "")[:_LONGEST])
    if named is None:
        abort(404)  # a page names a scenario of the catalogue; folders are for the command line
    wanted = StartRequest(
        scenario=named,
        pace=request.form.get("pace", "")[:_LONGEST] or None,
        seed=_seed(request.form.get("seed", "1")),
        paused="paused" in request.form,
        language=request.form.get("language", "")[:_LONGEST] or None,
    )
    try:
        run = office().start(wanted)
    except SprintdojoError as error:
        flash(in_one_line(error))
        return redirect(url_for("catalogue.show"), 303)
    return redirect(url_for("runs.show", run_id=run.id), 303)


def _skipped(text: str) -> int:
    """How many runs are on the pages before this one; none for what is no such number."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else 0


def _seed(text: str) -> int:
    text = text.strip() or "1"
    if not (text.isascii() and text.isdigit() and len(text) <= 10 and int(text) <= _LARGEST_SEED):
        abort(400, description=f"the seed is a whole number from 0 to {_LARGEST_SEED}")
    return int(text)
