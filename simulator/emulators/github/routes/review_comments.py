"""Comments on lines of a pull request's diff."""

from __future__ import annotations

from flask import Blueprint, Response

from simulator.emulators.github.desk import check_own, named_pull, open_review, place_for, viewer_id, work_for
from simulator.emulators.github.errors import FieldError, NotFound, ValidationFailed, invalid
from simulator.emulators.github.fields import Fields, comment_text, since_argument, word_argument
from simulator.emulators.github.pagination import asked_page, page_reply
from simulator.emulators.github.payloads.reviews import review_comment_payload, review_comment_payloads
from simulator.emulators.github.remarks import anchor_of, check_commit
from simulator.emulators.github.state import review_comments, reviews
from simulator.emulators.github.state.anchors import Unanchored
from simulator.emulators.github.state.pull_rows import Pull
from simulator.emulators.github.state.review_comments import ReviewComment
from simulator.emulators.github.state.reviews import COMMENTED, Review
from simulator.emulators.github.state.work import Place, Work
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import json_body, reply

blueprint = Blueprint("review_comments", __name__, url_prefix="/api/v3/repos/<owner>/<name>/pulls")

_RESOURCE = "PullRequestReviewComment"


@blueprint.get("/<int:number>/comments")
def of_pull(owner: str, name: str, number: int) -> Response:
    """https://docs.github.com/en/rest/pulls/comments#list-review-comments-on-a-pull-request"""
    with place_for(owner, name) as place:
        return _page(place, [named_pull(place, number).id])


@blueprint.get("/comments")
def of_repository(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/pulls/comments#list-review-comments-in-a-repository"""
    with place_for(owner, name) as place:
        return _page(place, None)


@blueprint.post("/<int:number>/comments")
def create(owner: str, name: str, number: int) -> Response:
    """https://docs.github.com/en/rest/pulls/comments#create-a-review-comment-for-a-pull-request"""
    fields = Fields(json_body(), _RESOURCE)
    text, parent_id = comment_text(fields), fields.number("in_reply_to")
    with work_for(owner, name) as work:
        pull = open_review(work, number)
        if parent_id is not None:
            comment = _answer(work, pull, parent_id, text)
        else:
            commit_sha = check_commit(work, pull, fields, fields.required("commit_id"))
            comment = _remark(work, pull, text, fields, commit_sha)
        body = review_comment_payload(work, comment, Urls.of_request())
    return reply(body, 201)


@blueprint.post("/<int:number>/comments/<int:comment_id>/replies")
def answer(owner: str, name: str, number: int, comment_id: int) -> Response:
    """https://docs.github.com/en/rest/pulls/comments#create-a-reply-for-a-review-comment"""
    text = comment_text(Fields(json_body(), _RESOURCE))
    with work_for(owner, name) as work:
        comment = _answer(work, open_review(work, number), comment_id, text)
        body = review_comment_payload(work, comment, Urls.of_request())
    return reply(body, 201)


@blueprint.get("/comments/<int:comment_id>")
def get(owner: str, name: str, comment_id: int) -> Response:
    """https://docs.github.com/en/rest/pulls/comments#get-a-review-comment-for-a-pull-request"""
    with place_for(owner, name) as place:
        return reply(review_comment_payload(place, _named(place, comment_id), Urls.of_request()))


@blueprint.patch("/comments/<int:comment_id>")
def edit(owner: str, name: str, comment_id: int) -> Response:
    """https://docs.github.com/en/rest/pulls/comments#update-a-review-comment-for-a-pull-request"""
    text = comment_text(Fields(json_body(), _RESOURCE))
    with work_for(owner, name) as work:
        comment = _named(work, comment_id)
        check_own(work, comment.author_id)
        review_comments.edit(work, comment, text)
        body = review_comment_payload(work, _named(work, comment_id), Urls.of_request())
    return reply(body)


@blueprint.delete("/comments/<int:comment_id>")
def delete(owner: str, name: str, comment_id: int) -> Response:
    """https://docs.github.com/en/rest/pulls/comments#delete-a-review-comment-for-a-pull-request"""
    with work_for(owner, name) as work:
        comment = _named(work, comment_id)
        check_own(work, comment.author_id)
        review_comments.remove(work, comment)
    return reply(None, 204)


def _page(place: Place, pull_ids: list[int] | None) -> Response:
    page = asked_page()
    found, total = review_comments.page_of(
        place,
        pull_ids,
        since=since_argument(),
        sort=word_argument("sort", ("created", "updated"), "created"),
        direction=word_argument("direction", ("asc", "desc"), "asc"),
        offset=page.offset,
        limit=page.size,
    )
    bodies = review_comment_payloads(place, found, Urls.of_request())
    return page_reply(bodies, page=page, total=total)


def _named(place: Place, comment_id: int) -> ReviewComment:
    comment = review_comments.find(place, comment_id, viewer_id=viewer_id(place))
    if comment is None:
        raise NotFound
    return comment


def _remark(work: Work, pull: Pull, text: str, fields: Fields, commit_sha: str) -> ReviewComment:
    try:
        anchor = anchor_of(work, pull, fields, commit_sha=commit_sha)
    except Unanchored as exc:
        raise _misplaced(exc) from exc
    review = _lone_review(work, pull, commit_sha)
    comment = review_comments.add(work, pull.id, text, anchor, review_id=review.id, pending=True)
    reviews.submit_review(work, review, state=COMMENTED, body="")
    return comment


def _answer(work: Work, pull: Pull, parent_id: int, text: str) -> ReviewComment:
    parent = review_comments.find(work, parent_id, viewer_id=work.actor.id)
    if parent is None or parent.pull_id != pull.id or parent.pending:
        raise NotFound
    review = _lone_review(work, pull, parent.commit_sha)
    comment = review_comments.add_reply(work, parent, text, review_id=review.id, pending=True)
    reviews.submit_review(work, review, state=COMMENTED, body="")
    return comment


def _lone_review(work: Work, pull: Pull, commit_sha: str) -> Review:
    # A comment of its own is a review of one comment on GitHub; nobody can have it beside a pending review.
    if reviews.pending_review(work, pull.id, work.actor.id) is not None:
        message = "user_id can only have one pending review per pull request"
        raise ValidationFailed(
            [FieldError(resource="PullRequestReview", field="user_id", code="custom", message=message)]
        )
    return reviews.start_review(work, pull.id, commit_sha=commit_sha, body="")


def _misplaced(unanchored: Unanchored) -> ValidationFailed:
    if unanchored.field == "path":
        return invalid(_RESOURCE, "path")
    name = f"pull_request_review_thread.{unanchored.field}"
    message = f"pull_request_review_thread.{unanchored.reason}"
    faults = [FieldError(resource=_RESOURCE, field=name, code="custom", message=message)]
    if unanchored.field == "line":
        hunk = "pull_request_review_thread.diff_hunk"
        faults.append(FieldError(resource=_RESOURCE, field=hunk, code="missing_field"))
    return ValidationFailed(faults)
