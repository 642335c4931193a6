"""Properties of comments and worklogs."""

from __future__ import annotations

from flask import Blueprint, Response, request

from simulator.emulators.jira.errors import BadRequest
from simulator.emulators.jira.session import Session, reading, writing
from simulator.emulators.jira.state.comments import check_owner, find_comment_by_id
from simulator.emulators.jira.state.issues import find_issue
from simulator.emulators.jira.state.note_properties import (
    Kind,
    delete_note_property,
    find_note_property,
    keep_note_properties,
    note_properties,
)
from simulator.emulators.jira.state.work_logging import check_own
from simulator.emulators.jira.state.worklogs import find_worklog
from simulator.emulators.kit.web import json_value, reply

platform = Blueprint("note_properties", __name__)


@platform.get("/comment/<number>/properties")
def list_of_comment(number: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-comment-properties/#api-rest-api-3-comment-commentid-properties-get"""
    with reading() as session:
        return _keys(session, "comment", _comment(session, number), f"/comment/{number}")


@platform.route("/comment/<number>/properties/<name>", methods=["GET", "PUT", "DELETE"])
def of_comment(number: str, name: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-comment-properties/#api-rest-api-3-comment-commentid-properties-propertykey-get"""
    if request.method == "GET":
        with reading() as session:
            return _value(session, "comment", _comment(session, number), name)
    with writing() as session:
        return _change(session, "comment", _comment(session, number, change=True), name)


@platform.get("/issue/<key>/worklog/<number>/properties")
def list_of_worklog(key: str, number: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-worklog-properties/#api-rest-api-3-issue-issueidorkey-worklog-worklogid-properties-get"""
    with reading() as session:
        return _keys(session, "worklog", _worklog(session, key, number), f"/issue/{key}/worklog/{number}")


@platform.route("/issue/<key>/worklog/<number>/properties/<name>", methods=["GET", "PUT", "DELETE"])
def of_worklog(key: str, number: str, name: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-worklog-properties/#api-rest-api-3-issue-issueidorkey-worklog-worklogid-properties-propertykey-get"""
    if request.method == "GET":
        with reading() as session:
            return _value(session, "worklog", _worklog(session, key, number), name)
    with writing() as session:
        return _change(session, "worklog", _worklog(session, key, number, change=True), name)


def _comment(session: Session, number: str, *, change: bool = False) -> int:
    issue, comment = find_comment_by_id(session.context, number)
    if change:
        check_owner(session.context, issue, comment, "edit")
    return comment.id


def _worklog(session: Session, key: str, number: str, *, change: bool = False) -> int:
    issue = find_issue(session.context, key)
    worklog = find_worklog(session.context, issue, number)
    if change:
        check_own(session.context, issue, worklog, "EDIT", "edit")
    return worklog.id


def _keys(session: Session, kind: Kind, number: int, path: str) -> Response:
    names = note_properties(session.context, kind, [number])[number]
    return reply({"keys": [{"self": session.rest(f"{path}/properties/{name}"), "key": name} for name in names]})


def _value(session: Session, kind: Kind, number: int, name: str) -> Response:
    return reply({"key": name, "value": find_note_property(session.context, kind, number, name)})


def _change(session: Session, kind: Kind, number: int, name: str) -> Response:
    if request.method == "DELETE":
        delete_note_property(session.context, kind, number, name)
        return reply(None, 204)
    value = json_value()
    if not request.get_data(cache=True).strip():
        raise BadRequest("The property value must not be empty.")
    new = keep_note_properties(session.context, kind, number, {name: value})
    return reply({}, 201 if new else 200)
