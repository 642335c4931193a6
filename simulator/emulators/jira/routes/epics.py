"""Epics as the agile API has them."""

from __future__ import annotations

from flask import Blueprint, Response

from simulator.emulators.jira.agile_lists import list_issues
from simulator.emulators.jira.params import issue_keys, text
from simulator.emulators.jira.payloads import sprints
from simulator.emulators.jira.session import reading, writing
from simulator.emulators.jira.state import board_issues
from simulator.emulators.jira.state.edit import edit_issue
from simulator.emulators.jira.state.epics import find_epic, set_epic
from simulator.emulators.jira.state.issues import find_issues
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

    An epic's name is its summary; its colour follows from its id.
    """
    given = json_body()
    with writing() as session:
        epic = find_epic(session.context, key)
        if summary := text(given, "summary") or text(given, "name"):
            edit_issue(session.context, epic, fields={"summary": summary}, verbs={}, api=session.api)
        return reply(sprints.epic(session, find_epic(session.context, str(epic.id))))


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
        set_epic(session.context, find_issues(session.context, keys, lock=True), epic)
        return reply(None, 204)
