"""Who stars and who watches a repository."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, ScalarSelect, delete, func, insert, select

from simulator.emulators.github.state.repositories import Repository, by_ids, may_see
from simulator.emulators.github.state.work import Work
from simulator.emulators.github.tables import repositories, watchers
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.tables import accounts

STAR = "star"
WATCH = "watch"


@dataclass(frozen=True, slots=True)
class Watcher:
    """Somebody who stars or watches a repository, since when."""

    account: Account
    since: datetime


@dataclass(frozen=True, slots=True)
class Watched:
    """A repository that somebody stars or watches, since when."""

    repository: Repository
    since: datetime


def how_many(kind: str) -> ScalarSelect[int]:
    """How many people star or watch a repository; for queries on gh_repositories."""
    return (
        select(func.count())
        .select_from(watchers)
        .where(
            watchers.c.site == repositories.c.site,
            watchers.c.repository_id == repositories.c.id,
            watchers.c.kind == kind,
        )
        .scalar_subquery()
    )


_ACCOUNT = [accounts.c[name] for name in Account.__slots__]


def since_when(connection: Connection, repository: Repository, account: Account, kind: str) -> datetime | None:
    """Since when somebody stars or watches a repository, None when they do not."""
    query = select(watchers.c.created_at).where(*_is(repository, account, kind))
    return connection.execute(query).scalar_one_or_none()


def begin(work: Work, kind: str) -> datetime:
    """Let the actor star or watch the repository; gives since when they do. Starring is told of once."""
    known = since_when(work.connection, work.repository, work.actor, kind)
    if known is not None:
        return known
    row = {"site": work.site, "repository_id": work.repository.id, "account_id": work.actor.id, "kind": kind}
    work.connection.execute(insert(watchers), row | {"created_at": work.at})
    if kind == STAR:
        work.tell("star", "created")
        work.tell("watch", "started")
    return work.at


def end(work: Work, kind: str) -> None:
    """Let the actor star or watch the repository no longer."""
    gone = work.connection.execute(delete(watchers).where(*_is(work.repository, work.actor, kind)))
    if gone.rowcount and kind == STAR:
        work.tell("star", "deleted")


def watchers_of(
    connection: Connection, repository: Repository, kind: str, *, offset: int, limit: int
) -> tuple[list[Watcher], int]:
    """A page of those who star or watch a repository, in the order they began, and how many there are."""
    mine = (
        watchers.c.site == repository.site,
        watchers.c.repository_id == repository.id,
        watchers.c.kind == kind,
    )
    total = connection.execute(select(func.count()).select_from(watchers).where(*mine)).scalar_one()
    query = (
        select(*_ACCOUNT, watchers.c.created_at.label("since"))
        .join_from(watchers, accounts, (accounts.c.site == watchers.c.site) & (accounts.c.id == watchers.c.account_id))
        .where(*mine)
        .order_by(watchers.c.created_at, watchers.c.account_id)
    )
    rows = connection.execute(query.offset(offset).limit(limit)).mappings()
    found = [Watcher(Account(**{name: row[name] for name in Account.__slots__}), row["since"]) for row in rows]
    return found, total


def watched_by(
    connection: Connection,
    account: Account,
    kind: str,
    *,
    viewer: Account | None,
    rising: bool,
    offset: int,
    limit: int,
) -> tuple[list[Watched], int]:
    """A page of what somebody stars or watches as far as `viewer` may see it, the latest first, and how many there are."""
    joined = watchers.join(
        repositories, (repositories.c.site == watchers.c.site) & (repositories.c.id == watchers.c.repository_id)
    )
    mine = (
        watchers.c.site == account.site,
        watchers.c.account_id == account.id,
        watchers.c.kind == kind,
        may_see(viewer),
    )
    total = connection.execute(select(func.count()).select_from(joined).where(*mine)).scalar_one()
    order = [each.asc() if rising else each.desc() for each in (watchers.c.created_at, watchers.c.repository_id)]
    query = select(watchers.c.repository_id, watchers.c.created_at).select_from(joined).where(*mine).order_by(*order)
    rows = connection.execute(query.offset(offset).limit(limit)).all()
    homes = by_ids(connection, account.site, [row.repository_id for row in rows])
    return [Watched(homes[row.repository_id], row.created_at) for row in rows], total


def _is(repository: Repository, account: Account, kind: str) -> list[ColumnElement[bool]]:
    return [
        watchers.c.site == repository.site,
        watchers.c.repository_id == repository.id,
        watchers.c.account_id == account.id,
        watchers.c.kind == kind,
    ]
