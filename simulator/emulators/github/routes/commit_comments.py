"""Comments on commits."""

from __future__ import annotations

from flask import Blueprint, Response

from simulator.emulators.github.desk import check_own, place_for, work_for
from simulator.emulators.github.errors import NotFound
from simulator.emulators.github.fields import Fields, comment_text
from simulator.emulators.github.pagination import asked_page, page_reply
from simulator.emulators.github.payloads.commit_comments import commit_comment_payload, commit_comment_payloads
from simulator.emulators.github.routes.commits import commit_at
from simulator.emulators.github.state import changes, commit_comments
from simulator.emulators.github.state.commit_comments import CommitComment
from simulator.emulators.github.state.work import Place
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import json_body, reply

blueprint = Blueprint("commit_comments", __name__, url_prefix="/api/v3/repos/<owner>/<name>")

_LONGEST_PATH = 4096


@blueprint.get("/commits/<path:ref>/comments")
def of_commit(owner: str, name: str, ref: str) -> Response:
    """https://docs.github.com/en/rest/commits/comments#list-commit-comments"""
    page = asked_page()
    with place_for(owner, name) as place:
        sha = str(commit_at(changes.git(place), place.repository, ref).id)
        found, total = commit_comments.list_comments(place, sha=sha, offset=page.offset, limit=page.size)
        bodies = commit_comment_payloads(place, found, Urls.of_request())
    return page_reply(bodies, page=page, total=total)


@blueprint.post("/commits/<path:ref>/comments")
def create(owner: str, name: str, ref: str) -> Response:
    """https://docs.github.com/en/rest/commits/comments#create-a-commit-comment"""
    fields = Fields(json_body(), "CommitComment")
    text, path = comment_text(fields), fields.text("path", limit=_LONGEST_PATH)
    with work_for(owner, name) as work:
        sha = str(commit_at(changes.git(work), work.repository, ref).id)
        made = commit_comments.create_comment(
            work, sha=sha, body=text, path=path, position=fields.number("position"), line=fields.number("line")
        )
        body = commit_comment_payload(work, made, Urls.of_request())
    return reply(body, 201)


@blueprint.get("/comments")
def of_repository(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/commits/comments#list-commit-comments-for-a-repository"""
    page = asked_page()
    with place_for(owner, name) as place:
        found, total = commit_comments.list_comments(place, offset=page.offset, limit=page.size)
        bodies = commit_comment_payloads(place, found, Urls.of_request())
    return page_reply(bodies, page=page, total=total)


@blueprint.get("/comments/<int:comment_id>")
def get(owner: str, name: str, comment_id: int) -> Response:
    """https://docs.github.com/en/rest/commits/comments#get-a-commit-comment"""
    with place_for(owner, name) as place:
        return reply(commit_comment_payload(place, _named(place, comment_id), Urls.of_request()))


@blueprint.patch("/comments/<int:comment_id>")
def edit(owner: str, name: str, comment_id: int) -> Response:
    """https://docs.github.com/en/rest/commits/comments#update-a-commit-comment"""
    text = comment_text(Fields(json_body(), "CommitComment"))
    with work_for(owner, name) as work:
        comment = _named(work, comment_id)
        check_own(work, comment.author_id)
        commit_comments.edit_comment(work, comment, text)
        body = commit_comment_payload(work, _named(work, comment_id), Urls.of_request())
    return reply(body)


@blueprint.delete("/comments/<int:comment_id>")
def delete(owner: str, name: str, comment_id: int) -> Response:
    """https://docs.github.com/en/rest/commits/comments#delete-a-commit-comment"""
    with work_for(owner, name) as work:
        comment = _named(work, comment_id)
        check_own(work, comment.author_id)
        commit_comments.delete_comment(work, comment)
    return reply(None, 204)


def _named(place: Place, comment_id: int) -> CommitComment:
    found = commit_comments.find_comment(place, comment_id)
    if found is None:
        raise NotFound
    return found
