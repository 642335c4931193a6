"""Repositories that change hands. In force at once: nobody is asked to accept."""

from __future__ import annotations

from flask import Blueprint, Response

from simulator.emulators.github.auth import repository_for, signed_in
from simulator.emulators.github.errors import FieldError, Forbidden, ValidationFailed
from simulator.emulators.github.fields import Fields
from simulator.emulators.github.repository_bodies import repository_body
from simulator.emulators.github.repository_request import free_name, name_taken
from simulator.emulators.github.state import transfers
from simulator.emulators.github.state.repositories import NameTaken
from simulator.emulators.github.state.users import role_in
from simulator.emulators.kit import accounts
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import json_body, reply, site

blueprint = Blueprint("transfers", __name__, url_prefix="/api/v3/repos/<owner>/<name>")


@blueprint.post("/transfer")
def transfer(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/repos/repos#transfer-a-repository"""
    fields = Fields(json_body(), "Repository")
    wanted, new_name = fields.required("new_owner", limit=100), fields.text("new_name")
    with instance().database.writing() as connection:
        repository = repository_for(connection, owner, name, need="admin")
        actor = signed_in(connection)
        receiver = _receiver(connection, wanted, actor)
        title = free_name(connection, receiver, new_name or repository.name)
        try:
            moved = transfers.hand_over(connection, instance(), repository, receiver, title, actor)
        except NameTaken as exc:  # by somebody else, just now
            raise name_taken() from exc
        body = repository_body(connection, instance(), moved, actor, Urls.of_request())
    return reply(body, 202)


def _receiver(connection: Connection, login: str, actor: Account) -> Account:
    found = accounts.by_login(connection, site(), login)
    if found is None or not found.active:
        error = FieldError(resource="Repository", field="new_owner", code="invalid", message="new_owner is unknown")
        raise ValidationFailed([error])
    if found.kind == "organization" and role_in(connection, found, actor) is None:
        raise Forbidden("You do not have permission to create repositories in this organization.")
    return found
