"""Reviews of pull requests."""

from __future__ import annotations

from flask import Blueprint, Response

from simulator.emulators.github.desk import named_pull, open_review, place_for, viewer_id, work_for
from simulator.emulators.github.errors import Forbidden, NotFound, ValidationFailed
from simulator.emulators.github.fields import Fields, SpokenFields
from simulator.emulators.github.pagination import asked_page, cut, page_reply
from simulator.emulators.github.payloads.reviews import review_comment_payloads, review_payload, review_payloads
from simulator.emulators.github.remarks import anchor_of, check_commit, refusal
from simulator.emulators.github.state import review_comments, reviews
from simulator.emulators.github.state.anchors import Unanchored
from simulator.emulators.github.state.chosen_reviewers import may_dismiss
from simulator.emulators.github.state.pull_rows import Pull
from simulator.emulators.github.state.reviews import Review
from simulator.emulators.github.state.work import Place, Work
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import json_body, reply

blueprint = Blueprint("reviews", __name__, url_prefix="/api/v3/repos/<owner>/<name>/pulls/<int:number>/reviews")

_EVENTS = tuple(reviews.STATE_OF_EVENT)
_UNPROCESSABLE = "Unprocessable Entity"


@blueprint.get("")
def list_(owner: str, name: str, number: int) -> Response:
    """https://docs.github.com/en/rest/pulls/reviews#list-reviews-for-a-pull-request"""
    page = asked_page()
    with place_for(owner, name) as place:
        pull = named_pull(place, number)
        found, total = reviews.reviews_of(
            place, pull.id, viewer_id=viewer_id(place), offset=page.offset, limit=page.size
        )
        bodies = review_payloads(place, pull, found, Urls.of_request())
    return page_reply(bodies, page=page, total=total)


@blueprint.post("")
def create(owner: str, name: str, number: int) -> Response:
    """https://docs.github.com/en/rest/pulls/reviews#create-a-review-for-a-pull-request"""
    fields = SpokenFields(json_body(), "PullRequestReview")
    event, text = fields.choice("event", _EVENTS), fields.text("body") or ""
    remarks = fields.objects("comments")
    with work_for(owner, name) as work:
        pull = open_review(work, number)
        _check_event(work, pull, event, has_words=bool(text.strip() or remarks))
        if reviews.pending_review(work, pull.id, work.actor.id) is not None:
            raise _unprocessable("User can only have one pending review per pull request")
        commit_sha = check_commit(work, pull, fields, fields.text("commit_id"))
        review = reviews.start_review(work, pull.id, commit_sha=commit_sha, body=text)
        for remark in remarks:
            _add_remark(work, pull, review, SpokenFields(remark, "PullRequestReviewComment"))
        if event is not None:
            review = reviews.submit_review(work, review, state=reviews.STATE_OF_EVENT[event], body=text)
        body = review_payload(work, pull, review, Urls.of_request())
    return reply(body)


@blueprint.get("/<int:review_id>")
def get(owner: str, name: str, number: int, review_id: int) -> Response:
    """https://docs.github.com/en/rest/pulls/reviews#get-a-review-for-a-pull-request"""
    with place_for(owner, name) as place:
        pull, review = _named(place, number, review_id)
        return reply(review_payload(place, pull, review, Urls.of_request()))


@blueprint.put("/<int:review_id>")
def edit(owner: str, name: str, number: int, review_id: int) -> Response:
    """https://docs.github.com/en/rest/pulls/reviews#update-a-review-for-a-pull-request"""
    text = SpokenFields(json_body(), "PullRequestReview").required("body")
    with work_for(owner, name) as work:
        pull, review = _named(work, number, review_id)
        _check_author(work, review)
        body = review_payload(work, pull, reviews.edit_review(work, review, text), Urls.of_request())
    return reply(body)


@blueprint.delete("/<int:review_id>")
def delete(owner: str, name: str, number: int, review_id: int) -> Response:
    """https://docs.github.com/en/rest/pulls/reviews#delete-a-pending-review-for-a-pull-request"""
    with work_for(owner, name) as work:
        pull, review = _named(work, number, review_id)
        _check_author(work, review)
        if review.state != reviews.PENDING:
            raise _unprocessable("Can not delete a non-pending pull request review")
        body = review_payload(work, pull, review, Urls.of_request())
        reviews.delete_review(work, review)
    return reply(body)


