"""Reviews of pull requests: pending, submitted, dismissed; and what the reviewers' last words add up to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, insert, select, update

from simulator.emulators.github.state import events, review_comments
from simulator.emulators.github.state.issues import note_mentions, touch
from simulator.emulators.github.state.review_requests import clear_request
from simulator.emulators.github.state.team_review_requests import answer_team_requests
from simulator.emulators.github.state.work import Place, Work
from simulator.emulators.github.tables import reviews
from simulator.emulators.kit.database import next_value

PENDING = "PENDING"
COMMENTED = "COMMENTED"
APPROVED = "APPROVED"
CHANGES_REQUESTED = "CHANGES_REQUESTED"
DISMISSED = "DISMISSED"
STATE_OF_EVENT = {"APPROVE": APPROVED, "REQUEST_CHANGES": CHANGES_REQUESTED, "COMMENT": COMMENTED}
"""What each submit event makes of a review."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A row of gh_reviews."""

    id: int
    pull_id: int
    author_id: int
    state: str
    body: str
    commit_sha: str
    submitted_at: datetime | None
    dismissal_message: str | None


_COLUMNS = [reviews.c[name] for name in Review.__slots__]


def start_review(work: Work, pull_id: int, *, commit_sha: str, body: str) -> Review:
    """A pending review, seen by its author only until it is submitted."""
    review = Review(
        id=next_value(work.connection, work.site, "gh_reviews"),
        pull_id=pull_id,
        author_id=work.actor.id,
        state=PENDING,
        body=body,
        commit_sha=commit_sha,
        submitted_at=None,
        dismissal_message=None,
    )
    row = {"site": work.site} | {name: getattr(review, name) for name in Review.__slots__}
    work.connection.execute(insert(reviews), row)
    return review


def submit_review(work: Work, review: Review, *, state: str, body: str) -> Review:
    """Make a pending review known; it answers the request for one, and its comments become visible."""
    _change(work, review.id, state=state, body=body, submitted_at=work.at)
    clear_request(work, review.pull_id, work.actor.id)
    answer_team_requests(work, review.pull_id)
    events.record(work, review.pull_id, events.REVIEWED, review_id=review.id)
    note_mentions(work, review.pull_id, body)
    work.tell("pull_request_review", "submitted", review.pull_id, review_id=review.id)
    review_comments.publish(work, review.pull_id, review.id)
    touch(work, review.pull_id)
    return replace(review, state=state, body=body, submitted_at=work.at)


def edit_review(work: Work, review: Review, body: str) -> Review:
    """Change the summary of a review."""
    _change(work, review.id, body=body)
    if review.state != PENDING:
        changes = {"body": {"from": review.body}}
        work.tell("pull_request_review", "edited", review.pull_id, review_id=review.id, changes=changes)
    return replace(review, body=body)


def delete_review(work: Work, review: Review) -> None:
    """Throw a pending review away, with its comments."""
    review_comments.discard(work, review.id)
    work.connection.execute(delete(reviews).where(reviews.c.site == work.site, reviews.c.id == review.id))


def dismiss_review(work: Work, review: Review, message: str | None, *, commit_sha: str | None = None) -> Review:
    """Take the weight off an approval or a request for changes. `commit_sha` is the push that did it, if one did."""
    _change(work, review.id, state=DISMISSED, dismissal_message=message)
    detail = {"review_id": review.id, "state": review.state.lower(), "dismissal_message": message}
    if commit_sha:
        detail["dismissal_commit_id"] = commit_sha
    events.record(work, review.pull_id, "review_dismissed", dismissed_review=detail)
    touch(work, review.pull_id)
    work.tell("pull_request_review", "dismissed", review.pull_id, review_id=review.id)
    return replace(review, state=DISMISSED, dismissal_message=message)


def find_review(place: Place, pull_id: int, review_id: int, *, viewer_id: int | None) -> Review | None:
    """A review of a pull request, a pending one only for its author."""
    found = _select(place, reviews.c.pull_id == pull_id, reviews.c.id == review_id, _seen_by(viewer_id))
    return found[0] if found else None


def pending_review(place: Place, pull_id: int, author_id: int) -> Review | None:
    """The pending review somebody has on a pull request; there is at most one."""
    found = _select(place, reviews.c.pull_id == pull_id, reviews.c.author_id == author_id, reviews.c.state == PENDING)
    return found[0] if found else None


def reviews_of(
    place: Place, pull_id: int, *, viewer_id: int | None, offset: int, limit: int
) -> tuple[list[Review], int]:
    """A page of the reviews of a pull request, oldest first, and how many there are; pending ones only the viewer's own."""
    conditions = (reviews.c.site == place.site, reviews.c.pull_id == pull_id, _seen_by(viewer_id))
    total = place.connection.execute(select(func.count()).select_from(reviews).where(*conditions)).scalar_one()
    query = select(*_COLUMNS).where(*conditions).order_by(reviews.c.id).offset(offset).limit(limit)
    return [Review(**row) for row in place.connection.execute(query).mappings()], total


def reviews_by_id(place: Place, review_ids: Iterable[int]) -> dict[int, Review]:
    """Reviews by id, those that exist."""
    return {review.id: review for review in _select(place, reviews.c.id.in_(set(review_ids)))}


def reviewers_of(place: Place, pull_id: int) -> set[int]:
    """Ids of everybody who has submitted a review of a pull request."""
    return {review.author_id for review in _select(place, reviews.c.pull_id == pull_id, reviews.c.state != PENDING)}


def last_words(place: Place, pull_id: int) -> dict[int, Review]:
    """For each reviewer the last review that approves, asks for changes, or did and was dismissed since."""
    opinions = _select(
        place, reviews.c.pull_id == pull_id, reviews.c.state.in_((APPROVED, CHANGES_REQUESTED, DISMISSED))
    )
    submitted = [(review.submitted_at, review.id, review) for review in opinions if review.submitted_at]
    return {review.author_id: review for _, _, review in sorted(submitted, key=lambda each: each[:2])}


def _select(place: Place, *conditions: ColumnElement[bool]) -> list[Review]:
    query = select(*_COLUMNS).where(reviews.c.site == place.site, *conditions).order_by(reviews.c.id)
    return [Review(**row) for row in place.connection.execute(query).mappings()]


def _seen_by(viewer_id: int | None) -> ColumnElement[bool]:
    known = reviews.c.state != PENDING
    return known if viewer_id is None else known | (reviews.c.author_id == viewer_id)


def _change(work: Work, review_id: int, **values: object) -> None:
    query = update(reviews).where(reviews.c.site == work.site, reviews.c.id == review_id)
    work.connection.execute(query.values(**values))
