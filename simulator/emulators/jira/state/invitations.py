"""People who come to the site and leave it. Whoever leaves stays in the history; the account can do nothing any longer."""

from __future__ import annotations

import re
from itertools import count

from sqlalchemy import update

from simulator.emulators.jira.errors import BadRequest
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.permissions import require_admin
from simulator.emulators.kit.accounts import Account, by_email, by_login, create_account
from simulator.emulators.kit.tables import accounts

_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+")
_LONGEST_EMAIL = 254
_LONGEST_LOGIN = 30  # leaves room for a number within GitHub's 39
_LONGEST_NAME = 255


def invite(context: Context, email: str, name: str) -> Account:
    """The person of an e-mail address, made when there is none. Raises BadRequest, Forbidden."""
    require_admin(context)
    if not _EMAIL.fullmatch(email) or len(email) > _LONGEST_EMAIL:
        raise BadRequest(errors={"emailAddress": "You must specify a valid email address."})
    if len(name) > _LONGEST_NAME:
        raise BadRequest(errors={"displayName": f"The name must not exceed {_LONGEST_NAME} characters."})
    present = by_email(context.connection, context.site, email)
    if present is not None and not present.active:
        raise BadRequest(errors={"emailAddress": "A user with that email address exists and has no access to Jira."})
    if present is not None:
        return present
    login = _free_login(context, email.partition("@")[0])
    return create_account(
        context.connection, context.site, login=login, email=email, now=context.now, name=name or login
    )


def dismiss(context: Context, person: Account) -> None:
    """Let a person do nothing any longer. Raises BadRequest for oneself, Forbidden."""
    require_admin(context)
    if person.id == context.account.id:
        raise BadRequest("You cannot delete yourself.")
    of = (accounts.c.site == context.site) & (accounts.c.id == person.id)
    context.connection.execute(update(accounts).where(of).values(active=False))


def _free_login(context: Context, wanted: str) -> str:
    """A login that nobody has: logins are those of the emulated GitHub too."""
    base = re.sub(r"[^A-Za-z0-9]+", "-", wanted)[:_LONGEST_LOGIN].strip("-") or "user"
    names = (base if number == 1 else f"{base}-{number}" for number in count(1))
    return next(login for login in names if by_login(context.connection, context.site, login) is None)
