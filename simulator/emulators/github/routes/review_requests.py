"""Asking people and teams to review a pull request."""

from __future__ import annotations

from flask import Blueprint, Response

from simulator.emulators.github.desk import belonging, named_pull, place_for, work_for
from simulator.emulators.github.errors import ValidationFailed
from simulator.emulators.github.fields import Fields
from simulator.emulators.github.payloads.pulls import pull_payloads
from simulator.emulators.github.payloads.teams import team_payloads
from simulator.emulators.github.payloads.users import simple_user
from simulator.emulators.github.state.people import load_people
from simulator.emulators.github.state.pull_rows import Pull, pull_by_id
from simulator.emulators.github.state.review_requests import request_reviews, requested_of, withdraw_requests
from simulator.emulators.github.state.team_repositories import team_permission
from simulator.emulators.github.state.team_review_requests import (
    request_team_reviews,
    requested_teams_of,
    withdraw_team_requests,
)
from simulator.emulators.github.state.teams import Team, sees, teams_by_slugs
from simulator.emulators.github.state.work import Place, Work
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import json_body, reply

blueprint = Blueprint(
    "review_requests",
    __name__,
    url_prefix="/api/v3/repos/<owner>/<name>/pulls/<int:number>/requested_reviewers",
)


@blueprint.get("")
def list_(owner: str, name: str, number: int) -> Response:
    """https://docs.github.com/en/rest/pulls/review-requests#get-all-requested-reviewers-for-a-pull-request"""
    urls = Urls.of_request()
    with place_for(owner, name) as place:
        pull = named_pull(place, number)
        people, teams = _asked(place, pull), team_payloads(place.connection, _asked_teams(place, pull), urls)
    return reply({"users": [simple_user(person, urls) for person in people], "teams": teams})


@blueprint.post("")
def request_(owner: str, name: str, number: int) -> Response:
    """https://docs.github.com/en/rest/pulls/review-requests#request-reviewers-for-a-pull-request"""
    fields = Fields(json_body(), "PullRequest")
    logins, slugs = fields.names("reviewers") or [], fields.names("team_reviewers") or []
    with work_for(owner, name, need="triage") as work:
        pull = named_pull(work, number)
        people, teams = _reviewers(work, pull, logins, slugs)
        request_reviews(work, pull.id, people)
        request_team_reviews(work, pull.id, teams)
        [body] = pull_payloads(work, [pull_by_id(work, pull.id)], Urls.of_request())
    return reply(body, 201)


@blueprint.delete("")
def withdraw(owner: str, name: str, number: int) -> Response:
    """https://docs.github.com/en/rest/pulls/review-requests#remove-requested-reviewers-from-a-pull-request"""
    fields = Fields(json_body(), "PullRequest")
    logins = {login.lower() for login in fields.names("reviewers") or []}
    slugs = {slug.lower() for slug in fields.names("team_reviewers") or []}
    with work_for(owner, name, need="triage") as work:
        pull = named_pull(work, number)
        withdraw_requests(work, pull.id, [each for each in _asked(work, pull) if each.login.lower() in logins])
        withdraw_team_requests(work, pull.id, [each for each in _asked_teams(work, pull) if each.slug in slugs])
        [body] = pull_payloads(work, [pull_by_id(work, pull.id)], Urls.of_request())
    return reply(body)


def _asked(place: Place, pull: Pull) -> list[Account]:
    ids = requested_of(place, [pull.id]).get(pull.id, [])
    people = load_people(place, ids)
    return [person for each in ids if (person := people.get(each))]


def _asked_teams(place: Place, pull: Pull) -> list[Team]:
    return requested_teams_of(place, [pull.id]).get(pull.id, [])


def _reviewers(work: Work, pull: Pull, logins: list[str], slugs: list[str]) -> tuple[list[Account], list[Team]]:
    people, strangers = belonging(work, logins)
    if any(person.id == pull.issue.author_id for person in people):
        raise ValidationFailed(message="Review cannot be requested from pull request author.")
    teams = _teams(work, slugs)
    if strangers or len(teams) < len({slug.lower() for slug in slugs}):
        raise ValidationFailed(
            message="Reviews may only be requested from collaborators. One or more of the users or teams you specified is not "
            f"a collaborator of the {work.repository.full_name} repository."
        )
    return people, teams


def _teams(work: Work, slugs: list[str]) -> list[Team]:
    """Those of the teams that work in the repository and that the actor knows of."""
    found = teams_by_slugs(work.connection, work.repository.owner, slugs).values()
    return [
        team
        for team in found
        if sees(work.connection, team, work.actor)
        and team_permission(work.connection, team, work.repository) is not None
    ]
