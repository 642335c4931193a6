"""A repository's milestones."""

from __future__ import annotations

from flask import Blueprint, Response

from simulator.emulators.github.desk import place_for, work_for
from simulator.emulators.github.errors import NotFound
from simulator.emulators.github.fields import Fields, word_argument
from simulator.emulators.github.milestone_request import read_changes, read_new
from simulator.emulators.github.pagination import asked_page, page_reply
from simulator.emulators.github.payloads.labels import label_payload
from simulator.emulators.github.payloads.milestones import milestone_payloads
from simulator.emulators.github.state import milestones
from simulator.emulators.github.state.milestones import Milestone
from simulator.emulators.github.state.work import Place
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import json_body, reply

blueprint = Blueprint("milestones", __name__, url_prefix="/api/v3/repos/<owner>/<name>/milestones")


@blueprint.get("")
def list_(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/issues/milestones#list-milestones"""
    page = asked_page()
    state = word_argument("state", ("open", "closed", "all"), "open")
    sort = word_argument("sort", ("due_on", "completeness"), "due_on")
    direction = word_argument("direction", ("asc", "desc"), "asc")
    with place_for(owner, name) as place:
        found, total = milestones.list_milestones(
            place, state=state, sort=sort, direction=direction, offset=page.offset, limit=page.size
        )
        bodies = milestone_payloads(place, found, Urls.of_request())
    return page_reply(bodies, page=page, total=total)


@blueprint.post("")
def create(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/issues/milestones#create-a-milestone"""
    fields = Fields(json_body(), "Milestone")
    with work_for(owner, name, need="push") as work:
        made = milestones.create_milestone(work, **read_new(work, fields))
        [body] = milestone_payloads(work, [made], Urls.of_request())
    return reply(body, 201)


@blueprint.get("/<int:number>")
def get(owner: str, name: str, number: int) -> Response:
    """https://docs.github.com/en/rest/issues/milestones#get-a-milestone"""
    with place_for(owner, name) as place:
        [body] = milestone_payloads(place, [_named(place, number)], Urls.of_request())
    return reply(body)


@blueprint.patch("/<int:number>")
def edit(owner: str, name: str, number: int) -> Response:
    """https://docs.github.com/en/rest/issues/milestones#update-a-milestone"""
    fields = Fields(json_body(), "Milestone")
    with work_for(owner, name, need="push") as work:
        milestone = _named(work, number)
        edited = milestones.edit_milestone(work, milestone, **read_changes(work, fields, milestone))
        [body] = milestone_payloads(work, [edited], Urls.of_request())
    return reply(body)


@blueprint.delete("/<int:number>")
def delete(owner: str, name: str, number: int) -> Response:
    """https://docs.github.com/en/rest/issues/milestones#delete-a-milestone"""
    with work_for(owner, name, need="push") as work:
        milestones.delete_milestone(work, _named(work, number))
    return reply(None, 204)


@blueprint.get("/<int:number>/labels")
def list_labels(owner: str, name: str, number: int) -> Response:
    """https://docs.github.com/en/rest/issues/labels#list-labels-for-issues-in-a-milestone"""
    page, urls = asked_page(), Urls.of_request()
    with place_for(owner, name) as place:
        found, total = milestones.labels_in(place, _named(place, number), offset=page.offset, limit=page.size)
    return page_reply([label_payload(place.repository, label, urls) for label in found], page=page, total=total)


def _named(place: Place, number: int) -> Milestone:
    found = milestones.find_milestone(place, number)
    if found is None:
        raise NotFound
    return found
