"""Accounts of a site as GitHub needs them: by the addresses of commits, as members of organizations."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from simulator.emulators.github.tables import members
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.tables import accounts

_COLUMNS = [accounts.c[name] for name in Account.__slots__]
_BY_IDS = select(*_COLUMNS).where(
    accounts.c.site == bindparam("site"), accounts.c.id.in_(bindparam("ids", expanding=True))
)
_NOREPLY = re.compile(r"(?:\d+\+)?(?P<login>[a-z0-9-]+)@users\.noreply\.github\.com\Z")


def by_emails(connection: Connection, site: str, emails: Iterable[str]) -> dict[str, Account]:
    """The accounts that addresses of commits belong to, by the address in lower case; noreply addresses count too."""
    wanted = {email.lower() for email in emails}
    noreply = {found["login"]: email for email in wanted if (found := _NOREPLY.match(email))}
    query = select(*_COLUMNS).where(
        accounts.c.site == site,
        accounts.c.kind == "user",
        accounts.c.email.in_(wanted) | accounts.c.login_lower.in_(noreply),
    )
    found_accounts = [Account(**row) for row in connection.execute(query).mappings()]
    by_address = {account.email.lower(): account for account in found_accounts}
    by_login = {account.login.lower(): account for account in found_accounts}
    by_address |= {email: by_login[login] for login, email in noreply.items() if login in by_login}
    return {email: by_address[email] for email in wanted if email in by_address}


def created_at(connection: Connection, account: Account) -> datetime:
    """When the account was made."""
    query = select(accounts.c.created_at).where(accounts.c.site == account.site, accounts.c.id == account.id)
    made: datetime = connection.execute(query).scalar_one()
    return made


def accounts_after(connection: Connection, site: str, account_id: int, *, limit: int) -> list[Account]:
    """People and organizations with larger numbers than this, in the order in which they were made."""
    query = select(*_COLUMNS).where(accounts.c.site == site, accounts.c.id > account_id, accounts.c.kind != "bot")
    return [Account(**row) for row in connection.execute(query.order_by(accounts.c.id).limit(limit)).mappings()]


def members_of(
    connection: Connection, organization: Account, *, role: str | None = None, only_public: bool = False
) -> list[Account]:
    """The members of an organization, all or those of one role (member, admin) or the public ones, in order of their logins."""
    query = (
        select(*_COLUMNS)
        .join_from(members, accounts, (members.c.site == accounts.c.site) & (members.c.account_id == accounts.c.id))
        .where(members.c.site == organization.site, members.c.organization_id == organization.id)
        .order_by(accounts.c.login_lower)
    )
    if role is not None:
        query = query.where(members.c.role == role)
    if only_public:
        query = query.where(members.c.public.is_(True))
    return [Account(**row) for row in connection.execute(query).mappings()]


def organizations_of(connection: Connection, account: Account, *, only_public: bool = False) -> list[Account]:
    """The organizations that an account belongs to, all or those it lets everybody know of, in order of their logins."""
    query = (
        select(*_COLUMNS)
        .join_from(
            members, accounts, (members.c.site == accounts.c.site) & (members.c.organization_id == accounts.c.id)
        )
        .where(members.c.site == account.site, members.c.account_id == account.id)
        .order_by(accounts.c.login_lower)
    )
    if only_public:
        query = query.where(members.c.public.is_(True))
    return [Account(**row) for row in connection.execute(query).mappings()]


def role_in(connection: Connection, organization: Account, account: Account) -> str | None:
    """An account's role in an organization, None for strangers."""
    query = select(members.c.role).where(
        members.c.site == organization.site,
        members.c.organization_id == organization.id,
        members.c.account_id == account.id,
    )
    return connection.execute(query).scalar_one_or_none()


def by_ids(connection: Connection, site: str, ids: Iterable[int]) -> dict[int, Account]:
    """Accounts by their numbers; those that do not exist are left out."""
    wanted = set(ids)
    if not wanted:
        return {}
    rows = connection.execute(_BY_IDS, {"site": site, "ids": list(wanted)}).mappings()
    return {row["id"]: Account(**row) for row in rows}


def by_logins(connection: Connection, site: str, logins: Iterable[str]) -> dict[str, Account]:
    """Accounts by their logins, in lower case; those that do not exist are left out."""
    wanted = {login.lower() for login in logins}
    if not wanted:
        return {}
    query = select(*_COLUMNS).where(accounts.c.site == site, accounts.c.login_lower.in_(wanted))
    found = [Account(**row) for row in connection.execute(query).mappings()]
    return {account.login.lower(): account for account in found}
