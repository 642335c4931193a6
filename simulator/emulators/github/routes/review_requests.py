"""Asking people to review a pull request."""

from __future__ import annotations

from flask import Blueprint, Response

from simulator.emulators.github.desk import belonging, named_pull, place_for, work_for
from simulator.emulators.github.errors import ValidationFailed
from simulator.emulators.github.fields import Fields
from simulator.emulators.github.payloads.pulls import pull_payloads
from simulator.emulators.github.payloads.users import simple_user
from simulator.emulators.github.state.people import load_people
from simulator.emulators.github.state.pull_rows import Pull, pull_by_id
from simulator.emulators.github.state.review_requests import request_reviews, requested_of, withdraw_requests
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
    with place_for(owner, name) as place:
        people = _asked(place, named_pull(place, number))
    urls = Urls.of_request()
    return reply({"users": [simple_user(person, urls) for person in people], "teams": []})


@blueprint.post("")
def request_(owner: str, name: str, number: int) -> Response:
    """https://docs.github.com/en/rest/pulls/review-requests#request-reviewers-for-a-pull-request"""
    fields = Fields(json_body(), "PullRequest")
    logins, teams = fields.names("reviewers") or [], fields.names("team_reviewers") or []
    with work_for(owner, name, need="triage") as work:
        pull = named_pull(work, number)
        request_reviews(work, pull.id, _reviewers(work, pull, logins, teams))
        [body] = pull_payloads(work, [pull_by_id(work, pull.id)], Urls.of_request())
    return reply(body, 201)


@blueprint.delete("")
def withdraw(owner: str, name: str, number: int) -> Response:
    """https://docs.github.com/en/rest/pulls/review-requests#remove-requested-reviewers-from-a-pull-request"""
    logins = Fields(json_body(), "PullRequest").names("reviewers") or []
    with work_for(owner, name, need="triage") as work:
        pull = named_pull(work, number)
        gone = {login.lower() for login in logins}
        withdraw_requests(work, pull.id, [person for person in _asked(work, pull) if person.login.lower() in gone])
        [body] = pull_payloads(work, [pull_by_id(work, pull.id)], Urls.of_request())
    return reply(body)


def _asked(place: Place, pull: Pull) -> list[Account]:
    ids = requested_of(place, [pull.id]).get(pull.id, [])
    people = load_people(place, ids)
    return [person for each in ids if (person := people.get(each))]


def _reviewers(work: Work, pull: Pull, logins: list[str], teams: list[str]) -> list[Account]:
    people, strangers = belonging(work, logins)
    if any(person.id == pull.issue.author_id for person in people):
        raise ValidationFailed(message="Review cannot be requested from pull request author.")
    if strangers or teams:
        raise ValidationFailed(
            message="Reviews may only be requested from collaborators. One or more of the users or teams you specified is not "
            f"a collaborator of the {work.repository.full_name} repository."
        )
    return people
