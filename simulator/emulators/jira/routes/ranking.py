"""Ranking and estimating, and an issue as the agile API has it."""

from __future__ import annotations

import math
from typing import Any

from flask import Blueprint, Response

from simulator.emulators.jira.agile_lists import agile_fields
from simulator.emulators.jira.errors import BadRequest, NoIssue
from simulator.emulators.jira.fields import POINTS
from simulator.emulators.jira.params import issue_keys, number, words
from simulator.emulators.jira.session import Session, reading, writing
from simulator.emulators.jira.showing import show_issues
from simulator.emulators.jira.state.boards import find_board
from simulator.emulators.jira.state.edit import edit_issue
from simulator.emulators.jira.state.issues import Issue, find_issue, find_issues
from simulator.emulators.jira.state.permissions import require
from simulator.emulators.jira.state.ranking import check_rank_field, rank_beside
from simulator.emulators.kit.web import json_body, reply

agile = Blueprint("ranking", __name__)


@agile.put("/issue/rank")
def put_rank() -> Response:
    """https://developer.atlassian.com/cloud/jira/software/rest/api-group-issue/#api-rest-agile-1-0-issue-rank-put"""
    given = json_body()
    keys = issue_keys(given)
    before, after = given.get("rankBeforeIssue"), given.get("rankAfterIssue")
    if bool(before) == bool(after):
        raise BadRequest("Exactly one of 'rankBeforeIssue' and 'rankAfterIssue' must be specified.")
    check_rank_field(given)
    with writing() as session:
        try:
            issues = find_issues(session.context, keys, lock=True)
            target = find_issue(session.context, str(before or after), lock=True)
        except NoIssue as exc:  # the description knows no 404 here
            raise BadRequest(*exc.messages) from exc
        rank_beside(session.context, issues, target=target, before=bool(before))
        return reply(None, 204)


@agile.get("/issue/<key>")
def get_agile_issue(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/software/rest/api-group-issue/#api-rest-agile-1-0-issue-issueidorkey-get"""
    with reading() as session:
        issue = find_issue(session.context, key)
        (shape,) = show_issues(session, [issue], fields=agile_fields(), expand=words("expand"))
        return reply(shape)


@agile.get("/issue/<key>/estimation")
def get_estimation(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/software/rest/api-group-issue/#api-rest-agile-1-0-issue-issueidorkey-estimation-get"""
    with reading() as session:
        _check_board(session)
        return reply(_estimation(find_issue(session.context, key)))


@agile.put("/issue/<key>/estimation")
def put_estimation(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/software/rest/api-group-issue/#api-rest-agile-1-0-issue-issueidorkey-estimation-put"""
    given = json_body()
    with writing() as session:
        _check_board(session)
        issue = find_issue(session.context, key, lock=True)
        require(session.context, "EDIT_ISSUES", issue=issue)
        edit_issue(session.context, issue, fields={POINTS: _points(given)}, verbs={}, api=session.api)
        return reply(_estimation(find_issue(session.context, issue.id)))


def _check_board(session: Session) -> None:
    board_id = number("boardId", 0)
    if not board_id:
        raise BadRequest("The query parameter 'boardId' is required.")
    if find_board(session.context, board_id).kind != "scrum":
        raise BadRequest("The board does not support estimation.")


def _points(given: dict[str, Any]) -> float | None:
    value = given.get("value")
    if value is None or value == "":
        return None
    try:
        points = float(str(value))
    except ValueError:
        points = math.nan
    if not math.isfinite(points):
        raise BadRequest(errors={"value": f"'{value}' is an invalid number"})
    return points


def _estimation(issue: Issue) -> dict[str, Any]:
    # a number, though Atlassian's example has "8.0": jira.js, made from real answers, takes nothing else
    return {"fieldId": POINTS} | ({} if issue.points is None else {"value": float(issue.points)})
