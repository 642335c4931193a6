from __future__ import annotations

from flask.testing import FlaskClient

from simulator.model.runs import Run


def test_the_report_tells_the_sprint(client: FlaskClient, run: Run) -> None:
    page = client.get(f"/runs/{run.id}/report").text

    assert page.count("<h1") == 1
    for title in (
        "Score",
        "Burndown",
        "Completed",
        "Not completed",
        "Added after the start",
        "Removed",
        "What cost points",
    ):
        assert f">{title}</h2>" in page
    assert "Refund a captured payment" in page


def test_the_report_can_be_kept_as_markdown(client: FlaskClient, run: Run) -> None:
    reply = client.get(f"/runs/{run.id}/report.md")

    assert reply.content_type == "text/markdown; charset=utf-8"
    assert reply.headers["Content-Disposition"] == f'attachment; filename="{run.id}-report.md"'
    assert reply.text.startswith("# A first sprint")
