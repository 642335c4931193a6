from __future__ import annotations

import html
import re

from flask.testing import FlaskClient

from simulator.model.runs import Run
from simulator.run.score_files import FORMS


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


def test_the_report_offers_the_score_in_every_form_and_each_link_gives_a_file(client: FlaskClient, run: Run) -> None:
    page = client.get(f"/runs/{run.id}/report").text
    links = re.findall(r'href="(/runs/[^"]+/score/[^"]+)"', page)

    assert len(links) == 2 * len(FORMS) - 2  # the tables of learners are everybody's
    for link in links:
        reply = client.get(html.unescape(link))
        assert reply.status_code == 200
        assert reply.headers["Content-Disposition"].startswith("attachment; ")
