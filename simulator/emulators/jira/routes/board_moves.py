"""Issues moved between boards, sprints and backlogs."""

from __future__ import annotations

from flask import Blueprint, Response

from simulator.emulators.jira.params import issue_keys
from simulator.emulators.jira.session import writing
from simulator.emulators.jira.state.board_moves import put_in_backlog, put_on_board
from simulator.emulators.jira.state.boards import find_board
from simulator.emulators.jira.state.issues import find_issues
from simulator.emulators.jira.state.ranking import rank_as_given
from simulator.emulators.jira.state.sprints import find_sprint, move_issues
from simulator.emulators.kit.web import json_body, reply

agile = Blueprint("board_moves", __name__)


@agile.post("/board/<int:board_id>/issue")
def post_board_issues(board_id: int) -> Response:
    """https://developer.atlassian.com/cloud/jira/software/rest/api-group-board/#api-rest-agile-1-0-board-boardid-issue-post"""
    given = json_body()
    keys = issue_keys(given)
    with writing() as session:
        board = find_board(session.context, board_id)
        issues = find_issues(session.context, keys, lock=True)
        put_on_board(session.context, board, issues, api=session.api)
        rank_as_given(session.context, issues, given)
        return reply(None, 204)


@agile.post("/sprint/<int:sprint_id>/issue")
def post_sprint_issues(sprint_id: int) -> Response:
    """https://developer.atlassian.com/cloud/jira/software/rest/api-group-sprint/#api-rest-agile-1-0-sprint-sprintid-issue-post"""
    given = json_body()
    keys = issue_keys(given)
    with writing() as session:
        sprint = find_sprint(session.context, sprint_id)
        issues = find_issues(session.context, keys, lock=True)
        move_issues(session.context, issues, sprint)
        rank_as_given(session.context, issues, given)
        return reply(None, 204)


@agile.post("/backlog/issue")
def post_backlog() -> Response:
    """https://developer.atlassian.com/cloud/jira/software/rest/api-group-backlog/#api-rest-agile-1-0-backlog-issue-post"""
    keys = issue_keys(json_body())
    with writing() as session:
        move_issues(session.context, find_issues(session.context, keys, lock=True), None)
        return reply(None, 204)


@agile.post("/backlog/<int:board_id>/issue")
def post_board_backlog(board_id: int) -> Response:
    """https://developer.atlassian.com/cloud/jira/software/rest/api-group-backlog/#api-rest-agile-1-0-backlog-boardid-issue-post"""
    given = json_body()
    keys = issue_keys(given)
    with writing() as session:
        board = find_board(session.context, board_id)
        issues = find_issues(session.context, keys, lock=True)
        put_in_backlog(session.context, board, issues, api=session.api)
        rank_as_given(session.context, issues, given)
        return reply(None, 204)
