"""Who belongs to an organization, as an owner (`admin`) or a member, and who lets everybody know.

Memberships are in force at once, as on GitHub Enterprise Server; nobody has to accept one.
Source: https://docs.github.com/en/rest/orgs/members
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Select, and_, delete, func, insert, select, true, update

from simulator.emulators.github.tables import (
    collaborators,
    members,
    repositories,
    team_members,
    teams,
)
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.database import hold
from simulator.emulators.kit.tables import accounts

_COLUMNS = [accounts.c[name] for name in Account.__slots__]


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """An account in an organization; `role` is admin or member."""

    organization: Account
    account: Account
    role: str
    public: bool


def find_membership(connection: Connection, organization: Account, account: Account) -> Membership | None:
    """The membership of an account, None for strangers."""
    query = select(members.c.role, members.c.public).where(_is(organization, account))
    row = connection.execute(query).first()
    return Membership(organization=organization, account=account, role=row[0], public=bool(row[1])) if row else None


def members_page(
    connection: Connection, organization: Account, *, role: str | None, only_public: bool, offset: int, limit: int
) -> tuple[list[Account], int]:
    """A page of the members, all or those of one role or the public ones, by login, and how many they are."""
    where = and_(
        members.c.site == organization.site,
        members.c.organization_id == organization.id,
        members.c.role == role if role else true(),
        members.c.public.is_(True) if only_public else true(),
    )
    total = connection.execute(select(func.count()).select_from(members).where(where)).scalar_one()
    query = _accounts(and_(members.c.site == accounts.c.site, members.c.account_id == accounts.c.id)).where(where)
    rows = connection.execute(query.order_by(accounts.c.login_lower).offset(offset).limit(limit)).mappings()
    return [Account(**row) for row in rows], total


def memberships_page(
    connection: Connection, account: Account, *, only_public: bool, offset: int, limit: int
) -> tuple[list[Membership], int]:
    """A page of an account's memberships, all or the public ones, by organization, and how many they are."""
    where = and_(
        members.c.site == account.site,
        members.c.account_id == account.id,
        members.c.public.is_(True) if only_public else true(),
    )
    total = connection.execute(select(func.count()).select_from(members).where(where)).scalar_one()
    query = _accounts(and_(members.c.site == accounts.c.site, members.c.organization_id == accounts.c.id))
    query = query.add_columns(members.c.role, members.c.public).where(where)
    rows = connection.execute(query.order_by(accounts.c.login_lower).offset(offset).limit(limit)).mappings()
    return [
        Membership(
            organization=Account(**{name: row[name] for name in Account.__slots__}),
            account=account,
            role=row["role"],
            public=bool(row["public"]),
        )
        for row in rows
    ], total


def lock(connection: Connection, organization: Account) -> None:
    """Hold the organization until the transaction ends, so that two changes of it come one after the other.

    All of its site is held with it.
    """
    hold(connection, organization.site)


def set_role(connection: Connection, organization: Account, account: Account, *, role: str) -> bool:
    """Make an account a member, or change its role; says whether it is new."""
    changed = connection.execute(update(members).where(_is(organization, account)).values(role=role))
    if changed.rowcount:
        return False
    key = {"site": organization.site, "organization_id": organization.id, "account_id": account.id}
    connection.execute(insert(members), {**key, "role": role})
    return True


def publicize(connection: Connection, organization: Account, account: Account, *, public: bool) -> None:
    """Let everybody know of a membership, or nobody outside."""
    connection.execute(update(members).where(_is(organization, account)).values(public=public))


def is_last_owner(connection: Connection, organization: Account, account: Account) -> bool:
    """Whether the organization would have no owner without this one."""
    owners = select(members.c.account_id).where(
        members.c.site == organization.site, members.c.organization_id == organization.id, members.c.role == "admin"
    )
    return list(connection.execute(owners.limit(2)).scalars()) == [account.id]


def remove(connection: Connection, organization: Account, account: Account) -> None:
    """End a membership, and with it all access to the organization's teams and repositories."""
    own_teams = select(teams.c.id).where(teams.c.site == organization.site, teams.c.organization_id == organization.id)
    own_repositories = select(repositories.c.id).where(
        repositories.c.site == organization.site, repositories.c.owner_id == organization.id
    )
    for table, column, inside in (
        (team_members, team_members.c.team_id, own_teams),
        (collaborators, collaborators.c.repository_id, own_repositories),
    ):
        where = and_(table.c.site == account.site, table.c.account_id == account.id, column.in_(inside))
        connection.execute(delete(table).where(where))
    connection.execute(delete(members).where(_is(organization, account)))


def _accounts(joined: ColumnElement[bool]) -> Select[tuple[object, ...]]:
    return select(*_COLUMNS).join_from(members, accounts, joined)


def _is(organization: Account, account: Account) -> ColumnElement[bool]:
    return and_(
        members.c.site == organization.site,
        members.c.organization_id == organization.id,
        members.c.account_id == account.id,
    )
