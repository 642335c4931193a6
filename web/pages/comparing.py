"""Two runs beside one another."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from web.desk import office

comparing = Blueprint("comparing", __name__, url_prefix="/runs")

_LONGEST = 80


@comparing.get("/<run_id>/compare/<other_id>")
def show(run_id: str, other_id: str) -> str:
    """Score by group, what was done, the moments, and where the two part."""
    told = office().queries.compare(office().find(run_id), office().find(other_id))
    return render_template("compare.html", told=told, status={"run": told["runs"][0]["run"]})


@comparing.get("/<run_id>/compare")
def choose(run_id: str) -> Response:
    """The same with the other run chosen in a form."""
    other = request.args.get("with", "")[:_LONGEST]
    return redirect(url_for("comparing.show", run_id=run_id, other_id=other or run_id))
