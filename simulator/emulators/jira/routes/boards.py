"""Boards and what they show."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request

from simulator.emulators.jira.agile_lists import list_issues
from simulator.emulators.jira.errors import BadRequest
from simulator.emulators.jira.params import issue_keys, mapping, number, page, text, words
from simulator.emulators.jira.payloads import shapes, sprints
from simulator.emulators.jira.session import Session, reading, writing
from simulator.emulators.jira.state import board_issues
from simulator.emulators.jira.state.board_settings import check_may_configure
from simulator.emulators.jira.state.boards import count_boards, create_board, delete_board, find_board, list_boards
from simulator.emulators.jira.state.epics import find_epic
from simulator.emulators.jira.state.filters import find_filter
from simulator.emulators.jira.state.issues import find_issues
from simulator.emulators.jira.state.ranking import check_may_schedule, rank_as_given
from simulator.emulators.jira.state.search.query import Found, find_page
from simulator.emulators.jira.state.sprints import find_sprint, list_sprints, put_on_board
from simulator.emulators.jira.state.versions import versions_of
from simulator.emulators.kit.web import json_body, reply

agile = Blueprint("boards", __name__)
software = Blueprint("software_boards", __name__)

_STATES = {"future", "active", "closed"}


@agile.get("/board")
def get_boards() -> Response:
    """https://developer.atlassian.com/cloud/jira/software/rest/api-group-board/#api-rest-agile-1-0-board-get"""
    project = request.args.get("projectKeyOrId")
    with reading() as session:
        return _boards(
            session,
            kind=request.args.get("type"),
            name=request.args.get("name"),
            project_id=session.context.meta.project(project).id if project else None,
            filter_id=number("filterId", 0) or None,
        )


@agile.post("/board")
def post_board() -> Response:
    """https://developer.atlassian.com/cloud/jira/software/rest/api-group-board/#api-rest-agile-1-0-board-post"""
    given = json_body()
    place = mapping(given, "location")
    with writing() as session:
        project_id = None
        if place.get("type") == "project":
            project_id = session.context.meta.project(str(place.get("projectKeyOrId", ""))).id
        elif place.get("type") not in (None, "user"):
            raise BadRequest(errors={"location": "The location type must be 'project' or 'user'."})
        found = create_board(
            session.context,
            name=text(given, "name"),
            kind=text(given, "type"),
            filter_id=number("filterId", 0, given),
            project_id=project_id,
        )
        return reply(sprints.board(session, found), 201)


@agile.get("/board/<int:board_id>")
def get_board(board_id: int) -> Response:
    """https://developer.atlassian.com/cloud/jira/software/rest/api-group-board/#api-rest-agile-1-0-board-boardid-get"""
    with reading() as session:
        return reply(sprints.board(session, find_board(session.context, board_id)))


@agile.delete("/board/<int:board_id>")
def remove_board(board_id: int) -> Response:
    """https://developer.atlassian.com/cloud/jira/software/rest/api-group-board/#api-rest-agile-1-0-board-boardid-delete"""
    with writing() as session:
        check_may_configure(session.context, find_board(session.context, board_id))
        delete_board(session.context, board_id)
        return reply(None, 204)


@agile.get("/board/<int:board_id>/configuration")
def get_configuration(board_id: int) -> Response:
    """https://developer.atlassian.com/cloud/jira/software/rest/api-group-board/#api-rest-agile-1-0-board-boardid-configuration-get"""
    with reading() as session:
        return reply(sprints.configuration(session, find_board(session.context, board_id)))


@agile.get("/board/<int:board_id>/project")
def get_board_projects(board_id: int) -> Response:
    """https://developer.atlassian.com/cloud/jira/software/rest/api-group-board/#api-rest-agile-1-0-board-boardid-project-get"""
    asked = page()
    with reading() as session:
        project = session.context.meta.projects.get(find_board(session.context, board_id).project_id or 0)
        return _page(asked.start, asked.limit, [shapes.project(session, project)] if project else [])


@agile.get("/board/<int:board_id>/sprint")
def get_sprints(board_id: int) -> Response:
    """https://developer.atlassian.com/cloud/jira/software/rest/api-group-board/#api-rest-agile-1-0-board-boardid-sprint-get"""
    asked, states = page(), words("state")
    if set(states) - _STATES:
        raise BadRequest(f"Invalid sprint state: {', '.join(sorted(set(states) - _STATES))}")
    with reading() as session:
        board = find_board(session.context, board_id)
        if board.kind != "scrum":
            raise BadRequest("The board does not support sprints")
        found = list_sprints(session.context, board.id, states, start=asked.start, limit=asked.limit + 1)
        shown = [sprints.sprint(session, one) for one in found[: asked.limit]]
        last = len(found) <= asked.limit
        return reply({"maxResults": asked.limit, "startAt": asked.start, "isLast": last, "values": shown})


