"""People: what they tell of themselves, and who there is."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, Response, request

from simulator.emulators.github.auth import account_of_caller, has_scope, signed_in
from simulator.emulators.github.errors import NotFound
from simulator.emulators.github.fields import Fields
from simulator.emulators.github.pagination import asked_page, cut, link_to, page_reply
from simulator.emulators.github.payloads.people import USER_FIELDS, email_entries, oneself, person
from simulator.emulators.github.payloads.users import simple_user
from simulator.emulators.github.state import users
from simulator.emulators.github.state.profiles import edit_profile, profile_of, repository_counts
from simulator.emulators.kit import accounts
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import json_body, reply, site

blueprint = Blueprint("users", __name__, url_prefix="/api/v3")

_LIMITS = {"bio": 160, "twitter_username": 15}
_LONGEST = 255
_HANDLE = re.compile(r"[A-Za-z0-9_]{1,15}")


@blueprint.get("/user")
def current_user() -> Response:
    """https://docs.github.com/en/rest/users/users#get-the-authenticated-user"""
    with instance().database.reading() as connection:
        account = signed_in(connection)
        return reply(_full(connection, account, account))


@blueprint.patch("/user")
def edit_current_user() -> Response:
    """https://docs.github.com/en/rest/users/users#update-the-authenticated-user"""
    fields = Fields(json_body(), "User")
    with instance().database.writing() as connection:
        account = signed_in(connection)
        changes = _changes(fields, account)
        name = fields.text("name", limit=_LONGEST)
        account = edit_profile(connection, account, changes, at=instance().now(), name=name)
        return reply(_full(connection, account, account))


@blueprint.get("/users")
def list_users() -> Response:
    """https://docs.github.com/en/rest/users/users#list-users"""
    page, urls = asked_page(), Urls.of_request()
    since = request.args.get("since", "")
    after = int(since) if since.isascii() and since.isdigit() and len(since) < 19 else 0
    with instance().database.reading() as connection:
        account_of_caller(connection)
        found = users.accounts_after(connection, site(), after, limit=page.size)
    links = [link_to("next", since=str(found[-1].id))] if len(found) == page.size else []
    links.append(f'<{urls.api("/users{?since}")}>; rel="first"')
    return reply([simple_user(account, urls) for account in found], headers={"Link": ", ".join(links)})


@blueprint.get("/users/<login>")
def get_user(login: str) -> Response:
    """https://docs.github.com/en/rest/users/users#get-a-user"""
    with instance().database.reading() as connection:
        caller = account_of_caller(connection)
        found = accounts.by_login(connection, site(), login)
        if found is None:
            raise NotFound
        return reply(_full(connection, found, caller))


@blueprint.get("/user/<int:account_id>")
def get_user_by_id(account_id: int) -> Response:
    """https://docs.github.com/en/rest/users/users#get-a-user-using-their-id"""
    with instance().database.reading() as connection:
        caller = account_of_caller(connection)
        found = accounts.by_id(connection, site(), account_id)
        if found is None:
            raise NotFound
        return reply(_full(connection, found, caller))


@blueprint.get("/user/emails")
def own_emails() -> Response:
    """https://docs.github.com/en/rest/users/emails#list-email-addresses-for-the-authenticated-user"""
    page = asked_page()
    with instance().database.reading() as connection:
        account = signed_in(connection)
        entries = email_entries(account, profile_of(connection, account))
    return page_reply(cut(entries, page), page=page, total=len(entries))


def _full(connection: Connection, account: Account, caller: Account | None) -> dict[str, Any]:
    reads = caller if has_scope(connection, "repo") else None
    render = oneself if caller == account and has_scope(connection, "read:user") else person
    return render(
        account, profile_of(connection, account), repository_counts(connection, account, reads), Urls.of_request()
    )


def _changes(fields: Fields, account: Account) -> dict[str, Any]:
    given = [name for name in USER_FIELDS if name in fields]
    changes: dict[str, Any] = {
        name: fields.flag(name) if name == "hireable" else fields.text(name, limit=_LIMITS.get(name, _LONGEST))
        for name in given
    }
    handle = changes.get("twitter_username")
    if handle and not _HANDLE.fullmatch(handle):
        raise fields.failed("twitter_username", "invalid")
    if "email" in fields:
        changes["email"] = _public_email(fields, account)
    return changes


def _public_email(fields: Fields, account: Account) -> str:
    wanted = (fields.text("email", limit=_LONGEST) or "").lower()
    if wanted not in ("", account.email):  # only a verified address can be shown
        raise fields.failed("email", "custom", "email is not a verified email address of yours")
    return wanted
