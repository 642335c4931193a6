"""The pictures that bodies point at: an initial on a coloured square."""

from __future__ import annotations

from flask import Blueprint, Response
from markupsafe import Markup

from simulator.emulators.github.errors import NotFound
from simulator.emulators.kit import accounts
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.pages import secured
from simulator.emulators.kit.web import site

blueprint = Blueprint("pages_avatars", __name__)

_SVG = Markup(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" width="48" height="48">'
    '<rect width="48" height="48" fill="hsl({hue},38%,38%)"/>'
    '<text x="24" y="32" fill="#fff" font-family="sans-serif" font-size="22" text-anchor="middle">{initial}</text></svg>'
)


@blueprint.get("/avatars/u/<int:account_id>")
def avatar(account_id: int) -> Response:
    """https://docs.github.com/en/rest/users/users#get-a-user (`avatar_url`)"""
    with instance().database.reading() as connection:
        account = accounts.by_id(connection, site(), account_id)
    if account is None:
        raise NotFound
    return picture_of(account_id, (account.name or account.login)[:1].upper())


def picture_of(number: int, initial: str) -> Response:
    """A picture with at most one letter on it."""
    picture = _SVG.format(hue=number * 47 % 360, initial=initial)
    return secured(Response(str(picture), content_type="image/svg+xml"))
