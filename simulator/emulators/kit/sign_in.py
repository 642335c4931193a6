"""Who reads a page: a signed cookie for one site, good on both of its services.

Refuses to be a credential of the REST APIs or of git: those look at the Authorization header only, so no page of another
origin can act through somebody's browser.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta

from flask import Response, request
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import Connection, select

from simulator.emulators.kit import accounts
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.sign_in_key import signing_key
from simulator.emulators.kit.tables import accounts as accounts_table
from simulator.emulators.kit.urls import ROOT
from simulator.emulators.kit.web import site

LASTS = timedelta(days=30)
"""How long somebody stays signed in."""


def visitor(connection: Connection) -> Account | None:
    """The account that the browser is signed in as, None for nobody."""
    kept = request.cookies.get(_cookie(), "")
    try:
        of_site, login, until = _serializer().loads(kept)
    except (BadSignature, ValueError, TypeError):
        return None
    if of_site != site() or until <= instance().now().timestamp():
        return None
    found = accounts.by_login(connection, site(), login)
    return found if found is not None and found.active else None


def admit(response: Response, account: Account) -> None:
    """Let the browser that gets this response be signed in as the account."""
    until = int((instance().now() + LASTS).timestamp())
    response.set_cookie(
        _cookie(),
        _serializer().dumps([account.site, account.login, until]),
        max_age=LASTS,
        path=_path(),
        secure=request.is_secure,
        httponly=True,
        samesite="Lax",
    )


def dismiss(response: Response) -> None:
    """Let the browser forget who it was signed in as."""
    response.delete_cookie(_cookie(), path=_path(), secure=request.is_secure, httponly=True, samesite="Lax")


def people_of(connection: Connection) -> list[Account]:
    """The people of the site who can sign in, by name."""
    table = accounts_table.c
    columns = [table[name] for name in Account.__slots__]
    query = select(*columns).where(table.site == site(), table.kind == "user", table.active.is_(True))
    rows = connection.execute(query.order_by(table.name, table.login_lower)).mappings()
    return [Account(**row) for row in rows]


def _cookie() -> str:
    return f"signed-in-{site()}"


def _path() -> str:
    return str(request.environ.get(ROOT, "")) or "/"


def _serializer() -> URLSafeSerializer:
    key = signing_key(instance().repositories.parent)
    return URLSafeSerializer(key, salt="signed in", signer_kwargs={"digest_method": hashlib.sha256})