@blueprint.get("/<int:review_id>/comments")
def comments(owner: str, name: str, number: int, review_id: int) -> Response:
    """https://docs.github.com/en/rest/pulls/reviews#list-comments-for-a-pull-request-review"""
    page = asked_page()
    with place_for(owner, name) as place:
        _, review = _named(place, number, review_id)
        found = review_comments.of_review(place, review.id)
        bodies = review_comment_payloads(place, cut(found, page), Urls.of_request())
    return page_reply(bodies, page=page, total=len(found))


@blueprint.post("/<int:review_id>/events")
def submit(owner: str, name: str, number: int, review_id: int) -> Response:
    """https://docs.github.com/en/rest/pulls/reviews#submit-a-review-for-a-pull-request"""
    fields = SpokenFields(json_body(), "PullRequestReview")
    event = fields.choice("event", _EVENTS)
    with work_for(owner, name) as work:
        pull, review = _named(work, number, review_id)
        _check_author(work, review)
        if event is None or review.state != reviews.PENDING:
            raise _unprocessable("Can not submit this review: it needs an event and must be pending")
        text = fields.text("body") or review.body
        has_words = bool(text.strip() or review_comments.of_review(work, review.id))
        _check_event(work, pull, event, has_words=has_words)
        submitted = reviews.submit_review(work, review, state=reviews.STATE_OF_EVENT[event], body=text)
        body = review_payload(work, pull, submitted, Urls.of_request())
    return reply(body)


@blueprint.put("/<int:review_id>/dismissals")
def dismiss(owner: str, name: str, number: int, review_id: int) -> Response:
    """https://docs.github.com/en/rest/pulls/reviews#dismiss-a-review-for-a-pull-request"""
    message = SpokenFields(json_body(), "PullRequestReview").required("message")
    with work_for(owner, name, need="push") as work:
        pull, review = _named(work, number, review_id)
        _check_dismisser(work, pull)
        if review.state not in (reviews.APPROVED, reviews.CHANGES_REQUESTED):
            raise _unprocessable(f"Can not dismiss a {review.state.lower()} pull request review")
        body = review_payload(work, pull, reviews.dismiss_review(work, review, message), Urls.of_request())
    return reply(body)


def _named(place: Place, number: int, review_id: int) -> tuple[Pull, Review]:
    pull = named_pull(place, number)
    review = reviews.find_review(place, pull.id, review_id, viewer_id=viewer_id(place))
    if review is None:
        raise NotFound
    return pull, review


def _check_event(work: Work, pull: Pull, event: str | None, *, has_words: bool) -> None:
    own = pull.issue.author_id == work.actor.id
    if own and event == "APPROVE":
        raise _unprocessable("Can not approve your own pull request")
    if own and event == "REQUEST_CHANGES":
        raise _unprocessable("Can not request changes on your own pull request")
    if event in ("REQUEST_CHANGES", "COMMENT") and not has_words:
        raise _unprocessable("Body can't be blank")


def _check_author(work: Work, review: Review) -> None:
    if review.author_id != work.actor.id:
        raise Forbidden("Must be the author of the review.")


def _check_dismisser(work: Work, pull: Pull) -> None:
    if not may_dismiss(work, pull, work.actor):
        raise Forbidden("You're not authorized to dismiss reviews on this pull request.")


def _add_remark(work: Work, pull: Pull, review: Review, fields: Fields) -> None:
    text = fields.required("body")
    if not text.strip():
        raise _unprocessable("Body can't be blank")
    try:
        anchor = anchor_of(work, pull, fields, commit_sha=review.commit_sha)
    except Unanchored as exc:
        raise _unprocessable(refusal(exc)) from exc
    review_comments.add(work, pull.id, text, anchor, review_id=review.id, pending=True)


def _unprocessable(reason: str) -> ValidationFailed:
    return ValidationFailed([reason], _UNPROCESSABLE)
