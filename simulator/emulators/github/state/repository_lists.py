"""Pages of repositories of several owners, in an order that one may choose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from simulator.emulators.github.state.access import organizations_open_to, repositories_by_team
from simulator.emulators.github.state.repositories import Repository, by_ids, may_see
from simulator.emulators.github.tables import collaborators, repositories
from simulator.emulators.kit.accounts import Account

SORTS = ("full_name", "created", "updated", "pushed")
AFFILIATIONS = ("owner", "collaborator", "organization_member")
"""The ways in which an account can have a repository."""

_ORDERS: dict[str, ColumnElement[object]] = {
    "full_name": repositories.c.full_name_lower,
    "created": repositories.c.created_at,
    "updated": repositories.c.updated_at,
    "pushed": func.coalesce(repositories.c.pushed_at, repositories.c.created_at),
}
_KINDS: dict[str, ColumnElement[bool]] = {
    "public": ~repositories.c.private,
    "private": repositories.c.private,
    "forks": repositories.c.parent_id.is_not(None),
    "sources": repositories.c.parent_id.is_(None),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which repositories: those that `viewer` may see (None: anybody), of an owner, or that somebody has in some `ways`.

    `kind` is public, private, forks or sources; any other word is no condition. The instants are those of the last update.
    """

    viewer: Account | None
    owner: Account | None = None
    had_by: Account | None = None
    ways: tuple[str, ...] = AFFILIATIONS
    kind: str = "all"
    after: datetime | None = None
    before: datetime | None = None
    sort: str = "full_name"
    descending: bool = False


def page_of(
    connection: Connection, site: str, wanted: Wanted, *, offset: int, limit: int
) -> tuple[list[Repository], int]:
    """A page of repositories, and how many there are."""
    where = and_(repositories.c.site == site, *_conditions(wanted))
    total = connection.execute(select(func.count()).select_from(repositories).where(where)).scalar_one()
    order, last = _ORDERS[wanted.sort], repositories.c.id
    by = (order.desc(), last.desc()) if wanted.descending else (order.asc(), last.asc())
    ids = list(connection.execute(select(last).where(where).order_by(*by).offset(offset).limit(limit)).scalars())
    found = by_ids(connection, site, ids)
    return [found[each] for each in ids], total


def _conditions(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    yield may_see(wanted.viewer)
    if wanted.owner is not None:
        yield repositories.c.owner_id == wanted.owner.id
    if wanted.had_by is not None:
        yield or_(*(_had(wanted.had_by, way) for way in wanted.ways))
    if wanted.kind in _KINDS:
        yield _KINDS[wanted.kind]
    if wanted.after is not None:
        yield repositories.c.updated_at > wanted.after
    if wanted.before is not None:
        yield repositories.c.updated_at < wanted.before


def _had(account: Account, way: str) -> ColumnElement[bool]:
    if way == "owner":
        return repositories.c.owner_id == account.id
    if way == "collaborator":
        given = select(collaborators.c.repository_id).where(
            collaborators.c.site == account.site, collaborators.c.account_id == account.id
        )
        return repositories.c.id.in_(given)
    return or_(
        repositories.c.id.in_(repositories_by_team(account)),
        repositories.c.owner_id.in_(organizations_open_to(account)),
    )