@agile.get("/board/<int:board_id>/epic")
def get_epics(board_id: int) -> Response:
    """https://developer.atlassian.com/cloud/jira/software/rest/api-group-board/#api-rest-agile-1-0-board-boardid-epic-get"""
    asked = page()
    done = {"true": True, "false": False}.get(request.args.get("done", "").lower())
    with reading() as session:
        context = session.context
        found = _by_rank(board_issues.board_query(context, find_board(context, board_id)))
        extra = board_issues.epics(context, done=done)
        issues = find_page(context, found, start=asked.start, limit=asked.limit + 1, extra=extra)
        shown = [sprints.epic(session, issue) for issue in issues[: asked.limit]]
        last = len(issues) <= asked.limit
        return reply({"maxResults": asked.limit, "startAt": asked.start, "isLast": last, "values": shown})


@agile.get("/board/<int:board_id>/issue")
@software.get("/board/<int:board_id>/issue")
def get_board_issues(board_id: int) -> Response:
    """https://developer.atlassian.com/cloud/jira/software/rest/api-group-board/#api-rest-agile-1-0-board-boardid-issue-get"""
    with reading() as session:
        base = board_issues.board_query(session.context, find_board(session.context, board_id))
        return list_issues(session, base=base, extra=board_issues.on_board(session.context))


@agile.get("/board/<int:board_id>/backlog")
@software.get("/board/<int:board_id>/backlog")
def get_backlog(board_id: int) -> Response:
    """https://developer.atlassian.com/cloud/jira/software/rest/api-group-board/#api-rest-agile-1-0-board-boardid-backlog-get"""
    with reading() as session:
        base = board_issues.board_query(session.context, find_board(session.context, board_id))
        return list_issues(session, base=base, extra=board_issues.in_backlog(session.context))


@agile.get("/board/<int:board_id>/sprint/<int:sprint_id>/issue")
@software.get("/board/<int:board_id>/sprint/<int:sprint_id>/issue")
def get_board_sprint_issues(board_id: int, sprint_id: int) -> Response:
    """https://developer.atlassian.com/cloud/jira/software/rest/api-group-board/#api-rest-agile-1-0-board-boardid-sprint-sprintid-issue-get"""
    with reading() as session:
        base = board_issues.board_query(session.context, find_board(session.context, board_id))
        sprint = find_sprint(session.context, sprint_id)
        return list_issues(session, base=base, extra=[board_issues.in_sprint(sprint.id)])


@agile.get("/board/<int:board_id>/epic/<epic>/issue")
@software.get("/board/<int:board_id>/epic/<epic>/issue")
def get_board_epic_issues(board_id: int, epic: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/software/rest/api-group-board/#api-rest-agile-1-0-board-boardid-epic-epicid-issue-get

    `none` for the epic means the issues of no epic.
    """
    with reading() as session:
        base = board_issues.board_query(session.context, find_board(session.context, board_id))
        epic_id = None if epic == "none" else find_epic(session.context, epic).id
        return list_issues(session, base=base, extra=board_issues.under(epic_id, session.context))


@agile.post("/board/<int:board_id>/issue")
def post_board_issues(board_id: int) -> Response:
    """https://developer.atlassian.com/cloud/jira/software/rest/api-group-board/#api-rest-agile-1-0-board-boardid-issue-post

    On a scrum board they go into its active sprint; a kanban board shows them anyway.
    """
    given = json_body()
    keys = issue_keys(given)
    with writing() as session:
        context = session.context
        board = find_board(context, board_id)
        issues = find_issues(context, keys, lock=True)
        check_may_schedule(context, issues)
        put_on_board(context, board, issues)
        rank_as_given(context, issues, given)
        return reply(None, 204)


@agile.get("/board/<int:board_id>/version")
def get_board_versions(board_id: int) -> Response:
    """https://developer.atlassian.com/cloud/jira/software/rest/api-group-board/#api-rest-agile-1-0-board-boardid-version-get"""
    asked, released = page(), {"true": True, "false": False}.get(request.args.get("released", "").lower())
    with reading() as session:
        context = session.context
        project = context.meta.projects.get(find_board(context, board_id).project_id or 0)
        found = versions_of(context, project) if project else []
        shown = [sprints.version(session, one) for one in found if released is None or one.released == released]
        return _page(asked.start, asked.limit, shown, total=False)


@agile.get("/board/filter/<int:filter_id>")
def get_boards_of_filter(filter_id: int) -> Response:
    """https://developer.atlassian.com/cloud/jira/software/rest/api-group-board/#api-rest-agile-1-0-board-filter-filterid-get"""
    with reading() as session:
        find_filter(session.context, filter_id)
        return _boards(session, filter_id=filter_id)


def _boards(session: Session, **wanted: Any) -> Response:
    asked = page()
    found = list_boards(session.context, **wanted, start=asked.start, limit=asked.limit)
    total = count_boards(session.context, **wanted)
    last = asked.start + len(found) >= total
    body: shapes.Json = {"maxResults": asked.limit, "startAt": asked.start, "total": total, "isLast": last}
    return reply(body | {"values": [sprints.board(session, one) for one in found]})


def _by_rank(found: Found) -> Found:
    return found if found.order else Found(where=found.where, order=board_issues.by_rank())


def _page(start: int, limit: int, values: list[shapes.Json], *, total: bool = True) -> Response:
    shown = values[start : start + limit]
    body: shapes.Json = {"maxResults": limit, "startAt": start, "isLast": start + len(shown) >= len(values)}
    return reply(body | ({"total": len(values)} if total else {}) | {"values": shown})
