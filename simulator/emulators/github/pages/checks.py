"""One check run: what a build said of a commit."""

from __future__ import annotations

from flask import Blueprint, Response

from simulator.emulators.github.errors import NotFound
from simulator.emulators.github.pages.desk import place_of, show_in
from simulator.emulators.github.state.checks import find_run

blueprint = Blueprint("pages_checks", __name__)


@blueprint.get("/<owner:owner>/<name>/runs/<int:number>")
def run(owner: str, name: str, number: int) -> Response:
    """https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/collaborating-on-repositories-with-code-quality-features/about-status-checks"""
    with place_of(owner, name) as place:
        found = find_run(place.connection, place.repository, number)
        if found is None:
            raise NotFound
        return show_in(place, "github/run.html", tab="actions", run=found)
