"""Everything that happened in a run, a page at a time: the run's page shows the newest of it only."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from web.desk import office

feeds = Blueprint("feeds", __name__, url_prefix="/runs")

MOST = 60
"""Items on a page."""


@feeds.get("/<run_id>/feed")
def show(run_id: str) -> str:
    """What happened `before` an item of the feed, or lately; the newest first."""
    run = office().find(run_id)
    feed = office().queries.feed(run, most=MOST, before=request.args.get("before", ""))
    return render_template("feed.html", run=run, feed=feed, feed_most=MOST)
