"""Issue events and timelines."""

from __future__ import annotations

from flask import Blueprint, Response

from simulator.emulators.github.desk import named_issue, place_for
from simulator.emulators.github.errors import NotFound
from simulator.emulators.github.pagination import asked_page, cut, page_reply
from simulator.emulators.github.payloads.events import event_payloads, timeline_payloads
from simulator.emulators.github.state import events
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import reply

blueprint = Blueprint("issue_events", __name__, url_prefix="/api/v3/repos/<owner>/<name>/issues")


@blueprint.get("/events")
def of_repository(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/issues/events#list-issue-events-for-a-repository"""
    page = asked_page()
    with place_for(owner, name) as place:
        found, total = events.repository_events(place, offset=page.offset, limit=page.size)
        bodies = event_payloads(place, found, Urls.of_request(), with_issue=True)
    return page_reply(bodies, page=page, total=total)


@blueprint.get("/events/<int:event_id>")
def get(owner: str, name: str, event_id: int) -> Response:
    """https://docs.github.com/en/rest/issues/events#get-an-issue-event"""
    with place_for(owner, name) as place:
        event = events.event_by_id(place, event_id)
        if event is None:
            raise NotFound
        [body] = event_payloads(place, [event], Urls.of_request(), with_issue=True)
    return reply(body)


@blueprint.get("/<int:number>/events")
def of_issue(owner: str, name: str, number: int) -> Response:
    """https://docs.github.com/en/rest/issues/events#list-issue-events"""
    page = asked_page()
    with place_for(owner, name) as place:
        found = events.events_of(place, named_issue(place, number).id)
        bodies = event_payloads(place, cut(found, page), Urls.of_request(), with_issue=False)
    return page_reply(bodies, page=page, total=len(found))


@blueprint.get("/<int:number>/timeline")
def timeline(owner: str, name: str, number: int) -> Response:
    """https://docs.github.com/en/rest/issues/timeline#list-timeline-events-for-an-issue"""
    page = asked_page()
    with place_for(owner, name) as place:
        issue = named_issue(place, number)
        bodies = timeline_payloads(place, issue, events.timeline_of(place, issue.id), Urls.of_request())
    return page_reply(cut(bodies, page), page=page, total=len(bodies))
