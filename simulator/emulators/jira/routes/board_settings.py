"""What is set on boards: quick filters, properties, features; and their columns, as Jira's own settings page sets them."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request

from simulator.emulators.jira.errors import BadRequest
from simulator.emulators.jira.params import listed, number, page, text
from simulator.emulators.jira.payloads import rapid_boards
from simulator.emulators.jira.payloads.shapes import Json
from simulator.emulators.jira.session import reading, writing
from simulator.emulators.jira.state import board_settings
from simulator.emulators.jira.state.board_settings import QuickFilter
from simulator.emulators.jira.state.boards import find_board
from simulator.emulators.kit.web import json_body, reply

agile = Blueprint("board_settings", __name__)
greenhopper = Blueprint("rapid_view_config", __name__)

_FOR_ALL = ("BOARD", "REPORTS", "ISSUE_NAVIGATOR", "RELEASES", "CODE")
_FOR_SCRUM = ("BACKLOG", "SPRINTS", "ESTIMATION")


@agile.get("/board/<int:board_id>/quickfilter")
def get_quick_filters(board_id: int) -> Response:
    """https://developer.atlassian.com/cloud/jira/software/rest/api-group-board/#api-rest-agile-1-0-board-boardid-quickfilter-get"""
    asked = page()
    with reading() as session:
        board = find_board(session.context, board_id)
        found, total = board_settings.quick_filters(session.context, board, start=asked.start, limit=asked.limit)
        body: Json = {"maxResults": asked.limit, "startAt": asked.start, "total": total}
        last = asked.start + len(found) >= total
        return reply(body | {"isLast": last, "values": [_quick_filter(one) for one in found]})


@agile.get("/board/<int:board_id>/quickfilter/<int:filter_id>")
def get_quick_filter(board_id: int, filter_id: int) -> Response:
    """https://developer.atlassian.com/cloud/jira/software/rest/api-group-board/#api-rest-agile-1-0-board-boardid-quickfilter-quickfilterid-get"""
    with reading() as session:
        board = find_board(session.context, board_id)
        return reply(_quick_filter(board_settings.find_quick_filter(session.context, board, filter_id)))


@agile.get("/board/<int:board_id>/features")
def get_features(board_id: int) -> Response:
    """https://developer.atlassian.com/cloud/jira/software/rest/api-group-board/#api-rest-agile-1-0-board-boardid-features-get"""
    with reading() as session:
        board = find_board(session.context, board_id)
        names = [(name, True) for name in _FOR_ALL] + [(name, board.kind == "scrum") for name in _FOR_SCRUM]
        features = [
            {
                "boardFeature": name,
                "boardId": board.id,
                "state": "ENABLED" if on else "DISABLED",
                "localisedName": name.replace("_", " ").capitalize(),
            }
            for name, on in names
        ]
        return reply({"features": features})


@agile.get("/board/<int:board_id>/reports")
def get_reports(board_id: int) -> Response:
    """https://developer.atlassian.com/cloud/jira/software/rest/api-group-board/#api-rest-agile-1-0-board-boardid-reports-get

    Jira refuses it for boards of company-managed projects: https://jira.atlassian.com/browse/JRACLOUD-90136. What it lists for
    others is described nowhere: no report of the emulation is one of them.
    """
    with reading() as session:
        board = find_board(session.context, board_id)
        project = session.context.meta.projects.get(board.project_id or 0)
        if project is None or project.style != "next-gen":
            raise BadRequest(f"Board with id {board.id} is not an agility board")
        return reply({"reports": []})


@agile.get("/board/<int:board_id>/properties")
def get_properties(board_id: int) -> Response:
    """https://developer.atlassian.com/cloud/jira/software/rest/api-group-board/#api-rest-agile-1-0-board-boardid-properties-get"""
    with reading() as session:
        keys = board_settings.property_keys(session.context, find_board(session.context, board_id))
        base = session.agile(f"/board/{board_id}/properties")
        return reply({"keys": [{"key": key, "self": f"{base}/{key}"} for key in keys]})


@agile.get("/board/<int:board_id>/properties/<key>")
def get_property(board_id: int, key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/software/rest/api-group-board/#api-rest-agile-1-0-board-boardid-properties-propertykey-get"""
    with reading() as session:
        value = board_settings.find_property(session.context, find_board(session.context, board_id), key)
        return reply({"key": key, "value": value})


@agile.put("/board/<int:board_id>/properties/<key>")
def put_property(board_id: int, key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/software/rest/api-group-board/#api-rest-agile-1-0-board-boardid-properties-propertykey-put"""
    value = request.get_json(force=True, silent=True)
    if value is None and request.get_data() != b"null":
        raise BadRequest("The value of the property must be valid, non-empty JSON.")
    with writing() as session:
        is_new = board_settings.set_property(session.context, find_board(session.context, board_id), key, value)
        return reply(None, 201 if is_new else 200)


@agile.delete("/board/<int:board_id>/properties/<key>")
def remove_property(board_id: int, key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/software/rest/api-group-board/#api-rest-agile-1-0-board-boardid-properties-propertykey-delete"""
    with writing() as session:
        board_settings.delete_property(session.context, find_board(session.context, board_id), key)
        return reply(None, 204)


@greenhopper.get("/rapidviewconfig/editmodel")
@greenhopper.get("/rapidviewconfig/editmodel.json")
def get_edit_model() -> Response:
    """https://support.atlassian.com/jira-software-cloud/docs/configure-columns/"""
    with reading() as session:
        board = find_board(session.context, number("rapidViewId", 0))
        return reply(rapid_boards.edit_model(session, board))


@greenhopper.put("/rapidviewconfig/columns")
def put_columns() -> Response:
    """https://support.atlassian.com/jira-software-cloud/docs/configure-columns/"""
    given = json_body()
    columns = [_column(one) for one in listed(given, "mappedColumns")]
    with writing() as session:
        board = find_board(session.context, number("rapidViewId", 0, given))
        board_settings.set_columns(session.context, board, columns)
        return reply(rapid_boards.list_config(session, find_board(session.context, board.id)))


def _column(given: Any) -> dict[str, Any]:
    """A column from a body. Raises BadRequest."""
    if not isinstance(given, dict):
        raise BadRequest(errors={"mappedColumns": "'mappedColumns' must be an array of objects."})
    statuses = listed(given, "mappedStatuses")
    if not all(isinstance(one, dict) for one in statuses):
        raise BadRequest(errors={"mappedStatuses": "'mappedStatuses' must be an array of objects."})
    column: dict[str, Any] = {
        "name": text(given, "name"),
        "statuses": [number("id", 0, one) for one in statuses],
    }
    if given.get("isKanPlanColumn") is True:
        column["backlog"] = True
    limits = {name: number(name, -1, given) for name in ("min", "max") if given.get(name) not in (None, "")}
    return column | limits


def _quick_filter(found: QuickFilter) -> Json:
    return {
        "id": found.id,
        "boardId": found.board_id,
        "name": found.name,
        "jql": found.jql,
        "description": found.description,
        "position": found.position,
    }
