"""Comments on issues and pull requests."""

from __future__ import annotations

from flask import Blueprint, Response

from simulator.emulators.github.desk import check_own, named_issue, open_conversation, place_for, work_for
from simulator.emulators.github.errors import NotFound
from simulator.emulators.github.fields import Fields, comment_text, since_argument, word_argument
from simulator.emulators.github.pagination import asked_page, page_reply
from simulator.emulators.github.payloads.comments import comment_payload, comment_payloads
from simulator.emulators.github.state import comments
from simulator.emulators.github.state.comments import Comment
from simulator.emulators.github.state.work import Place
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import json_body, reply

blueprint = Blueprint("issue_comments", __name__, url_prefix="/api/v3/repos/<owner>/<name>/issues")


@blueprint.get("/<int:number>/comments")
def of_issue(owner: str, name: str, number: int) -> Response:
    """https://docs.github.com/en/rest/issues/comments#list-issue-comments"""
    page = asked_page()
    with place_for(owner, name) as place:
        issue = named_issue(place, number)
        found, total = comments.comments_of_issue(
            place, issue.id, since=since_argument(), offset=page.offset, limit=page.size
        )
        bodies = comment_payloads(place, found, Urls.of_request())
    return page_reply(bodies, page=page, total=total)


@blueprint.post("/<int:number>/comments")
def create(owner: str, name: str, number: int) -> Response:
    """https://docs.github.com/en/rest/issues/comments#create-an-issue-comment"""
    text = comment_text(Fields(json_body(), "IssueComment"))
    with work_for(owner, name) as work:
        comment = comments.add_comment(work, open_conversation(work, number), text)
        body = comment_payload(work, comment, Urls.of_request())
    return reply(body, 201)


@blueprint.get("/comments")
def of_repository(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/issues/comments#list-issue-comments-for-a-repository"""
    page = asked_page()
    sort = word_argument("sort", ("created", "updated"), "created")
    direction = word_argument("direction", ("asc", "desc"), "asc")
    with place_for(owner, name) as place:
        found, total = comments.comments_of_repository(
            place, since=since_argument(), sort=sort, direction=direction, offset=page.offset, limit=page.size
        )
        bodies = comment_payloads(place, found, Urls.of_request())
    return page_reply(bodies, page=page, total=total)


@blueprint.get("/comments/<int:comment_id>")
def get(owner: str, name: str, comment_id: int) -> Response:
    """https://docs.github.com/en/rest/issues/comments#get-an-issue-comment"""
    with place_for(owner, name) as place:
        return reply(comment_payload(place, _named(place, comment_id), Urls.of_request()))


@blueprint.patch("/comments/<int:comment_id>")
def edit(owner: str, name: str, comment_id: int) -> Response:
    """https://docs.github.com/en/rest/issues/comments#update-an-issue-comment"""
    text = comment_text(Fields(json_body(), "IssueComment"))
    with work_for(owner, name) as work:
        comment = _named(work, comment_id)
        check_own(work, comment.author_id)
        comments.edit_comment(work, comment, text)
        body = comment_payload(work, _named(work, comment_id), Urls.of_request())
    return reply(body)


@blueprint.delete("/comments/<int:comment_id>")
def delete(owner: str, name: str, comment_id: int) -> Response:
    """https://docs.github.com/en/rest/issues/comments#delete-an-issue-comment"""
    with work_for(owner, name) as work:
        comment = _named(work, comment_id)
        check_own(work, comment.author_id)
        comments.delete_comment(work, comment)
    return reply(None, 204)


def _named(place: Place, comment_id: int) -> Comment:
    comment = comments.find_comment(place, comment_id)
    if comment is None:
        raise NotFound
    return comment
