"""Assignees: who can be, and who is."""

from __future__ import annotations

from flask import Blueprint, Response

from simulator.emulators.github.desk import belonging, named_issue, place_for, work_for
from simulator.emulators.github.errors import NotFound
from simulator.emulators.github.fields import Fields
from simulator.emulators.github.pagination import asked_page, page_reply
from simulator.emulators.github.payloads.issues import issue_payload
from simulator.emulators.github.payloads.users import simple_user
from simulator.emulators.github.state.assignees import assign, unassign
from simulator.emulators.github.state.collaborators import page_of
from simulator.emulators.github.state.issues import issue_by_id
from simulator.emulators.github.state.users import by_logins
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import json_body, reply

blueprint = Blueprint("assignees", __name__, url_prefix="/api/v3/repos/<owner>/<name>")


@blueprint.get("/assignees")
def list_(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/issues/assignees#list-assignees"""
    page = asked_page()
    with place_for(owner, name) as place:
        people, total = page_of(place.connection, place.repository, offset=page.offset, limit=page.size)
    urls = Urls.of_request()
    return page_reply([simple_user(person, urls) for person in people], page=page, total=total)


@blueprint.get("/assignees/<login>")
def check(owner: str, name: str, login: str) -> Response:
    """https://docs.github.com/en/rest/issues/assignees#check-if-a-user-can-be-assigned"""
    with place_for(owner, name) as place:
        people, _ = belonging(place, [login])
    if not people:
        raise NotFound
    return reply(None, 204)


@blueprint.post("/issues/<int:number>/assignees")
def add(owner: str, name: str, number: int) -> Response:
    """https://docs.github.com/en/rest/issues/assignees#add-assignees-to-an-issue"""
    logins = Fields(json_body(), "Issue").names("assignees") or []
    with work_for(owner, name, need="triage") as work:
        issue = named_issue(work, number)
        people, _ = belonging(work, logins)
        assign(work, issue.id, people, is_pull=issue.is_pull)
        body = issue_payload(work, issue_by_id(work, issue.id), Urls.of_request())
    return reply(body, 201)


@blueprint.delete("/issues/<int:number>/assignees")
def remove(owner: str, name: str, number: int) -> Response:
    """https://docs.github.com/en/rest/issues/assignees#remove-assignees-from-an-issue"""
    logins = Fields(json_body(), "Issue").names("assignees") or []
    with work_for(owner, name, need="triage") as work:
        issue = named_issue(work, number)
        people = by_logins(work.connection, work.site, logins).values()  # who has lost access can still be taken off
        unassign(work, issue.id, people, is_pull=issue.is_pull)
        body = issue_payload(work, issue_by_id(work, issue.id), Urls.of_request())
    return reply(body)
