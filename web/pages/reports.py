"""How a sprint went: a page to read, and the same as Markdown to keep."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from web.charts.burndown import burndown_chart
from web.desk import office

reports = Blueprint("reports", __name__, url_prefix="/runs")


@reports.get("/<run_id>/report")
def show(run_id: str) -> str:
    """The report as a page."""
    run = office().find(run_id)
    told = office().queries.report(run)
    return render_template("report.html", report=told, chart=burndown_chart(told["burndown"]))


@reports.get("/<run_id>/report.md")
def markdown(run_id: str) -> Response:
    """The report as a Markdown file."""
    run = office().find(run_id)
    reply = Response(office().queries.report(run)["markdown"], content_type="text/markdown; charset=utf-8")
    reply.headers["Content-Disposition"] = f'attachment; filename="{run.id}-report.md"'
    return reply
