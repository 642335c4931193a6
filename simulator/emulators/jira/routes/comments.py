"""Comments on issues."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request

from simulator.emulators.jira.errors import BadRequest
from simulator.emulators.jira.params import numbers, page, words
from simulator.emulators.jira.payloads.comments import comment, comment_page
from simulator.emulators.jira.session import Session, reading, writing
from simulator.emulators.jira.state.comments import (
    Comment,
    add_comment,
    comments_by_id,
    delete_comment,
    edit_comment,
    find_comment,
    page_of_comments,
)
from simulator.emulators.jira.state.issues import Issue, find_issue
from simulator.emulators.jira.state.note_properties import note_properties
from simulator.emulators.jira.state.people import people_by_id
from simulator.emulators.jira.state.properties import listed_properties
from simulator.emulators.kit.web import json_body, reply

platform = Blueprint("comments", __name__)


@platform.get("/issue/<key>/comment")
def list_comments(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-comments/#api-rest-api-3-issue-issueidorkey-comment-get"""
    asked, order = page(5000, 5000), request.args.get("orderBy", "created")
    if order.lstrip("+- ") != "created":  # a plus sign in an address is a blank
        raise BadRequest(f"The value '{order[:40]}' is not valid for the parameter 'orderBy'.")
    with reading() as session:
        issue = find_issue(session.context, key)
        shown, total = page_of_comments(
            session.context, issue, start=asked.start, limit=asked.limit, newest_first=order.startswith("-")
        )
        people = people_by_id(session.context, {n for c in shown for n in (c.author_id, c.editor_id)})
        rendered = "renderedBody" in words("expand")
        body = comment_page(
            session, issue, shown, people, start=asked.start, limit=asked.limit, total=total, rendered=rendered
        )
        return reply(body)


@platform.post("/issue/<key>/comment")
def post_comment(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-comments/#api-rest-api-3-issue-issueidorkey-comment-post"""
    given = json_body()
    with writing() as session:
        issue = find_issue(session.context, key)
        return _reply(session, issue, _added(session, issue, given), 201)


@platform.get("/issue/<key>/comment/<number>")
def get_comment(key: str, number: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-comments/#api-rest-api-3-issue-issueidorkey-comment-id-get"""
    with reading() as session:
        issue = find_issue(session.context, key)
        return _reply(session, issue, find_comment(session.context, issue, number))


@platform.put("/issue/<key>/comment/<number>")
def put_comment(key: str, number: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-comments/#api-rest-api-3-issue-issueidorkey-comment-id-put"""
    given = json_body()
    with writing() as session:
        issue = find_issue(session.context, key)
        found = find_comment(session.context, issue, number)
        more = {"visibility": given.get("visibility"), "properties": given.get("properties")}
        changed = edit_comment(session.context, issue, found, given.get("body"), api=session.api, **more)
        return _reply(session, issue, changed)


@platform.delete("/issue/<key>/comment/<number>")
def remove_comment(key: str, number: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-comments/#api-rest-api-3-issue-issueidorkey-comment-id-delete"""
    with writing() as session:
        issue = find_issue(session.context, key)
        delete_comment(session.context, issue, find_comment(session.context, issue, number))
        return reply(None, 204)


@platform.post("/comment/list")
def list_by_id() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-comments/#api-rest-api-3-comment-list-post"""
    wanted, rendered = numbers(json_body(), "ids"), "renderedBody" in words("expand")
    with reading() as session:
        found = comments_by_id(session.context, wanted)
        people = people_by_id(session.context, {n for _, c in found for n in (c.author_id, c.editor_id)})
        shown = [comment(session, issue, one, people, rendered=rendered) for issue, one in found]
        if "properties" in words("expand"):
            kept = note_properties(session.context, "comment", [one.id for _, one in found])
            shown = [
                shape | {"properties": listed_properties(kept[one.id])}
                for shape, (_, one) in zip(shown, found, strict=True)
            ]
        head = {"maxResults": 1_048_576, "startAt": 0, "total": len(shown), "isLast": True}
        return reply(head | {"values": shown})


def _added(session: Session, issue: Issue, given: dict[str, Any]) -> Comment:
    more = {"visibility": given.get("visibility"), "properties": given.get("properties")}
    return add_comment(session.context, issue, given.get("body"), api=session.api, **more)


def _reply(session: Session, issue: Issue, found: Comment, status: int = 200) -> Response:
    people = people_by_id(session.context, {found.author_id, found.editor_id})
    rendered = "renderedBody" in words("expand")
    return reply(comment(session, issue, found, people, rendered=rendered), status)
