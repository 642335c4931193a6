"""Epics as the agile API has them."""

from __future__ import annotations

from flask import Blueprint, Response

from simulator.emulators.jira.agile_lists import list_issues
from simulator.emulators.jira.errors import BadRequest
from simulator.emulators.jira.params import issue_keys, mapping, text
from simulator.emulators.jira.payloads import sprints
from simulator.emulators.jira.session import reading, writing
from simulator.emulators.jira.state import board_issues
from simulator.emulators.jira.state.edit import edit_issue
from simulator.emulators.jira.state.epics import find_epic, mark_epic, set_epic
from simulator.emulators.jira.state.issues import find_issues
from simulator.emulators.jira.state.permissions import require
from simulator.emulators.jira.state.ranking import check_rank_field, rank_beside
from simulator.emulators.jira.state.search.query import Found
from simulator.emulators.kit.web import json_body, reply

agile = Blueprint("epics", __name__)
software = Blueprint("software_epics", __name__)

_EVERYTHING = Found(where=None, order=())


@agile.get("/epic/<key>")
def get_epic(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/software/rest/api-group-epic/#api-rest-agile-1-0-epic-epicidorkey-get"""
    with reading() as session:
        return reply(sprints.epic(session, find_epic(session.context, key)))


@agile.post("/epic/<key>")
def post_epic(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/software/rest/api-group-epic/#api-rest-agile-1-0-epic-epicidorkey-post

    An epic's name is its summary.
    """
    given = json_body()
    with writing() as session:
        epic = find_epic(session.context, key)
        require(session.context, "EDIT_ISSUES", issue=epic)
        if summary := text(given, "summary") or text(given, "name"):
            edit_issue(session.context, epic, fields={"summary": summary}, verbs={}, api=session.api)
        color, done = mapping(given, "color").get("key"), given.get("done")
        if not isinstance(done, bool | None):
            raise BadRequest(errors={"done": "A boolean is expected."})
        if not isinstance(color, str | None):
            raise BadRequest(errors={"color": "A color key is expected."})
        mark_epic(session.context, epic, color=color, done=done)
        return reply(sprints.epic(session, find_epic(session.context, str(epic.id))))


@agile.put("/epic/<key>/rank")
def put_epic_rank(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/software/rest/api-group-epic/#api-rest-agile-1-0-epic-epicidorkey-rank-put"""
    given = json_body()
    before, after = given.get("rankBeforeEpic"), given.get("rankAfterEpic")
    if bool(before) == bool(after):
        raise BadRequest("Exactly one of 'rankBeforeEpic' and 'rankAfterEpic' must be specified.")
    check_rank_field(given)
    with writing() as session:
        epic, target = (find_epic(session.context, str(one)) for one in (key, before or after))
        rank_beside(session.context, [epic], target=target, before=bool(before))
        return reply(None, 204)


@agile.get("/epic/<key>/issue")
@software.get("/epic/<key>/issue")
def get_epic_issues(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/software/rest/api-group-epic/#api-rest-agile-1-0-epic-epicidorkey-issue-get

    `none` means the issues of no epic.
    """
    with reading() as session:
        epic_id = None if key == "none" else find_epic(session.context, key).id
        return list_issues(session, base=_EVERYTHING, extra=board_issues.under(epic_id, session.context))


@agile.post("/epic/<key>/issue")
def post_epic_issues(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/software/rest/api-group-epic/#api-rest-agile-1-0-epic-epicidorkey-issue-post"""
    keys = issue_keys(json_body())
    with writing() as session:
        epic = None if key == "none" else find_epic(session.context, key)
        issues = find_issues(session.context, keys, lock=True)
        for issue in issues:
            require(session.context, "EDIT_ISSUES", issue=issue)
        set_epic(session.context, issues, epic)
        return reply(None, 204)
