"""People and tokens of a site, the same on both services."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from simulator.emulators.kit.database import next_value
from simulator.emulators.kit.prepared import Prepared, Row
from simulator.emulators.kit.scopes import ALL_SCOPES
from simulator.emulators.kit.tables import HIDDEN, accounts, tokens


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
    """Who sent a request: an account, the scopes of its token, and when the token ends, if ever."""

    account: Account
    scopes: frozenset[str]
    expires_at: datetime | None = None


_COLUMNS = [accounts.c[name] for name in Account.__slots__]
_HERE = select(*_COLUMNS).where(accounts.c.site == bindparam("site"))
_BY_TOKEN = Prepared(
    select(*_COLUMNS, tokens.c.scopes, tokens.c.expires_at)
    .join_from(tokens, accounts, (tokens.c.site == accounts.c.site) & (tokens.c.account_id == accounts.c.id))
    .where(tokens.c.site == bindparam("site"), tokens.c.digest == bindparam("digest"), tokens.c.revoked_at.is_(None))
)
_BY_LOGIN = Prepared(_HERE.where(accounts.c.login_lower == bindparam("login")))
_BY_ID = Prepared(_HERE.where(accounts.c.id == bindparam("id")))
_BY_JIRA_ID = Prepared(_HERE.where(accounts.c.jira_id == bindparam("jira_id")))
_BY_EMAIL = Prepared(_HERE.where(accounts.c.email == bindparam("email")))


def account_of(columns: Sequence[Any]) -> Account:
    """The account whose columns these are, in the order of `Account`'s fields."""
    return Account(**dict(zip(Account.__slots__, columns, strict=True)))


def digest(token: str) -> str:
    """What is kept of a token. Looking the digest up by equality leaks nothing about the token by its timing."""
    return hashlib.sha256(token.encode()).hexdigest()


def by_token(connection: Connection, site: str, token: str, *, now: datetime) -> Caller | None:
    """The caller that a token speaks for, None when the site does not know it, or it was revoked or has ended."""
    caller = _BY_TOKEN.first_as(connection, _caller, site=site, digest=digest(token))
    if caller is None or not caller.account.active or (caller.expires_at is not None and caller.expires_at <= now):
        return None
    return caller


def by_login(connection: Connection, site: str, login: str) -> Account | None:
    """An account by login, without regard to case."""
    return _found(_BY_LOGIN.first(connection, site=site, login=login.lower()))


def by_id(connection: Connection, site: str, account_id: int) -> Account | None:
    """An account by its number in the site."""
    return _found(_BY_ID.first(connection, site=site, id=account_id))


def by_jira_id(connection: Connection, site: str, jira_id: str) -> Account | None:
    """An account by Jira's accountId."""
    return _found(_BY_JIRA_ID.first(connection, site=site, jira_id=jira_id))


def by_email(connection: Connection, site: str, email: str) -> Account | None:
    """An account by its e-mail address, as it was given (lower case)."""
    return _found(_BY_EMAIL.first(connection, site=site, email=email.lower()))


def sites_of_token(connection: Connection, token: str) -> list[str]:
    """The sites that know a token, for requests whose address names none; in the order of their names."""
    query = select(tokens.c.site).where(
        tokens.c.digest == digest(token), tokens.c.revoked_at.is_(None), tokens.c.site.not_like(f"{HIDDEN}%")
    )
    return list(connection.execute(query.order_by(tokens.c.site)).scalars())


def forget_tokens(connection: Connection, site: str) -> None:
    """Take every token of a site away."""
    connection.execute(delete(tokens).where(tokens.c.site == site))


def create_account(  # noqa: PLR0913 - what an account begins with, all by keyword
    connection: Connection,
    site: str,
    *,
    login: str,
    email: str,
    now: datetime,
    name: str = "",
    admin: bool = False,
    bot: bool = False,
    time_zone: str = "UTC",
) -> Account:
    """A new person, or an app's account, with the site's next number.

    Raises sqlalchemy.exc.IntegrityError when the login is taken, without regard to case.
    """
    account = _next_account(connection, site, kind="bot" if bot else "user", login=login, name=name)
    account = replace(account, email=email.lower(), admin=admin, time_zone=time_zone)
    return _insert(connection, account, now=now)


def create_organization(connection: Connection, site: str, *, login: str, now: datetime, name: str = "") -> Account:
    """A new organization with the site's next number; its login shares one namespace with people's. Raises as above."""
    return _insert(connection, _next_account(connection, site, kind="organization", login=login, name=name), now=now)


def _found(row: Row | None) -> Account | None:
    return None if row is None else account_of(row)


@lru_cache(maxsize=256)
def _caller(row: Sequence[Any]) -> Caller:
    *columns, scopes, expires_at = row
    return Caller(account=account_of(columns), scopes=_scopes(scopes), expires_at=expires_at)


def _scopes(text: str) -> frozenset[str]:
    return frozenset(scope for scope in text.split(",") if scope)


def _next_account(connection: Connection, site: str, *, kind: str, login: str, name: str) -> Account:
    return Account(
        site=site,
        id=next_value(connection, site, "account"),
        kind=kind,
        login=login,
        name=name,
        email="",
        jira_id=jira_id_of(login),
        admin=False,
        active=True,
        time_zone="UTC",
    )


def _insert(connection: Connection, account: Account, *, now: datetime) -> Account:
    row = {column: getattr(account, column) for column in Account.__slots__}
    connection.execute(insert(accounts), {**row, "login_lower": account.login.lower(), "created_at": now})
    return account


def rename(connection: Connection, account: Account, name: str) -> Account:
    """Give an account another name to be shown; its login stays."""
    where = (accounts.c.site == account.site) & (accounts.c.id == account.id)
    connection.execute(update(accounts).where(where).values(name=name))
    return replace(account, name=name)


def jira_id_of(login: str) -> str:
    """Jira's accountId for a login: opaque, and the same in each site."""
    return hashlib.sha256(f"accountId {login.lower()}".encode()).hexdigest()[:24]


def create_token(
    connection: Connection,
    account: Account,
    *,
    token: str,
    now: datetime,
    scopes: Iterable[str] = ALL_SCOPES,
    expires_at: datetime | None = None,
) -> None:
    """Let a token speak for an account. Nothing changes when the site knows the token already."""
    create_token_digest(connection, account, token_digest=digest(token), now=now, scopes=scopes, expires_at=expires_at)


def create_token_digest(
    connection: Connection,
    account: Account,
    *,
    token_digest: str,
    now: datetime,
    scopes: Iterable[str] = ALL_SCOPES,
    expires_at: datetime | None = None,
) -> None:
    """The same for a token of which only the digest is known."""
    key = {"site": account.site, "digest": token_digest}
    if connection.execute(select(tokens.c.account_id).filter_by(**key)).first() is None:
        row = {**key, "account_id": account.id, "scopes": ",".join(scopes), "created_at": now}
        connection.execute(insert(tokens), {**row, "expires_at": expires_at})


def revoke_token(connection: Connection, site: str, *, token: str, now: datetime) -> None:
    """From now on the token is unknown."""
    match = (tokens.c.site == site) & (tokens.c.digest == digest(token)) & tokens.c.revoked_at.is_(None)
    connection.execute(update(tokens).where(match).values(revoked_at=now))
