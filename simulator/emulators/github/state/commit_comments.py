"""Comments on commits, on the whole of one or on a line of a file.

Source: https://docs.github.com/en/rest/commits/comments
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from simulator.emulators.github.state.work import Place, Work
from simulator.emulators.github.tables import commit_comments as table
from simulator.emulators.kit.database import next_value


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitComment:
    """A row of gh_commit_comments."""

    id: int
    repository_id: int
    sha: str
    path: str | None
    position: int | None
    line: int | None
    author_id: int
    body: str
    created_at: datetime
    updated_at: datetime


_NAMES = [field.name for field in fields(CommitComment)]
_COLUMNS = [table.c[name] for name in _NAMES]


def create_comment(
    work: Work, *, sha: str, body: str, path: str | None, position: int | None, line: int | None
) -> CommitComment:
    """A new comment of the actor's."""
    made = CommitComment(
        id=next_value(work.connection, work.site, "gh_commit_comments"),
        repository_id=work.repository.id,
        sha=sha,
        path=path,
        position=position,
        line=line,
        author_id=work.actor.id,
        body=body,
        created_at=work.at,
        updated_at=work.at,
    )
    work.connection.execute(insert(table), {"site": work.site, **{name: getattr(made, name) for name in _NAMES}})
    work.tell("commit_comment", "created", comment_id=made.id)
    return made


def list_comments(place: Place, *, sha: str | None = None, offset: int, limit: int) -> tuple[list[CommitComment], int]:
    """A page of the comments on one commit, or (None) on any of the repository, oldest first; and how many there are."""
    conditions = [*_here(place), *([table.c.sha == sha] if sha else [])]
    total = place.connection.execute(select(func.count()).select_from(table).where(*conditions)).scalar_one()
    query = select(*_COLUMNS).where(*conditions).order_by(table.c.id).offset(offset).limit(limit)
    return [CommitComment(**row) for row in place.connection.execute(query).mappings()], total


def find_comment(place: Place, comment_id: int) -> CommitComment | None:
    """A comment by its number in the site, if it is of this repository."""
    query = select(*_COLUMNS).where(*_here(place), table.c.id == comment_id)
    row = place.connection.execute(query).mappings().first()
    return None if row is None else CommitComment(**row)


def edit_comment(work: Work, comment: CommitComment, body: str) -> None:
    """Change what a comment says."""
    own = (*_here(work), table.c.id == comment.id)
    work.connection.execute(update(table).where(*own).values(body=body, updated_at=work.at))


def delete_comment(work: Work, comment: CommitComment) -> None:
    """Delete a comment."""
    work.connection.execute(delete(table).where(*_here(work), table.c.id == comment.id))


def comment_counts(connection: Connection, site: str, repository_id: int, shas: set[str]) -> dict[str, int]:
    """How many comments commits have, by the commit; those without any are left out."""
    if not shas:
        return {}
    here = (table.c.site == site, table.c.repository_id == repository_id, table.c.sha.in_(shas))
    query = select(table.c.sha, func.count().label("number")).where(*here).group_by(table.c.sha)
    return {row.sha: row.number for row in connection.execute(query)}


def _here(place: Place) -> tuple[ColumnElement[bool], ...]:
    return table.c.site == place.site, table.c.repository_id == place.repository.id
