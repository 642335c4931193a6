"""Comments on issues."""

from __future__ import annotations

from flask import Blueprint, Response, request

from simulator.emulators.jira.params import page, words
from simulator.emulators.jira.payloads.comments import comment, comment_page
from simulator.emulators.jira.session import Session, reading, writing
from simulator.emulators.jira.state.comments import (
    Comment,
    add_comment,
    comments_of,
    delete_comment,
    edit_comment,
    find_comment,
)
from simulator.emulators.jira.state.issues import Issue, find_issue
from simulator.emulators.jira.state.people import people_by_id
from simulator.emulators.kit.web import json_body, reply

platform = Blueprint("comments", __name__)


@platform.get("/issue/<key>/comment")
def list_comments(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-comments/#api-rest-api-3-issue-issueidorkey-comment-get"""
    asked = page(5000, 5000)
    newest_first = request.args.get("orderBy", "").startswith("-")
    with reading() as session:
        issue = find_issue(session.context, key)
        found = comments_of(session.context, [issue.id])[issue.id]
        shown = (found[::-1] if newest_first else found)[asked.start : asked.start + asked.limit]
        people = people_by_id(session.context, {n for c in shown for n in (c.author_id, c.editor_id)})
        rendered = "renderedBody" in words("expand")
        body = comment_page(
            session, issue, shown, people, start=asked.start, limit=asked.limit, total=len(found), rendered=rendered
        )
        return reply(body)


@platform.post("/issue/<key>/comment")
def post_comment(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-comments/#api-rest-api-3-issue-issueidorkey-comment-post"""
    given = json_body()
    with writing() as session:
        issue = find_issue(session.context, key)
        return _reply(session, issue, add_comment(session.context, issue, given.get("body"), api=session.api), 201)


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
        return _reply(session, issue, edit_comment(session.context, issue, found, given.get("body"), api=session.api))


@platform.delete("/issue/<key>/comment/<number>")
def remove_comment(key: str, number: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-comments/#api-rest-api-3-issue-issueidorkey-comment-id-delete"""
    with writing() as session:
        issue = find_issue(session.context, key)
        delete_comment(session.context, issue, find_comment(session.context, issue, number))
        return reply(None, 204)


def _reply(session: Session, issue: Issue, found: Comment, status: int = 200) -> Response:
    people = people_by_id(session.context, {found.author_id, found.editor_id})
    rendered = "renderedBody" in words("expand")
    return reply(comment(session, issue, found, people, rendered=rendered), status)
