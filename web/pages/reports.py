"""How a sprint went: a page to read, and the same as Markdown to keep."""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template, request

from simulator.run.score_files import FORMS, score_file
from web.charts.burndown import burndown_chart
from web.desk import office
from web.downloads import attached

reports = Blueprint("reports", __name__, url_prefix="/runs")


@reports.get("/<run_id>/report")
def show(run_id: str) -> str:
    """The report as a page."""
    run = office().find(run_id)
    told = office().queries.report(run)
    return render_template("report.html", report=told, chart=burndown_chart(told["burndown"]), forms=FORMS)


@reports.get("/<run_id>/report.md")
def markdown(run_id: str) -> Response:
    """The report as a Markdown file."""
    run = office().find(run_id)
    reply = Response(office().queries.report(run)["markdown"], content_type="text/markdown; charset=utf-8")
    reply.headers["Content-Disposition"] = f'attachment; filename="{run.id}-report.md"'
    return reply


@reports.get("/<run_id>/score/<form>")
def score(run_id: str, form: str) -> Response:
    """The scorecard of a seat (`seat`), of the team or of the first learner as a file to keep."""
    if form not in FORMS:
        abort(404)
    return attached(score_file(office().queries, office().find(run_id), request.args.get("seat"), FORMS[form]))
