"""Issues: created, read, changed, deleted, assigned."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request

from simulator.emulators.jira.errors import BadRequest, JiraError
from simulator.emulators.jira.fields import selected
from simulator.emulators.jira.params import flag, listed, mapping, words
from simulator.emulators.jira.session import Session, reading, writing
from simulator.emulators.jira.showing import show_issues
from simulator.emulators.jira.state.create import Created, Draft, check_draft, create_issues
from simulator.emulators.jira.state.edit import delete_issue, edit_issue
from simulator.emulators.jira.state.issues import find_issue
from simulator.emulators.jira.state.permissions import require
from simulator.emulators.jira.state.properties import check_property, set_new_properties
from simulator.emulators.jira.state.verbs import sorted_verbs
from simulator.emulators.jira.state.views import note_view
from simulator.emulators.kit.web import json_body, reply

platform = Blueprint("issues", __name__)

MOST_IN_BULK = 50


@platform.post("/issue")
def post_issue() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-post"""
    given = json_body()
    with writing() as session:
        draft = _drafted(session, given)
        (created,) = create_issues(session.context, [draft])
        _finish(session, [(created, given)])
        return reply(_created(session, created), 201)


@platform.post("/issue/bulk")
def post_issues() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-bulk-post

    What is right is created, what is wrong is named; 400 when nothing is right.
    """
    updates = listed(json_body(), "issueUpdates")
    if not updates or not all(isinstance(one, dict) for one in updates):
        raise BadRequest("The list of issues to create must not be empty.")
    if len(updates) > MOST_IN_BULK:
        raise BadRequest(f"The maximum number of issues that can be created at once is {MOST_IN_BULK}.")
    with writing() as session:
        drafts: list[tuple[Draft, dict[str, Any]]] = []
        errors: list[dict[str, Any]] = []
        for number, given in enumerate(updates):
            try:
                drafts.append((_drafted(session, given), given))
            except JiraError as exc:
                errors.append(_bulk_error(number, exc))
        created = create_issues(session.context, [draft for draft, _ in drafts])
        _finish(session, [(one, given) for one, (_, given) in zip(created, drafts, strict=True)])
        body = {"issues": [_created(session, one) for one in created], "errors": errors}
        return reply(body, 201 if created else 400)


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
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-issueidorkey-put"""
    given = json_body()
    with writing() as session:
        issue = find_issue(session.context, key, lock=True)
        require(session.context, "EDIT_ISSUES", issue=issue)
        edit_issue(
            session.context, issue, fields=mapping(given, "fields"), verbs=mapping(given, "update"), api=session.api
        )
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


def _drafted(session: Session, given: dict[str, Any]) -> Draft:
    """A checked issue, with what comes along with it looked at too. Raises JiraError."""
    draft, faults = check_draft(session.context, mapping(given, "fields"), api=session.api)
    sorted_verbs(session.context, mapping(given, "update"))
    if draft is None:
        raise BadRequest(errors=faults)
    for one in listed(given, "properties"):
        if not isinstance(one, dict) or not isinstance(one.get("key"), str):
            raise BadRequest(errors={"properties": "Each property needs a key and a value."})
        check_property(one["key"], one.get("value"))
    return draft


def _finish(session: Session, made: list[tuple[Created, dict[str, Any]]]) -> None:
    """Properties and verbs that came with new issues."""
    rows = []
    for created, given in made:
        rows += [(created.id, one["key"], one.get("value")) for one in listed(given, "properties")]
        if verbs := mapping(given, "update"):
            issue = find_issue(session.context, created.id)
            edit_issue(session.context, issue, fields={}, verbs=verbs, api=session.api)
    set_new_properties(session.context, rows)
