"""Comments on the conversation of issues and pull requests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, select, update

from simulator.emulators.github.state import events
from simulator.emulators.github.state.issues import Issue, note_mentions
from simulator.emulators.github.state.reactions import COMMENT, Subject, forget_reactions
from simulator.emulators.github.state.work import Place, Work
from simulator.emulators.github.tables import comments, issues
from simulator.emulators.kit.database import next_value


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """A row of gh_comments."""

    id: int
    issue_id: int
    repository_id: int
    author_id: int
    body: str
    created_at: datetime
    updated_at: datetime


_COLUMNS = [comments.c[name] for name in Comment.__slots__]


def add_comment(work: Work, issue: Issue, body: str) -> Comment:
    """Comment on an issue or pull request."""
    comment = Comment(
        id=next_value(work.connection, work.site, "gh_comments"),
        issue_id=issue.id,
        repository_id=work.repository.id,
        author_id=work.actor.id,
        body=body,
        created_at=work.at,
        updated_at=work.at,
    )
    row = {"site": work.site} | {name: getattr(comment, name) for name in Comment.__slots__}
    work.connection.execute(insert(comments), row)
    _count(work, issue.id, 1)
    events.record(work, issue.id, events.COMMENTED, comment_id=comment.id)
    note_mentions(work, issue.id, body)
    work.tell("issue_comment", "created", issue.id, comment_id=comment.id)
    return comment


def edit_comment(work: Work, comment: Comment, body: str) -> None:
    """Change a comment's text."""
    query = update(comments).where(comments.c.site == work.site, comments.c.id == comment.id)
    work.connection.execute(query.values(body=body, updated_at=work.at))
    note_mentions(work, comment.issue_id, body)
    changes = {"body": {"from": comment.body}}
    work.tell("issue_comment", "edited", comment.issue_id, comment_id=comment.id, changes=changes)


def delete_comment(work: Work, comment: Comment) -> None:
    """Remove a comment; the timeline forgets it too."""
    work.tell("issue_comment", "deleted", comment.issue_id, deleted=comment)
    query = delete(comments).where(comments.c.site == work.site, comments.c.id == comment.id)
    work.connection.execute(query)
    forget_reactions(work, Subject(COMMENT, comment.id))
    _count(work, comment.issue_id, -1)


def find_comment(place: Place, comment_id: int) -> Comment | None:
    """A comment of the repository by its id."""
    query = select(*_COLUMNS).where(
        comments.c.site == place.site,
        comments.c.id == comment_id,
        comments.c.repository_id == place.repository.id,
    )
    row = place.connection.execute(query).mappings().first()
    return Comment(**row) if row else None


def comments_by_id(place: Place, comment_ids: Iterable[int]) -> list[Comment]:
    """Comments of these ids, those that still exist."""
    query = select(*_COLUMNS).where(comments.c.site == place.site, comments.c.id.in_(set(comment_ids)))
    return [Comment(**row) for row in place.connection.execute(query.order_by(comments.c.id)).mappings()]


def comments_of_issue(
    place: Place, issue_id: int, *, since: datetime | None = None, offset: int = 0, limit: int = 100
) -> tuple[list[Comment], int]:
    """A page of an issue's comments, oldest first, and how many there are; with `since`, those changed at or after it."""
    conditions = [comments.c.site == place.site, comments.c.issue_id == issue_id]
    if since:
        conditions.append(comments.c.updated_at >= since)
    return _page(place, conditions, [comments.c.id.asc()], offset=offset, limit=limit)


def comments_of_repository(
    place: Place, *, since: datetime | None, sort: str, direction: str, offset: int, limit: int
) -> tuple[list[Comment], int]:
    """A page of all comments of the repository, by `created` or `updated`, `asc` or `desc`, and how many there are."""
    conditions = [comments.c.site == place.site, comments.c.repository_id == place.repository.id]
    if since:
        conditions.append(comments.c.updated_at >= since)
    columns = (comments.c.updated_at if sort == "updated" else comments.c.created_at, comments.c.id)
    order = [column.desc() if direction == "desc" else column.asc() for column in columns]
    return _page(place, conditions, order, offset=offset, limit=limit)


def _count(work: Work, issue_id: int, more: int) -> None:
    query = update(issues).where(issues.c.site == work.site, issues.c.id == issue_id)
    work.connection.execute(query.values(comments=issues.c.comments + more, updated_at=work.at))


def _page(
    place: Place, conditions: list[ColumnElement[bool]], order: Sequence[ColumnElement[Any]], *, offset: int, limit: int
) -> tuple[list[Comment], int]:
    total = place.connection.execute(select(func.count()).select_from(comments).where(*conditions)).scalar_one()
    query = select(*_COLUMNS).where(*conditions).order_by(*order).offset(offset).limit(limit)
    return [Comment(**row) for row in place.connection.execute(query).mappings()], total
