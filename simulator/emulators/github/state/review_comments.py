"""Comments on lines of a pull request's diff: rows, and what becomes of them when the head moves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, delete, func, insert, select, update

from simulator.emulators.github.state.issues import note_mentions, touch
from simulator.emulators.github.state.work import Place, Work
from simulator.emulators.github.tables import pulls, review_comments
from simulator.emulators.kit.database import next_value
from simulator.emulators.kit.prepared import Prepared


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """Where a comment stands. `line` and `position` are None for a comment on the whole file (`subject` "file")."""

    path: str
    commit_sha: str
    line: int | None
    side: str
    start_line: int | None
    start_side: str | None
    position: int | None
    diff_hunk: str
    subject: str = "line"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewComment:
    """A row of gh_review_comments. `line` and `position` are None once the line is gone from the diff (outdated)."""

    id: int
    pull_id: int
    review_id: int | None
    author_id: int
    in_reply_to_id: int | None
    path: str
    commit_sha: str
    original_commit_sha: str
    line: int | None
    original_line: int | None
    side: str
    start_line: int | None
    original_start_line: int | None
    start_side: str | None
    position: int | None
    original_position: int | None
    subject: str
    diff_hunk: str
    body: str
    pending: bool
    resolved_at: datetime | None
    resolved_by_id: int | None
    created_at: datetime
    updated_at: datetime


_COLUMNS = [review_comments.c[name] for name in ReviewComment.__slots__]


def add(work: Work, pull_id: int, body: str, anchor: Anchor, *, review_id: int, pending: bool) -> ReviewComment:
    """A comment on a line or a file, part of a review."""
    return _insert(
        work,
        pull_id=pull_id,
        review_id=review_id,
        in_reply_to_id=None,
        body=body,
        pending=pending,
        path=anchor.path,
        commit_sha=anchor.commit_sha,
        original_commit_sha=anchor.commit_sha,
        line=anchor.line,
        original_line=anchor.line,
        side=anchor.side,
        start_line=anchor.start_line,
        original_start_line=anchor.start_line,
        start_side=anchor.start_side,
        position=anchor.position,
        original_position=anchor.position,
        subject=anchor.subject,
        diff_hunk=anchor.diff_hunk,
    )


def add_reply(work: Work, parent: ReviewComment, body: str, *, review_id: int, pending: bool) -> ReviewComment:
    """An answer in the thread of another comment; it stands where that one stands."""
    place = {name: getattr(parent, name) for name in _PLACE}
    return _insert(
        work,
        pull_id=parent.pull_id,
        review_id=review_id,
        in_reply_to_id=parent.in_reply_to_id or parent.id,
        body=body,
        pending=pending,
        **place,
    )


def edit(work: Work, comment: ReviewComment, body: str) -> None:
    """Change a comment's text."""
    change(work, comment.id, body=body, updated_at=work.at)
    changes = {"body": {"from": comment.body}}
    if not comment.pending:
        work.tell("pull_request_review_comment", "edited", comment.pull_id, comment_id=comment.id, changes=changes)


def remove(work: Work, comment: ReviewComment) -> None:
    """Delete a comment; answers to it stay, the oldest of them begins the thread from now on."""
    if not comment.pending:
        work.tell("pull_request_review_comment", "deleted", comment.pull_id, deleted=comment)
    _hand_thread_on(work, comment)
    work.connection.execute(_where(delete(review_comments), work, review_comments.c.id == comment.id))


def publish(work: Work, pull_id: int, review_id: int) -> None:
    """Make the comments of a review visible, at the time of its submission."""
    for comment in _select(work, review_comments.c.review_id == review_id, review_comments.c.pending):
        change(work, comment.id, pending=False, updated_at=work.at)
        announce_comment(work, comment)
    touch(work, pull_id)


def announce_comment(work: Work, comment: ReviewComment) -> None:
    """Tell that there is a new visible comment."""
    note_mentions(work, comment.pull_id, comment.body)
    work.tell("pull_request_review_comment", "created", comment.pull_id, comment_id=comment.id)


def discard(work: Work, review_id: int) -> None:
    """Delete the comments of a review that is thrown away."""
    work.connection.execute(_where(delete(review_comments), work, review_comments.c.review_id == review_id))


def change(work: Work, comment_id: int, **values: Any) -> None:
    """Change columns of a comment."""
    work.connection.execute(_where(update(review_comments), work, review_comments.c.id == comment_id).values(**values))


def find(place: Place, comment_id: int, *, viewer_id: int | None) -> ReviewComment | None:
    """A comment of the repository by its id, a pending one only for its author."""
    in_repository = review_comments.c.pull_id.in_(
        select(pulls.c.id).where(pulls.c.site == place.site, pulls.c.repository_id == place.repository.id)
    )
    found = _select(place, review_comments.c.id == comment_id, in_repository, _seen_by(viewer_id))
    return found[0] if found else None


