"""Labels on issues and pull requests."""

from __future__ import annotations

from flask import Blueprint, Response

from simulator.emulators.github.desk import named_issue, place_for, work_for
from simulator.emulators.github.errors import NotFound
from simulator.emulators.github.fields import Fields, label_names
from simulator.emulators.github.pagination import asked_page, cut, page_reply
from simulator.emulators.github.payloads.labels import label_payload
from simulator.emulators.github.state import issue_labels
from simulator.emulators.github.state.issues import Issue
from simulator.emulators.github.state.work import Place
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import json_value, reply

blueprint = Blueprint("issue_labels", __name__, url_prefix="/api/v3/repos/<owner>/<name>/issues/<int:number>/labels")


@blueprint.get("")
def list_(owner: str, name: str, number: int) -> Response:
    """https://docs.github.com/en/rest/issues/labels#list-labels-for-an-issue"""
    page = asked_page()
    with place_for(owner, name) as place:
        bodies = _bodies(place, named_issue(place, number))
    return page_reply(cut(bodies, page), page=page, total=len(bodies))


@blueprint.post("")
def add(owner: str, name: str, number: int) -> Response:
    """https://docs.github.com/en/rest/issues/labels#add-labels-to-an-issue"""
    names = _names()
    with work_for(owner, name, need="triage") as work:
        issue = named_issue(work, number)
        issue_labels.add_labels(work, issue, names)
        bodies = _bodies(work, issue)
    return reply(bodies)


@blueprint.put("")
def replace(owner: str, name: str, number: int) -> Response:
    """https://docs.github.com/en/rest/issues/labels#set-labels-for-an-issue"""
    names = _names()
    with work_for(owner, name, need="triage") as work:
        issue = named_issue(work, number)
        issue_labels.set_labels(work, issue, names)
        bodies = _bodies(work, issue)
    return reply(bodies)


@blueprint.delete("")
def clear(owner: str, name: str, number: int) -> Response:
    """https://docs.github.com/en/rest/issues/labels#remove-all-labels-from-an-issue"""
    with work_for(owner, name, need="triage") as work:
        issue_labels.set_labels(work, named_issue(work, number), [])
    return reply(None, 204)


@blueprint.delete("/<path:label>")
def remove(owner: str, name: str, number: int, label: str) -> Response:
    """https://docs.github.com/en/rest/issues/labels#remove-a-label-from-an-issue"""
    with work_for(owner, name, need="triage") as work:
        issue = named_issue(work, number)
        if not issue_labels.remove_label(work, issue, label):
            raise NotFound("Label does not exist")
        bodies = _bodies(work, issue)
    return reply(bodies)


def _names() -> list[str]:
    value = json_value()  # GitHub takes a bare list too
    body = value if isinstance(value, dict) else {"labels": value or []}
    return label_names(Fields(body, "Label")) or []


def _bodies(place: Place, issue: Issue) -> list[dict[str, object]]:
    urls = Urls.of_request()
    found = issue_labels.labels_of(place, [issue.id]).get(issue.id, [])
    return [label_payload(place.repository, label, urls) for label in found]
