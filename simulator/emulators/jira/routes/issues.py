"""Issues: created, read, changed, deleted, assigned."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request

from simulator.emulators.jira.errors import BadRequest, JiraError
from simulator.emulators.jira.fields import selected
from simulator.emulators.jira.overrides import check_overrides
from simulator.emulators.jira.params import flag, listed, mapping, words
from simulator.emulators.jira.session import Session, reading, writing
from simulator.emulators.jira.showing import show_issues
from simulator.emulators.jira.state.create import Created
from simulator.emulators.jira.state.edit import delete_issue, edit_issue
from simulator.emulators.jira.state.issues import find_issue
from simulator.emulators.jira.state.new_issues import Wanted, check_wanted, create_wanted
from simulator.emulators.jira.state.permissions import require
from simulator.emulators.jira.state.properties import read_properties, set_property
from simulator.emulators.jira.state.views import note_view
from simulator.emulators.kit.web import json_body, reply

platform = Blueprint("issues", __name__)

MOST_IN_BULK = 50


@platform.post("/issue")
def post_issue() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-post"""
    given = json_body()
    with writing() as session:
        (created,) = create_wanted(session.context, [_wanted(session, given)], api=session.api)
        if isinstance(created, JiraError):
            raise created
        return reply(_created(session, created), 201)


@platform.post("/issue/bulk")
def post_issues() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-bulk-post

    What is right is created, what is wrong is named; 400 when nothing is right.
    """
    updates = listed(json_body(), "issueUpdates")
    if not updates:
        raise BadRequest("The list of issues to create must not be empty.")
    if not all(isinstance(one, dict) for one in updates):
        raise BadRequest("Each of the issues to create must be an object with its fields.")
    if len(updates) > MOST_IN_BULK:
        raise BadRequest(f"The maximum number of issues that can be created at once is {MOST_IN_BULK}.")
    with writing() as session:
        outcomes = _created_of(session, updates)
        faults = [(number, one) for number, one in enumerate(outcomes) if isinstance(one, JiraError)]
        body = {
            "issues": [_created(session, one) for one in outcomes if isinstance(one, Created)],
            "errors": [_bulk_error(number, fault) for number, fault in faults],
        }
        return reply(body, 201 if body["issues"] else 400)


@platform.get("/issue/<key>")
def get_issue(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-issueidorkey-get"""
    looking = flag("updateHistory")
    with writing() if looking else reading() as session:
        issue = find_issue(session.context, key)
        if looking:
            note_view(session.context, issue.id)
        fields = selected(request.args.getlist("fields"), ("*all",))
        (shape,) = show_issues(session, [issue], fields=fields, expand=words("expand"), properties=words("properties"))
        return reply(shape)


@platform.put("/issue/<key>")
def put_issue(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-issueidorkey-put

    Nobody has a mailbox here, so that `notifyUsers` changes nothing.
    """
    given = json_body()
    fields, verbs = mapping(given, "fields"), mapping(given, "update")
    with writing() as session:
        issue = find_issue(session.context, key, lock=True)
        require(session.context, "EDIT_ISSUES", issue=issue)
        check_overrides(session)
        edit_issue(session.context, issue, fields=fields, verbs=verbs, api=session.api)
        for name, value in read_properties(given.get("properties")).items():
            set_property(session.context, issue, name, value)
        if not flag("returnIssue"):
            return reply(None, 204)
        fresh = find_issue(session.context, issue.id)
        (shape,) = show_issues(session, [fresh], fields=selected([], ("*all",)), expand=words("expand"))
        return reply(shape)


@platform.delete("/issue/<key>")
def remove_issue(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-issueidorkey-delete"""
    with writing() as session:
        issue = find_issue(session.context, key, lock=True)
        require(session.context, "DELETE_ISSUES", issue=issue)
        delete_issue(session.context, issue, subtasks=flag("deleteSubtasks"))
        return reply(None, 204)


@platform.put("/issue/<key>/assignee")
def put_assignee(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-issueidorkey-assignee-put"""
    given = json_body()
    if "accountId" not in given:
        raise BadRequest("Account ID must be provided.")
    with writing() as session:
        issue = find_issue(session.context, key, lock=True)
        require(session.context, "ASSIGN_ISSUES", issue=issue)
        person = {"accountId": given["accountId"]} if given["accountId"] is not None else None
        edit_issue(session.context, issue, fields={"assignee": person}, verbs={}, api=session.api)
        return reply(None, 204)


def _created(session: Session, created: Created) -> dict[str, str]:
    return {"id": str(created.id), "key": created.key, "self": session.rest(f"/issue/{created.id}")}


def _bulk_error(number: int, fault: JiraError) -> dict[str, Any]:
    return {
        "status": fault.status,
        "elementErrors": fault.body() | {"status": fault.status},
        "failedElementNumber": number,
    }


def _wanted(session: Session, given: dict[str, Any]) -> Wanted:
    """The issue that a request describes. Raises JiraError."""
    return check_wanted(
        session.context,
        fields=mapping(given, "fields"),
        verbs=mapping(given, "update"),
        properties=read_properties(given.get("properties")),
        api=session.api,
    )


def _created_of(session: Session, updates: list[dict[str, Any]]) -> list[Created | JiraError]:
    """What becomes of each: an issue, or why there is none."""
    outcomes: dict[int, Created | JiraError] = {}
    right: dict[int, Wanted] = {}
    for number, given in enumerate(updates):
        try:
            right[number] = _wanted(session, given)
        except JiraError as exc:
            outcomes[number] = exc
    made = create_wanted(session.context, list(right.values()), api=session.api)
    outcomes |= dict(zip(right, made, strict=True))
    return [outcomes[number] for number in range(len(updates))]
