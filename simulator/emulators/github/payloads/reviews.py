"""Reviews, and comments on lines of a diff."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simulator.emulators.github.payloads.reactions import reaction_sums
from simulator.emulators.github.payloads.users import maybe_user, node_id
from simulator.emulators.github.state.people import People, load_people
from simulator.emulators.github.state.pull_rows import Pull, pulls_by_id
from simulator.emulators.github.state.reactions import REVIEW_COMMENT, reaction_counts
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.state.review_comments import ReviewComment
from simulator.emulators.github.state.reviews import Review
from simulator.emulators.github.state.work import Place
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import stamp_seconds


def review_payload(place: Place, pull: Pull, review: Review, urls: Urls) -> dict[str, Any]:
    """One review."""
    return review_payloads(place, pull, [review], urls)[0]


def review_payloads(place: Place, pull: Pull, reviews: Sequence[Review], urls: Urls) -> list[dict[str, Any]]:
    """Reviews of one pull request."""
    people = load_people(place, {review.author_id for review in reviews})
    return [_review(place.repository, pull, review, people, urls) for review in reviews]


def review_comment_payload(place: Place, comment: ReviewComment, urls: Urls) -> dict[str, Any]:
    """One comment on a line."""
    return review_comment_payloads(place, [comment], urls)[0]


def review_comment_payloads(place: Place, comments: Sequence[ReviewComment], urls: Urls) -> list[dict[str, Any]]:
    """Comments on lines, of pull requests of one repository."""
    pulls = pulls_by_id(place, {comment.pull_id for comment in comments})
    people = load_people(place, {comment.author_id for comment in comments})
    reactions = reaction_counts(place, REVIEW_COMMENT, [comment.id for comment in comments])
    return [
        _comment(place.repository, comment, pulls[comment.pull_id].number, people, reactions.get(comment.id), urls)
        for comment in comments
    ]


def _review(repository: Repository, pull: Pull, review: Review, people: People, urls: Urls) -> dict[str, Any]:
    html = urls.html(f"/{repository.full_name}/pull/{pull.number}#pullrequestreview-{review.id}")
    pull_url = urls.api(f"{repository.path}/pulls/{pull.number}")
    body: dict[str, Any] = {
        "id": review.id,
        "node_id": node_id("PullRequestReview", review.id),
        "user": maybe_user(people.get(review.author_id), urls),
        "body": review.body,
        "state": review.state,
        "html_url": html,
        "pull_request_url": pull_url,
        "author_association": people.association(review.author_id),
        "_links": {"html": {"href": html}, "pull_request": {"href": pull_url}},
        "commit_id": review.commit_sha,
    }
    if review.submitted_at is not None:
        body["submitted_at"] = stamp_seconds(review.submitted_at)
    return body


def _comment(
    repository: Repository,
    comment: ReviewComment,
    number: int,
    people: People,
    counts: Mapping[str, int] | None,
    urls: Urls,
) -> dict[str, Any]:
    url = urls.api(f"{repository.path}/pulls/comments/{comment.id}")
    html = urls.html(f"/{repository.full_name}/pull/{number}#discussion_r{comment.id}")
    pull_url = urls.api(f"{repository.path}/pulls/{number}")
    body: dict[str, Any] = {
        "url": url,
        "pull_request_review_id": comment.review_id,
        "id": comment.id,
        "node_id": node_id("PullRequestReviewComment", comment.id),
        "diff_hunk": comment.diff_hunk,
        "path": comment.path,
        "commit_id": comment.commit_sha,
        "original_commit_id": comment.original_commit_sha,
        "user": maybe_user(people.get(comment.author_id), urls),
        "body": comment.body,
        "created_at": stamp_seconds(comment.created_at),
        "updated_at": stamp_seconds(comment.updated_at),
        "html_url": html,
        "pull_request_url": pull_url,
        "author_association": people.association(comment.author_id),
        "_links": {"self": {"href": url}, "html": {"href": html}, "pull_request": {"href": pull_url}},
        "reactions": reaction_sums(url, counts),
        **_place(comment),
    }
    if comment.in_reply_to_id is not None:
        body["in_reply_to_id"] = comment.in_reply_to_id
    return body


def _place(comment: ReviewComment) -> dict[str, Any]:
    if comment.subject == "file":
        return {"subject_type": "file"}
    return {
        "start_line": comment.start_line,
        "original_start_line": comment.original_start_line,
        "start_side": comment.start_side,
        "line": comment.line,
        "original_line": comment.original_line,
        "side": comment.side,
        "position": comment.position,
        "original_position": comment.original_position,
        "subject_type": "line",
    }