def seen_in(place: Place, pull_id: int, *, viewer_id: int | None) -> list[ReviewComment]:
    """All comments of a pull request, oldest first, pending ones only for their author."""
    return _select(place, review_comments.c.pull_id == pull_id, _seen_by(viewer_id))


def comments_by_id(place: Place, comment_ids: Iterable[int]) -> list[ReviewComment]:
    """Comments of these ids, those that exist."""
    return _select(place, review_comments.c.id.in_(set(comment_ids)))


def of_review(place: Place, review_id: int) -> list[ReviewComment]:
    """All comments of a review, oldest first."""
    return _select(place, review_comments.c.review_id == review_id)


def standing(place: Place, pull_id: int) -> list[ReviewComment]:
    """Comments of a pull request, pending ones too, whose line is still part of the diff."""
    return _select(place, review_comments.c.pull_id == pull_id, review_comments.c.line.is_not(None))


_COUNT = Prepared(
    select(func.count())
    .select_from(review_comments)
    .where(
        review_comments.c.site == bindparam("site"),
        review_comments.c.pull_id == bindparam("pull"),
        ~review_comments.c.pending,
    )
)


def count_of(place: Place, pull_id: int) -> int:
    """How many visible comments a pull request has."""
    return int(_COUNT.value(place.connection, site=place.site, pull=pull_id))


def page_of(
    place: Place,
    pull_ids: Iterable[int] | None,
    *,
    since: datetime | None,
    sort: str,
    direction: str,
    offset: int,
    limit: int,
) -> tuple[list[ReviewComment], int]:
    """A page of visible comments of some pull requests (None: of the whole repository), and how many there are."""
    wanted: Any = (
        pull_ids
        if pull_ids is not None
        else select(pulls.c.id).where(pulls.c.site == place.site, pulls.c.repository_id == place.repository.id)
    )
    conditions = [review_comments.c.site == place.site, review_comments.c.pull_id.in_(wanted)]
    conditions.append(~review_comments.c.pending)
    if since:
        conditions.append(review_comments.c.updated_at >= since)
    total = place.connection.execute(select(func.count()).select_from(review_comments).where(*conditions)).scalar_one()
    by_time = review_comments.c.updated_at if sort == "updated" else review_comments.c.created_at
    order = [each.desc() if direction == "desc" else each.asc() for each in (by_time, review_comments.c.id)]
    query = select(*_COLUMNS).where(*conditions).order_by(*order).offset(offset).limit(limit)
    return [ReviewComment(**row) for row in place.connection.execute(query).mappings()], total


_PLACE = (
    "path",
    "commit_sha",
    "original_commit_sha",
    "line",
    "original_line",
    "side",
    "start_line",
    "original_start_line",
    "start_side",
    "position",
    "original_position",
    "subject",
    "diff_hunk",
)


def _insert(work: Work, **values: Any) -> ReviewComment:
    comment = ReviewComment(
        id=next_value(work.connection, work.site, "gh_review_comments"),
        author_id=work.actor.id,
        resolved_at=None,
        resolved_by_id=None,
        created_at=work.at,
        updated_at=work.at,
        **values,
    )
    row = {"site": work.site} | {name: getattr(comment, name) for name in ReviewComment.__slots__}
    work.connection.execute(insert(review_comments), row)
    return comment


def _hand_thread_on(work: Work, comment: ReviewComment) -> None:
    answers = _select(
        work, review_comments.c.pull_id == comment.pull_id, review_comments.c.in_reply_to_id == comment.id
    )
    if answers:
        first, *others = answers
        resolved = {"resolved_at": comment.resolved_at, "resolved_by_id": comment.resolved_by_id}
        change(work, first.id, in_reply_to_id=None, **resolved)
        for other in others:
            change(work, other.id, in_reply_to_id=first.id)


def _select(place: Place, *conditions: ColumnElement[bool]) -> list[ReviewComment]:
    query = select(*_COLUMNS).where(review_comments.c.site == place.site, *conditions).order_by(review_comments.c.id)
    return [ReviewComment(**row) for row in place.connection.execute(query).mappings()]


def _seen_by(viewer_id: int | None) -> ColumnElement[bool]:
    known = ~review_comments.c.pending
    return known if viewer_id is None else known | (review_comments.c.author_id == viewer_id)


def _where(query: Any, work: Work, condition: ColumnElement[bool]) -> Any:  # Any: an update or a delete
    return query.where(review_comments.c.site == work.site, condition)
