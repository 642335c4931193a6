"""Whose repositories there are: everybody's on the first page, one account's on its own."""

from __future__ import annotations

from flask import Blueprint, Response

from simulator.emulators.github.errors import NotFound
from simulator.emulators.github.pages.desk import read_as
from simulator.emulators.github.state.repositories import Repository, visible_to
from simulator.emulators.github.state.users import members_of
from simulator.emulators.kit import accounts
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.pages import show
from simulator.emulators.kit.pages_lists import SIZE, offset, sheet
from simulator.emulators.kit.web import site

blueprint = Blueprint("pages_owners", __name__)


@blueprint.get("/")
def everybody() -> Response:
    """The repositories that the reader may see. No counterpart in GitHub's documentation."""
    account = read_as()
    with instance().database.reading() as connection:
        return _listed(visible_to(connection, site(), account), None, [])


@blueprint.get("/<owner:login>")
def owner(login: str) -> Response:
    """https://docs.github.com/en/account-and-profile/setting-up-and-managing-your-github-profile"""
    account = read_as()
    with instance().database.reading() as connection:
        found = accounts.by_login(connection, site(), login)
        if found is None:
            raise NotFound
        return _listed(visible_to(connection, site(), account, owner=found), found, _members(connection, found))


def _listed(found: list[Repository], owner: Account | None, members: list[Account]) -> Response:
    shown = found[offset() : offset() + SIZE]
    return show("github/repositories.html", repositories=shown, owner=owner, members=members, sheet=sheet(len(found)))


def _members(connection: Connection, owner: Account) -> list[Account]:
    return members_of(connection, owner) if owner.kind == "organization" else []
