"""Commit statuses: what a build said of a commit, by context.

Source: https://docs.github.com/en/rest/commits/statuses
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, func, insert, select

from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.tables import statuses
from simulator.emulators.kit.database import next_value

STATES = ("error", "failure", "pending", "success")
MOST = 1000
"""Statuses for one commit and context, as on GitHub."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """One word of a build about a commit."""

    id: int
    sha: str
    context: str
    state: str
    description: str | None
    target_url: str | None
    creator_id: int
    created_at: datetime


_COLUMNS = [statuses.c[name] for name in Status.__slots__]


def add_status(connection: Connection, repository: Repository, status: Status) -> Status:
    """Keep a status; gives it with its number."""
    number = next_value(connection, repository.site, "gh_statuses")
    row = {name: getattr(status, name) for name in Status.__slots__} | {"id": number}
    connection.execute(insert(statuses), {**row, "site": repository.site, "repository_id": repository.id})
    return Status(**row)


def count_statuses(connection: Connection, repository: Repository, sha: str, *, context: str | None = None) -> int:
    """How many statuses a commit has, in all or of one context."""
    query = select(func.count()).select_from(statuses).where(_of(repository, sha))
    return connection.execute(query if context is None else query.where(statuses.c.context == context)).scalar_one()


def list_statuses(connection: Connection, repository: Repository, sha: str, *, limit: int, offset: int) -> list[Status]:
    """A page of a commit's statuses, newest first."""
    query = select(*_COLUMNS).where(_of(repository, sha)).order_by(statuses.c.id.desc()).limit(limit).offset(offset)
    return [Status(**row) for row in connection.execute(query).mappings()]


def last_statuses(connection: Connection, repository: Repository, sha: str) -> list[Status]:
    """The last word of each context, in order of the contexts' first appearance."""
    first, last = func.min(statuses.c.id).label("first"), func.max(statuses.c.id).label("last")
    spans = select(first, last).where(_of(repository, sha)).group_by(statuses.c.context).subquery()
    query = (
        select(*_COLUMNS)
        .join_from(statuses, spans, statuses.c.id == spans.c.last)
        .where(statuses.c.site == repository.site)
        .order_by(spans.c.first)
    )
    return [Status(**row) for row in connection.execute(query).mappings()]


def latest(found: Sequence[Status]) -> list[Status]:
    """The last word of each context, in order of the contexts' first appearance; `found` is newest first."""
    last = {status.context: status for status in reversed(found)}
    return list(last.values())


def combined(last: Sequence[Status]) -> str:
    """One word for the last statuses of all contexts: failure, pending or success; without any it is pending."""
    states = {status.state for status in last}
    if states & {"error", "failure"}:
        return "failure"
    return "success" if states == {"success"} else "pending"


def _of(repository: Repository, sha: str) -> ColumnElement[bool]:
    return and_(statuses.c.site == repository.site, statuses.c.repository_id == repository.id, statuses.c.sha == sha)
