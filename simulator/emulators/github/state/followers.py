"""Who keeps a star for a repository, and who watches it, with when that began."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, select

from simulator.emulators.github.state.repositories import Repository, by_ids
from simulator.emulators.github.tables import watchers
from simulator.emulators.kit.accounts import Account

STAR = "star"
WATCH = "watch"


@dataclass(frozen=True, slots=True)
class Follower:
    """An account's number, and since when it follows."""

    account_id: int
    since: datetime


def count_followers(connection: Connection, repository: Repository, kind: str) -> int:
    """How many keep a star, or watch."""
    query = select(func.count()).select_from(watchers).where(*_of(repository, kind))
    return connection.execute(query).scalar_one()


def followers_of(
    connection: Connection, repository: Repository, kind: str, *, offset: int, limit: int, newest_first: bool = False
) -> list[Follower]:
    """A page of those who keep a star, or watch, the earliest first unless told otherwise."""
    order = (watchers.c.created_at, watchers.c.account_id)
    query = (
        select(watchers.c.account_id, watchers.c.created_at)
        .where(*_of(repository, kind))
        .order_by(*(each.desc() if newest_first else each.asc() for each in order))
        .offset(offset)
        .limit(limit)
    )
    return [Follower(account_id, since) for account_id, since in connection.execute(query)]


def follows(connection: Connection, repository: Repository, account: Account, kind: str) -> bool:
    """Whether an account keeps a star for the repository, or watches it."""
    query = select(watchers.c.account_id).where(*_of(repository, kind), watchers.c.account_id == account.id)
    return connection.execute(query).first() is not None


def starred_by(connection: Connection, account: Account) -> list[tuple[Repository, datetime]]:
    """The repositories that an account keeps a star for, with since when, the earliest first."""
    query = (
        select(watchers.c.repository_id, watchers.c.created_at)
        .where(watchers.c.site == account.site, watchers.c.account_id == account.id, watchers.c.kind == STAR)
        .order_by(watchers.c.created_at, watchers.c.repository_id)
    )
    rows = list(connection.execute(query))
    known = by_ids(connection, account.site, {row.repository_id for row in rows})
    return [(known[row.repository_id], row.created_at) for row in rows if row.repository_id in known]


def _of(repository: Repository, kind: str) -> tuple[ColumnElement[bool], ...]:
    return (
        watchers.c.site == repository.site,
        watchers.c.repository_id == repository.id,
        watchers.c.kind == kind,
    )
