"""Whose repositories there are: everybody's on the first page, one account's on its own."""

from __future__ import annotations

from flask import Blueprint, Response

from simulator.emulators.github.errors import NotFound
from simulator.emulators.github.pages.desk import read_as
from simulator.emulators.github.state.memberships import members_page
from simulator.emulators.github.state.repository_lists import Wanted, page_of
from simulator.emulators.github.state.users import role_in
from simulator.emulators.kit import accounts
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.pages import show
from simulator.emulators.kit.pages_lists import SIZE, offset, sheet
from simulator.emulators.kit.web import site

blueprint = Blueprint("pages_owners", __name__)

_MOST_MEMBERS = 500


@blueprint.get("/")
def everybody() -> Response:
    """The repositories that the reader may see. No counterpart in GitHub's documentation."""
    account = read_as()
    with instance().database.reading() as connection:
        return _listed(connection, Wanted(viewer=account), None, [])


@blueprint.get("/<owner:login>")
def owner(login: str) -> Response:
    """https://docs.github.com/en/account-and-profile/setting-up-and-managing-your-github-profile"""
    account = read_as()
    with instance().database.reading() as connection:
        found = accounts.by_login(connection, site(), login)
        if found is None:
            raise NotFound
        members = _members(connection, found, account) if found.kind == "organization" else []
        return _listed(connection, Wanted(viewer=account, owner=found), found, members)


def _listed(connection: Connection, wanted: Wanted, owner: Account | None, members: list[Account]) -> Response:
    shown, total = page_of(connection, site(), wanted, offset=offset(), limit=SIZE)
    return show("github/repositories.html", repositories=shown, owner=owner, members=members, sheet=sheet(total))


def _members(connection: Connection, organization: Account, reader: Account | None) -> list[Account]:
    """Those whom the reader may know of; strangers only those who let everybody know."""
    inside = reader is not None and role_in(connection, organization, reader) is not None
    found, _ = members_page(connection, organization, role=None, only_public=not inside, offset=0, limit=_MOST_MEMBERS)
    return found
