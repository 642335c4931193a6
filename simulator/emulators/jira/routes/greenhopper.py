"""What Jira's own boards and common scripts read: boards, their sprints, and the reports. Undocumented upstream.

`latest` is the same as `1.0`, and `.json` at the end changes nothing.
"""

from __future__ import annotations

from flask import Blueprint, Response, request

from simulator.emulators.jira.errors import BadRequest
from simulator.emulators.jira.params import number
from simulator.emulators.jira.payloads import reports
from simulator.emulators.jira.payloads.rapid_boards import view
from simulator.emulators.jira.session import Session, reading
from simulator.emulators.jira.state.board_sprints import sprints_on
from simulator.emulators.jira.state.boards import Board, find_board, read_boards
from simulator.emulators.jira.state.burndown import burndown
from simulator.emulators.jira.state.flow import column_moves
from simulator.emulators.jira.state.people import people_by_id
from simulator.emulators.jira.state.sprint_report import sprint_reports
from simulator.emulators.jira.state.sprints import Sprint, closed_last, find_sprint
from simulator.emulators.kit.web import reply

greenhopper = Blueprint("greenhopper", __name__)

_MOST_VELOCITIES = 12  # https://community.atlassian.com/forums/Jira-questions/x/qaq-p/3116292
_MOST_BOARDS = 500
_MOST_SPRINTS = 500


@greenhopper.get("/rapidview")
@greenhopper.get("/rapidviews/list")
def get_views() -> Response:
    """https://jira.atlassian.com/browse/JSWSERVER-12877"""
    with reading() as session:
        found = read_boards(session.context, limit=_MOST_BOARDS)
        return reply({"views": [view(session, one) for one in found]})


@greenhopper.get("/rapidview/<int:board_id>")
def get_view(board_id: int) -> Response:
    """https://jira.atlassian.com/browse/JSWSERVER-12877"""
    with reading() as session:
        return reply(view(session, find_board(session.context, board_id)))


@greenhopper.get("/sprintquery/<int:board_id>")
def get_sprints(board_id: int) -> Response:
    """https://jira.atlassian.com/browse/JSWSERVER-12877

    Active sprints, and closed or future ones where `includeHistoricSprints` or `includeFutureSprints` asks for them.
    """
    asked = {name.lower(): value.lower() == "true" for name, value in request.args.items()}
    states = ["active"]
    states += ["closed"] if asked.get("includehistoricsprints", True) else []
    states += ["future"] if asked.get("includefuturesprints") else []
    with reading() as session:
        board = _scrum(session, board_id)
        found = sprints_on(session.context, board, states, limit=_MOST_SPRINTS)
        return reply({"sprints": [reports.short_sprint(one) for one in found], "rapidViewId": board.id})


@greenhopper.get("/rapid/charts/sprintreport")
@greenhopper.get("/rapid/charts/sprintreport.json")
def get_sprint_report() -> Response:
    """https://support.atlassian.com/jira-software-cloud/docs/view-and-understand-the-sprint-report/"""
    with reading() as session:
        board, sprint = _board_and_sprint(session)
        (report,) = sprint_reports(session.context, board, [sprint])
        wanted = {line.past.issue.assignee_id for line in report.lines()} | {sprint.closed_by}
        return reply(reports.sprint_report(session, board, report, people_by_id(session.context, wanted)))


@greenhopper.get("/rapid/charts/velocity")
@greenhopper.get("/rapid/charts/velocity.json")
def get_velocity() -> Response:
    """https://support.atlassian.com/jira-software-cloud/docs/view-and-understand-the-velocity-chart/

    Of the twelve sprints that were closed last.
    """
    with reading() as session:
        board = _scrum(session, number("rapidViewId", 0))
        closed = closed_last(session.context, board.id, limit=_MOST_VELOCITIES)
        return reply(reports.velocity(sprint_reports(session.context, board, closed)))


@greenhopper.get("/rapid/charts/scopechangeburndownchart")
@greenhopper.get("/rapid/charts/scopechangeburndownchart.json")
def get_burndown() -> Response:
    """https://support.atlassian.com/jira-software-cloud/docs/view-and-understand-the-burndown-chart/"""
    with reading() as session:
        board, sprint = _board_and_sprint(session)
        pasts, events = burndown(session.context, board, sprint)
        closer = people_by_id(session.context, [sprint.closed_by]).get(sprint.closed_by or 0)
        return reply(reports.burndown(session, sprint, pasts, events, closer))


@greenhopper.get("/rapid/charts/cumulativeflowdiagram")
@greenhopper.get("/rapid/charts/cumulativeflowdiagram.json")
def get_flow() -> Response:
    """https://support.atlassian.com/jira-software-cloud/docs/view-and-understand-the-cumulative-flow-diagram/"""
    with reading() as session:
        board = find_board(session.context, number("rapidViewId", 0))
        return reply(reports.flow(session, board, column_moves(session.context, board)))


def _scrum(session: Session, board_id: int) -> Board:
    board = find_board(session.context, board_id)
    if board.kind != "scrum":
        raise BadRequest("The board does not support sprints")
    return board


def _board_and_sprint(session: Session) -> tuple[Board, Sprint]:
    board = _scrum(session, number("rapidViewId", 0))
    return board, find_sprint(session.context, number("sprintId", 0))
