"""Check suites."""

from __future__ import annotations

from flask import Blueprint, Response, request

from simulator.emulators.github.desk import place_for, work_for
from simulator.emulators.github.errors import NotFound
from simulator.emulators.github.pagination import asked_page, cut, page_reply
from simulator.emulators.github.payloads.checks import check_suite
from simulator.emulators.github.routes.checks import is_other_app
from simulator.emulators.github.routes.commits import commit_at
from simulator.emulators.github.state import check_suites, checks
from simulator.emulators.github.state.check_suites import CheckSuite
from simulator.emulators.github.state.check_writing import rerequest_suite
from simulator.emulators.github.state.pulls_on import pulls_on
from simulator.emulators.github.state.work import Place
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import reply

blueprint = Blueprint("check_suites", __name__, url_prefix="/api/v3/repos/<owner>/<name>")


@blueprint.get("/check-suites/<int:suite_id>")
def get_suite(owner: str, name: str, suite_id: int) -> Response:
    """https://docs.github.com/en/rest/checks/suites#get-a-check-suite"""
    with place_for(owner, name) as place:
        suite = _found(place, suite_id)
        runs = checks.runs_of_suites(place.connection, place.repository, [suite.id])[suite.id]
        pulls = pulls_on(place, [suite.head_sha])[suite.head_sha]
        commit = commit_at(place.git, place.repository, suite.head_sha)
    return reply(check_suite(suite, runs, commit, place.repository, Urls.of_request(), pulls=pulls))


@blueprint.get("/commits/<path:ref>/check-suites")
def list_suites(owner: str, name: str, ref: str) -> Response:
    """https://docs.github.com/en/rest/checks/suites#list-check-suites-for-a-git-reference"""
    page, urls, check_name = asked_page(), Urls.of_request(), request.args.get("check_name")
    with place_for(owner, name) as place:
        commit = commit_at(place.git, place.repository, ref)
        sha = str(commit.id)
        found = [] if is_other_app() else check_suites.suites_of(place.connection, place.repository, sha)
        runs = checks.runs_of_suites(place.connection, place.repository, [suite.id for suite in found])
        if check_name is not None:
            found = [suite for suite in found if any(run.name == check_name for run in runs[suite.id])]
        pulls = pulls_on(place, [sha])[sha]
    bodies = [
        check_suite(suite, runs[suite.id], commit, place.repository, urls, pulls=pulls) for suite in cut(found, page)
    ]
    return page_reply(bodies, page=page, total=len(found), wrap="check_suites")


@blueprint.post("/check-suites/<int:suite_id>/rerequest")
def rerequest(owner: str, name: str, suite_id: int) -> Response:
    """https://docs.github.com/en/rest/checks/suites#rerequest-a-check-suite"""
    with work_for(owner, name, need="push") as work:
        rerequest_suite(work, _found(work, suite_id).id)
    return reply({}, 201)


def _found(place: Place, suite_id: int) -> CheckSuite:
    suite = check_suites.find_suite(place.connection, place.repository, suite_id)
    if suite is None:
        raise NotFound
    return suite
