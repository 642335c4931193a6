"""The caller of a request and the site's configuration: one statement when the configuration is known already."""

from __future__ import annotations

import hmac
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, or_, select

from simulator.emulators.jira import tables
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.meta import Meta, MetaCache, load
from simulator.emulators.jira.state.permissions import hidden_projects
from simulator.emulators.kit.accounts import Account, digest
from simulator.emulators.kit.database import hold
from simulator.emulators.kit.prepared import Prepared
from simulator.emulators.kit.tables import accounts, tokens

_ACCOUNT = [accounts.c[name] for name in Account.__slots__]
_STAMP = Prepared(select(tables.sites.c.stamp).where(tables.sites.c.site == bindparam("site")))
_BY_TOKEN = (
    select(*_ACCOUNT, tables.sites.c.stamp)
    .select_from(
        tokens.join(accounts, and_(tokens.c.site == accounts.c.site, tokens.c.account_id == accounts.c.id)).outerjoin(
            tables.sites, tables.sites.c.site == tokens.c.site
        )
    )
    .where(
        tokens.c.site == bindparam("site"),
        tokens.c.digest == bindparam("digest"),
        tokens.c.revoked_at.is_(None),
        or_(tokens.c.expires_at.is_(None), tokens.c.expires_at > bindparam("now")),
        accounts.c.active.is_(True),
    )
)


def take_turn(connection: Connection, site: str) -> None:
    """Wait until no other transaction changes the site, and keep others waiting until this one ends.

    Writers of one site come one after the other, as on SQLite, where this is so anyway: ranks, links and sprints touch many
    issues, and no order of locking them suits all. Pushes wait too, as they may move issues. Sites do not wait for one another.
    """
    hold(connection, site)


def open_context(
    connection: Connection, cache: MetaCache, *, site: str, email: str, token: str, now: datetime
) -> Context | None:
    """The context of the account that e-mail and token belong to, None when they are wrong.

    With Bearer there is no e-mail ("") and the token alone decides.
    """
    row = connection.execute(_BY_TOKEN, {"site": site, "digest": digest(token), "now": now}).mappings().first()
    if row is None:
        return None
    account = Account(**{name: row[name] for name in Account.__slots__})
    if email and not hmac.compare_digest(account.email.lower().encode(), email.lower().encode()):
        return None
    meta = _seen_by(account, cache.get(connection, site, row["stamp"]))
    return Context(connection=connection, site=site, now=now, account=account, meta=meta)


def context_of(connection: Connection, cache: MetaCache, *, site: str, account: Account, now: datetime) -> Context:
    """The context of an account that is known already, as on pages where somebody is signed in."""
    stamp = _STAMP.value(connection, site=site)
    meta = _seen_by(account, cache.get(connection, site, stamp))
    return Context(connection=connection, site=site, now=now, account=account, meta=meta)


def app_context(connection: Connection, cache: MetaCache, *, site: str, account: Account, now: datetime) -> Context:
    """The context of an app that sees every project and writes in an account's name."""
    stamp = _STAMP.value(connection, site=site)
    meta = cache.get(connection, site, stamp)
    return Context(connection=connection, site=site, now=now, account=account, meta=meta)


def renewed(context: Context) -> Context:
    """The context with the site's configuration as its own transaction left it."""
    return replace(context, meta=_seen_by(context.account, load(context.connection, context.site, "")))


def _seen_by(account: Account, meta: Meta) -> Meta:
    return meta.seen_without(*hidden_projects(meta.access, account, meta.projects))
