"""Repositories made from a template."""

from __future__ import annotations

from flask import Blueprint, Response

from simulator.emulators.github.announce import announce_now
from simulator.emulators.github.auth import repository_for, signed_in
from simulator.emulators.github.errors import Forbidden, NotFound
from simulator.emulators.github.fields import Fields
from simulator.emulators.github.repository_bodies import repository_body
from simulator.emulators.github.repository_request import LONGEST_DESCRIPTION, free_name, name_taken
from simulator.emulators.github.state.repositories import NameTaken
from simulator.emulators.github.state.templates import CopyWish, make_from_template
from simulator.emulators.github.state.users import role_in
from simulator.emulators.kit import accounts
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import json_body, reply, site

blueprint = Blueprint("templates", __name__, url_prefix="/api/v3/repos/<owner>/<name>")


@blueprint.post("/generate")
def generate(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/repos/repos#create-a-repository-using-a-template"""
    fields = Fields(json_body(), "Repository")
    with instance().database.writing() as connection:
        actor = signed_in(connection)
        template = repository_for(connection, owner, name)
        if not template.settings.get("is_template"):
            raise NotFound
        wish = _wish(connection, fields, actor)
        try:
            made = make_from_template(connection, instance(), template, wish, actor)
        except NameTaken as exc:  # by somebody else, just now
            raise name_taken() from exc
        announce_now(connection, instance(), made, actor, "repository", "created")
        body = repository_body(connection, instance(), made, actor, Urls.of_request())
    return reply(body, 201)


def _wish(connection: Connection, fields: Fields, actor: Account) -> CopyWish:
    owner = _owner(connection, fields.text("owner", limit=100), actor)
    return CopyWish(
        owner=owner,
        name=free_name(connection, owner, fields.required("name")),
        description=fields.text("description", limit=LONGEST_DESCRIPTION),
        private=fields.flag("private"),
        all_branches=fields.flag("include_all_branches"),
    )


def _owner(connection: Connection, login: str | None, actor: Account) -> Account:
    if login is None or login.lower() == actor.login.lower():
        return actor
    found = accounts.by_login(connection, site(), login)
    if found is None or found.kind != "organization":
        raise NotFound
    if role_in(connection, found, actor) is None:
        raise Forbidden("You need admin access to the organization before adding a repository to it.")
    return found
