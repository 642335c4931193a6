"""Boards and what they show."""

from __future__ import annotations

from flask import Blueprint, Response, request

from simulator.emulators.jira.agile_lists import list_issues
from simulator.emulators.jira.errors import BadRequest, NoProject
from simulator.emulators.jira.params import Page, flag, mapping, number, page, text, words
from simulator.emulators.jira.payloads import shapes, sprints
from simulator.emulators.jira.session import Session, reading, writing
from simulator.emulators.jira.state import board_issues
from simulator.emulators.jira.state.board_lists import Wanted, find_boards
from simulator.emulators.jira.state.board_projects import board_projects
from simulator.emulators.jira.state.board_settings import check_may_configure
from simulator.emulators.jira.state.board_sprints import count_sprints_on, sprints_on
from simulator.emulators.jira.state.boards import create_board, find_board
from simulator.emulators.jira.state.configuration import Project
from simulator.emulators.jira.state.epics import find_epic
from simulator.emulators.jira.state.filters import find_filter
from simulator.emulators.jira.state.people import person_by_account_id
from simulator.emulators.jira.state.search.query import count, find_page
from simulator.emulators.jira.state.sprint_life import delete_board
from simulator.emulators.jira.state.sprints import find_sprint
from simulator.emulators.jira.state.versions import versions_of
from simulator.emulators.kit.web import json_body, reply

agile = Blueprint("boards", __name__)
software = Blueprint("software_boards", __name__)

_STATES = {"future", "active", "closed"}


@agile.get("/board")
def get_boards() -> Response:
    """https://developer.atlassian.com/cloud/jira/software/rest/api-group-board/#api-rest-agile-1-0-board-get"""
    with reading() as session:
        wanted = _wanted(session)
        return _boards(session, wanted) if wanted else _page(page().start, page().limit, [])


@agile.post("/board")
def post_board() -> Response:
    """https://developer.atlassian.com/cloud/jira/software/rest/api-group-board/#api-rest-agile-1-0-board-post"""
    given = json_body()
    place = mapping(given, "location")
    if place.get("type") not in (None, "user", "project"):
        raise BadRequest(errors={"location": "The location type must be 'project' or 'user'."})
    with writing() as session:
        in_project = place.get("type") == "project"
        project_id = _project(session, str(place.get("projectKeyOrId", ""))).id if in_project else None
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
        found = find_board(session.context, board_id)
        check_may_configure(session.context, found)
        delete_board(session.context, found)
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
        found = board_projects(session.context, find_board(session.context, board_id))
        return _page(asked.start, asked.limit, [shapes.project(session, project) for project in found])


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
        found = sprints_on(session.context, board, states, start=asked.start, limit=asked.limit)
        shown = [sprints.sprint(session, one) for one in found]
        return _cut(asked, shown, total=count_sprints_on(session.context, board, states))


@agile.get("/board/<int:board_id>/epic")
def get_epics(board_id: int) -> Response:
    """https://developer.atlassian.com/cloud/jira/software/rest/api-group-board/#api-rest-agile-1-0-board-boardid-epic-get"""
    asked = page()
    done = {"true": True, "false": False}.get(request.args.get("done", "").lower())
    with reading() as session:
        context = session.context
        query = board_issues.board_query(context, find_board(context, board_id))
        found = board_issues.ranked(query, board_issues.epics(context, done=done))
        issues = find_page(context, found, start=asked.start, limit=asked.limit)
        shown = [sprints.epic(session, issue) for issue in issues]
        return _cut(asked, shown, total=count(context, found))


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
        board = find_board(session.context, board_id)
        base = board_issues.board_query(session.context, board)
        return list_issues(session, base=base, extra=board_issues.in_backlog(session.context, board))


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


@agile.get("/board/<int:board_id>/version")
def get_board_versions(board_id: int) -> Response:
    """https://developer.atlassian.com/cloud/jira/software/rest/api-group-board/#api-rest-agile-1-0-board-boardid-version-get"""
    asked, released = page(), {"true": True, "false": False}.get(request.args.get("released", "").lower())
    with reading() as session:
        context = session.context
        projects = board_projects(context, find_board(context, board_id))
        found = [version for project in projects for version in versions_of(context, project)]
        shown = [sprints.version(session, one) for one in found if released is None or one.released == released]
        return _page(asked.start, asked.limit, shown)


@agile.get("/board/filter/<int:filter_id>")
def get_boards_of_filter(filter_id: int) -> Response:
    """https://developer.atlassian.com/cloud/jira/software/rest/api-group-board/#api-rest-agile-1-0-board-filter-filterid-get"""
    with reading() as session:
        find_filter(session.context, filter_id)
        return _boards(session, Wanted(filter_id=filter_id))


def _wanted(session: Session) -> Wanted | None:
    """What the query string asks for; None when it can be nothing. Raises BadRequest."""
    asked, context = request.args, session.context
    owner = asked.get("accountIdLocation")
    person = person_by_account_id(context, owner) if owner else None
    kinds_of_project = words("projectTypeLocation")
    if (owner and person is None) or (kinds_of_project and "software" not in kinds_of_project):
        return None
    return Wanted(
        kinds=tuple(words("type")),
        name=asked.get("name", ""),
        filter_id=number("filterId", 0) or None,
        about=_project(session, asked["projectKeyOrId"]) if "projectKeyOrId" in asked else None,
        place_project=_project(session, asked["projectLocation"]).id if asked.get("projectLocation") else None,
        place_owner=person.id if person else None,
        elsewhere=flag("negateLocationFiltering"),
        order=asked.get("orderBy", ""),
    )


def _project(session: Session, key_or_id: str) -> Project:
    """A project by key or id. Raises BadRequest: the description knows no 404 here."""
    try:
        return session.context.meta.project(key_or_id)
    except NoProject as exc:
        raise BadRequest(*exc.messages) from exc


def _boards(session: Session, wanted: Wanted) -> Response:
    asked = page()
    found, total = find_boards(session.context, wanted, start=asked.start, limit=asked.limit)
    return _cut(asked, sprints.boards(session, found), total=total)


def _page(start: int, limit: int, values: list[shapes.Json]) -> Response:
    return _cut(Page(start, limit), values[start : start + limit], total=len(values))


def _cut(asked: Page, shown: list[shapes.Json], *, total: int) -> Response:
    """A page that the database cut."""
    head = {"maxResults": asked.limit, "startAt": asked.start, "total": total}
    return reply(head | {"isLast": asked.start + len(shown) >= total, "values": shown})
