"""Sprints: planned, started, closed; what is in them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response

from simulator.emulators.jira.agile_lists import list_issues
from simulator.emulators.jira.errors import BadRequest
from simulator.emulators.jira.params import number, text
from simulator.emulators.jira.payloads import sprints
from simulator.emulators.jira.session import Session, reading, writing
from simulator.emulators.jira.state import board_issues
from simulator.emulators.jira.state.boards import find_board
from simulator.emulators.jira.state.search.query import Found
from simulator.emulators.jira.state.sprint_life import delete_sprint, edit_sprint, swap_sprints
from simulator.emulators.jira.state.sprints import create_sprint, find_sprint
from simulator.emulators.kit.web import json_body, reply

agile = Blueprint("sprints", __name__)
software = Blueprint("software_sprints", __name__)

_EVERYTHING = Found(where=None, order=())
_DATES = {"startDate": "start_at", "endDate": "end_at"}
_DAY = re.compile(r"\d{4}-\d\d-\d\d(T|$)")
_NOTHING: dict[str, Any] = {"name": "", "goal": "", "start_at": None, "end_at": None}


@agile.post("/sprint")
def post_sprint() -> Response:
    """https://developer.atlassian.com/cloud/jira/software/rest/api-group-sprint/#api-rest-agile-1-0-sprint-post"""
    given = json_body()
    if given.get("originBoardId") is None:
        raise BadRequest(errors={"originBoardId": "The origin board must be specified."})
    with writing() as session:
        board = find_board(session.context, number("originBoardId", 0, given))
        return reply(sprints.sprint(session, create_sprint(session.context, board=board, values=_values(given))), 201)


@agile.get("/sprint/<int:sprint_id>")
def get_sprint(sprint_id: int) -> Response:
    """https://developer.atlassian.com/cloud/jira/software/rest/api-group-sprint/#api-rest-agile-1-0-sprint-sprintid-get"""
    with reading() as session:
        return reply(sprints.sprint(session, find_sprint(session.context, sprint_id)))


@agile.post("/sprint/<int:sprint_id>")
def post_sprint_part(sprint_id: int) -> Response:
    """https://developer.atlassian.com/cloud/jira/software/rest/api-group-sprint/#api-rest-agile-1-0-sprint-sprintid-post

    A partial update: what is not given stays.
    """
    given = json_body()
    with writing() as session:
        return _edited(session, sprint_id, _values(given))


@agile.put("/sprint/<int:sprint_id>")
def put_sprint(sprint_id: int) -> Response:
    """https://developer.atlassian.com/cloud/jira/software/rest/api-group-sprint/#api-rest-agile-1-0-sprint-sprintid-put

    A full update: what is not given is empty, which a name and the dates of a running sprint must not be.
    """
    given = json_body()
    with writing() as session:
        return _edited(session, sprint_id, _NOTHING | _values(given))


@agile.delete("/sprint/<int:sprint_id>")
def remove_sprint(sprint_id: int) -> Response:
    """https://developer.atlassian.com/cloud/jira/software/rest/api-group-sprint/#api-rest-agile-1-0-sprint-sprintid-delete"""
    with writing() as session:
        delete_sprint(session.context, find_sprint(session.context, sprint_id, lock=True))
        return reply(None, 204)


@agile.post("/sprint/<int:sprint_id>/swap")
def post_swap(sprint_id: int) -> Response:
    """https://developer.atlassian.com/cloud/jira/software/rest/api-group-sprint/#api-rest-agile-1-0-sprint-sprintid-swap-post"""
    other = number("sprintToSwapWith", 0, json_body())
    if not other:
        raise BadRequest(errors={"sprintToSwapWith": "The sprint to swap with must be specified."})
    with writing() as session:
        swap_sprints(session.context, find_sprint(session.context, sprint_id, lock=True), other)
        return reply(None, 204)


@agile.get("/sprint/<int:sprint_id>/issue")
@software.get("/sprint/<int:sprint_id>/issue")
def get_sprint_issues(sprint_id: int) -> Response:
    """https://developer.atlassian.com/cloud/jira/software/rest/api-group-sprint/#api-rest-agile-1-0-sprint-sprintid-issue-get"""
    with reading() as session:
        sprint = find_sprint(session.context, sprint_id)
        return list_issues(session, base=_EVERYTHING, extra=[board_issues.in_sprint(sprint.id)])


def _edited(session: Session, sprint_id: int, values: dict[str, Any]) -> Response:
    sprint = find_sprint(session.context, sprint_id, lock=True)
    return reply(sprints.sprint(session, edit_sprint(session.context, sprint, values)))


def _values(given: dict[str, Any]) -> dict[str, Any]:
    """A sprint's values from a body. Raises BadRequest."""
    given = {name: value for name, value in given.items() if value is not None}
    values: dict[str, Any] = {name: text(given, name) for name in ("name", "goal", "state") if name in given}
    if "state" in values:
        values["state"] = values["state"].lower()
    if "name" in values:
        values["name"] = values["name"].strip()
    if "incompleteIssuesDestinationId" in given:
        target = number("incompleteIssuesDestinationId", 0, given)
        values["incomplete_to"] = target if target > 0 else None  # -1: the backlog
    for name, column in _DATES.items():
        if name in given:
            values[column] = _instant(name, given[name])
    return values


def _instant(name: str, value: object) -> datetime | None:
    """An ISO 8601 instant, or day; one without an offset is UTC. Raises BadRequest."""
    if value == "":
        return None
    try:
        found = datetime.fromisoformat(value if isinstance(value, str) and _DAY.match(value) else "")
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise BadRequest(errors={name: f"Invalid date: '{value}'. Expected an ISO 8601 date and time."}) from None
