"""People and tokens of a site, the same on both services."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select

from simulator.emulators.kit.tables import accounts, tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A user, an organization or a bot of one site. `jira_id` is Jira's opaque accountId."""

    site: str
    id: int
    kind: str
    login: str
    name: str
    email: str
    jira_id: str
    admin: bool
    active: bool
    time_zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who sent a request: an account and the scopes of its token."""

    account: Account
    scopes: frozenset[str]


_COLUMNS = [accounts.c[name] for name in Account.__slots__]
_BY_TOKEN = (
    select(*_COLUMNS, tokens.c.scopes)
    .join_from(tokens, accounts, (tokens.c.site == accounts.c.site) & (tokens.c.account_id == accounts.c.id))
    .where(tokens.c.site == bindparam("site"), tokens.c.digest == bindparam("digest"), tokens.c.revoked_at.is_(None))
)
_BY_LOGIN = select(*_COLUMNS).where(accounts.c.site == bindparam("site"), accounts.c.login_lower == bindparam("login"))
_BY_ID = select(*_COLUMNS).where(accounts.c.site == bindparam("site"), accounts.c.id == bindparam("id"))
_BY_JIRA_ID = select(*_COLUMNS).where(accounts.c.site == bindparam("site"), accounts.c.jira_id == bindparam("jira_id"))
_BY_EMAIL = select(*_COLUMNS).where(accounts.c.site == bindparam("site"), accounts.c.email == bindparam("email"))


def digest(token: str) -> str:
    """What is kept of a token. Looking the digest up by equality leaks nothing about the token by its timing."""
    return hashlib.sha256(token.encode()).hexdigest()


def by_token(connection: Connection, site: str, token: str) -> Caller | None:
    """The caller that a token speaks for, None when the site does not know it or it was revoked."""
    row = connection.execute(_BY_TOKEN, {"site": site, "digest": digest(token)}).mappings().first()
    if row is None or not row["active"]:
        return None
    fields = {name: row[name] for name in Account.__slots__}
    return Caller(account=Account(**fields), scopes=frozenset(s for s in row["scopes"].split(",") if s))


def by_login(connection: Connection, site: str, login: str) -> Account | None:
    """An account by login, without regard to case."""
    row = connection.execute(_BY_LOGIN, {"site": site, "login": login.lower()}).mappings().first()
    return Account(**row) if row else None


def by_id(connection: Connection, site: str, account_id: int) -> Account | None:
    """An account by its number in the site."""
    row = connection.execute(_BY_ID, {"site": site, "id": account_id}).mappings().first()
    return Account(**row) if row else None


def by_jira_id(connection: Connection, site: str, jira_id: str) -> Account | None:
    """An account by Jira's accountId."""
    row = connection.execute(_BY_JIRA_ID, {"site": site, "jira_id": jira_id}).mappings().first()
    return Account(**row) if row else None


def by_email(connection: Connection, site: str, email: str) -> Account | None:
    """An account by its e-mail address, as it was given (lower case)."""
    row = connection.execute(_BY_EMAIL, {"site": site, "email": email.lower()}).mappings().first()
    return Account(**row) if row else None
