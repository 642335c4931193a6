"""One check run: what a build said of a commit, and the button that asks for it once more."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response

from simulator.emulators.github.errors import NotFound
from simulator.emulators.github.pages.desk import place_of, read_as, show_in
from simulator.emulators.github.pages.pull_deeds import deed
from simulator.emulators.github.state.check_writing import rerequest_suite
from simulator.emulators.github.state.checks import CheckRun, find_run
from simulator.emulators.github.state.permissions import allows, permission_of
from simulator.emulators.github.state.work import Place

blueprint = Blueprint("pages_checks", __name__)


@blueprint.get("/<owner:owner>/<name>/runs/<int:number>")
def run(owner: str, name: str, number: int) -> Response:
    """https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/collaborating-on-repositories-with-code-quality-features/about-status-checks"""
    with place_of(owner, name) as place:
        found = _found(place, number)
        reader = read_as()
        may = reader is not None and allows(permission_of(place.connection, place.repository, reader), "push")
        again = f"{request.script_root}{request.path}/rerequest" if may and found.is_completed else None
        return show_in(place, "github/run.html", tab="actions", run=found, again=again)


@blueprint.post("/<owner:owner>/<name>/runs/<int:number>/rerequest")
def rerequest(owner: str, name: str, number: int) -> Response:
    """https://docs.github.com/en/rest/checks/suites#rerequest-a-check-suite"""
    with deed(owner, name, need="push") as work:
        rerequest_suite(work, _found(work, number).suite_id)
    return Response(status=303, headers={"Location": f"{request.script_root}/{owner}/{name}/runs/{number}"})


def _found(place: Place, number: int) -> CheckRun:
    found = find_run(place.connection, place.repository, number)
    if found is None:
        raise NotFound
    return found
