"""Who is calling, and what they may do.

As on GitHub, a repository that the caller may not see does not exist (404); one that may be seen but not changed is 403.
Source: https://docs.github.com/en/rest/authentication/authenticating-to-the-rest-api
"""

from __future__ import annotations

from flask import g, request

from simulator.emulators.github.errors import BadCredentials, Forbidden, NotFound, RequiresAuthentication
from simulator.emulators.github.redirects import send_on
from simulator.emulators.github.scopes import Need, need_of
from simulator.emulators.github.state import repositories
from simulator.emulators.github.state.permissions import allows, permission_of
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.kit import accounts
from simulator.emulators.kit.accounts import Account, Caller
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.scopes import with_included
from simulator.emulators.kit.web import caller_token, is_unreadable, site

_REFUSALS = {
    "triage": "Must have triage access to Repository.",
    "push": "Must have push access to Repository.",
    "maintain": "Must have maintain access to Repository.",
    "admin": "Must have admin rights to Repository.",
}


def caller(connection: Connection) -> Caller | None:
    """Who sent the request, None for nobody in particular. Raises BadCredentials for a token that the site does not know."""
    try:
        found: Caller | None = g.caller
    except AttributeError:
        found = g.caller = _recognised(connection)
        if found is not None:
            accepted().check(found.scopes)
    return found


def _recognised(connection: Connection) -> Caller | None:
    if is_unreadable():
        raise BadCredentials
    token = caller_token()
    if token is None:
        return None
    found = accounts.by_token(connection, site(), token, now=instance().now())
    if found is None:
        raise BadCredentials
    return found


def accepted() -> Need:
    """What the present operation asks of tokens."""
    rule = request.url_rule
    return need_of(request.method, rule.rule) if rule else need_of("GET", "")


def has_scope(connection: Connection, scope: str) -> bool:
    """Whether the caller's token has a scope, by itself or included in another; nobody in particular has none."""
    return scope in (token_scopes(connection) or ())


def token_scopes(connection: Connection) -> frozenset[str] | None:
    """The scopes that the caller's token has, with those included in others; None for nobody in particular."""
    found = caller(connection)
    return with_included(found.scopes) if found else None


def reads_as(connection: Connection) -> Account | None:
    """For lists over several repositories: the account whose private ones count, None when the token may not see those."""
    return account_of_caller(connection) if has_scope(connection, "repo") else None


def signed_in(connection: Connection) -> Account:
    """The account that sent the request. Raises RequiresAuthentication when there was no token."""
    found = caller(connection)
    if found is None:
        raise RequiresAuthentication
    return found.account


def account_of_caller(connection: Connection) -> Account | None:
    """The account that sent the request, None for nobody in particular."""
    found = caller(connection)
    return found.account if found else None


def repository_for(connection: Connection, owner: str, name: str, *, need: str = "pull") -> Repository:
    """A repository in which the caller has at least the permission `need` (pull, triage, push, maintain, admin).

    One that is to be changed (any need but pull) is locked until the transaction ends.

    Raises NotFound when there is none or the caller may not see it, Moved when the address calls it by a former name,
    RequiresAuthentication for changes by nobody in particular, Forbidden when the permission is too little or the repository
    is archived.
    """
    account = account_of_caller(connection)
    found = repositories.called(connection, site(), owner, name.removesuffix(".git"))
    if found is None:
        raise NotFound
    sender = caller(connection)
    if sender is not None:
        accepted().check_in(sender.scopes, private=found.private)
    permission = permission_of(connection, found, account)
    if permission == "none":
        raise NotFound
    if found.full_name.lower() != f"{owner}/{name.removesuffix('.git')}".lower():
        send_on(found, owner, name)
    if need != "pull":
        _check(found, permission, need, account)
        repositories.lock(connection, found)
    return found


def _check(repository: Repository, permission: str, need: str, account: Account | None) -> None:
    if account is None:
        raise RequiresAuthentication
    if not allows(permission, need):
        raise Forbidden(_REFUSALS[need])
    if repository.archived and need != "admin":
        raise Forbidden("Repository was archived so is read-only.")
