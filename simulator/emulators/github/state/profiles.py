"""What GitHub keeps of an account beyond its name and address: what people tell of themselves, how organizations are set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from simulator.emulators.github.state.repositories import may_see
from simulator.emulators.github.tables import profiles, repositories
from simulator.emulators.kit.accounts import Account, rename
from simulator.emulators.kit.tables import accounts


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What was told (`fields`, by the names of the REST API), and when the account was made and last changed."""

    fields: Mapping[str, Any]
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RepositoryCounts:
    """How many repositories of an owner somebody may see."""

    public: int
    private: int


_OF = select(
    profiles.c.fields, accounts.c.created_at, func.coalesce(profiles.c.updated_at, accounts.c.created_at)
).where(accounts.c.site == bindparam("site"), accounts.c.id == bindparam("id"))
_OF = _OF.select_from(
    accounts.outerjoin(profiles, (profiles.c.site == accounts.c.site) & (profiles.c.account_id == accounts.c.id))
)


def profile_of(connection: Connection, account: Account) -> Profile:
    """The profile of an account, empty when nothing was ever told."""
    fields, created_at, updated_at = connection.execute(_OF, {"site": account.site, "id": account.id}).one()
    return Profile(fields=fields or {}, created_at=created_at, updated_at=updated_at)


def repository_counts(connection: Connection, owner: Account, viewer: Account | None) -> RepositoryCounts:
    """How many repositories of an owner there are, as far as an account may see them (None: anybody)."""
    query = (
        select(repositories.c.private, func.count())
        .where(repositories.c.site == owner.site, repositories.c.owner_id == owner.id, may_see(viewer))
        .group_by(repositories.c.private)
    )
    found = {bool(private): count for private, count in connection.execute(query)}
    return RepositoryCounts(public=found.get(False, 0), private=found.get(True, 0))


def edit_profile(
    connection: Connection, account: Account, changes: Mapping[str, Any], *, at: datetime, name: str | None = None
) -> Account:
    """Keep changes of fields, and a new name if there is one; gives the account as it is now."""
    key = {"site": account.site, "account_id": account.id}
    present = connection.execute(select(profiles.c.fields).filter_by(**key).with_for_update()).scalar_one_or_none()
    values = {"fields": {**(present or {}), **changes}, "updated_at": at}
    if present is None:
        connection.execute(insert(profiles), {**key, **values})
    else:
        connection.execute(update(profiles).filter_by(**key).values(**values))
    return account if name is None else rename(connection, account, name)
