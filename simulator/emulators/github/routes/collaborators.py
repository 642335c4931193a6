"""Who works in a repository. They get access at once; a site may be set to invite whom the organization does not know."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response

from simulator.emulators.github.auth import repository_for, signed_in
from simulator.emulators.github.desk import work_for
from simulator.emulators.github.errors import NotFound, custom
from simulator.emulators.github.fields import Fields, word_argument
from simulator.emulators.github.pagination import asked_page, page_reply
from simulator.emulators.github.payloads.invitations import invitation_payload
from simulator.emulators.github.payloads.repositories import permissions
from simulator.emulators.github.payloads.users import simple_user
from simulator.emulators.github.state import collaborators, grants, invitations
from simulator.emulators.github.state.permissions import (
    PERMISSIONS,
    canonical,
    legacy,
    permission_of,
    permissions_of,
    role_name,
)
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.kit import accounts
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import json_body, reply

blueprint = Blueprint("collaborators", __name__, url_prefix="/api/v3/repos/<owner>/<name>/collaborators")


@blueprint.get("")
def list_collaborators(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/collaborators/collaborators#list-repository-collaborators"""
    page = asked_page()
    affiliation = word_argument("affiliation", ("outside", "direct", "all"), "all")
    permission = word_argument("permission", PERMISSIONS[1:], "pull")
    with instance().database.reading() as connection:
        repository = repository_for(connection, owner, name, need="push")
        found, total = collaborators.page_of(
            connection, repository, affiliation=affiliation, permission=permission, offset=page.offset, limit=page.size
        )
        allowed = permissions_of(connection, repository, found)
    return page_reply([_body(account, allowed[account.id]) for account in found], page=page, total=total)


@blueprint.get("/<login>")
def is_collaborator(owner: str, name: str, login: str) -> Response:
    """https://docs.github.com/en/rest/collaborators/collaborators#check-if-a-user-is-a-repository-collaborator"""
    with instance().database.reading() as connection:
        repository = repository_for(connection, owner, name, need="push")
        if not collaborators.has_access(connection, repository, _person(connection, repository, login)):
            raise NotFound
    return reply(None, 204)


@blueprint.put("/<login>")
def add_collaborator(owner: str, name: str, login: str) -> Response:
    """https://docs.github.com/en/rest/collaborators/collaborators#add-a-repository-collaborator"""
    permission = _permission(Fields(json_body(), "Collaborator"))
    with instance().database.writing() as connection:
        repository = repository_for(connection, owner, name, need="admin")
        account, actor = _person(connection, repository, login), signed_in(connection)
        if account.id == repository.owner_id:
            raise custom("Repository", "Repository owner cannot be a collaborator")
        if collaborators.is_inside(connection, repository, account) or not invitations.are_sent(
            connection, account.site
        ):
            grants.give(connection, instance(), repository, account, permission, actor=actor)
            return reply(None, 204)
        invitation = invitations.invite(connection, repository, account, permission, inviter=actor, at=instance().now())
        return reply(invitation_payload(connection, invitation, Urls.of_request()), 201)


@blueprint.delete("/<login>")
def remove_collaborator(owner: str, name: str, login: str) -> Response:
    """https://docs.github.com/en/rest/collaborators/collaborators#remove-a-repository-collaborator"""
    with instance().database.reading() as connection:
        own = signed_in(connection).login.lower() == login.lower()  # everybody may leave
    with work_for(owner, name, need="pull" if own else "admin") as work:
        grants.take_away(work, _person(work.connection, work.repository, login))
    return reply(None, 204)


@blueprint.get("/<login>/permission")
def get_permission(owner: str, name: str, login: str) -> Response:
    """https://docs.github.com/en/rest/collaborators/collaborators#get-repository-permissions-for-a-user"""
    with instance().database.reading() as connection:
        repository = repository_for(connection, owner, name, need="push")
        account = _person(connection, repository, login)
        permission = permission_of(connection, repository, account)
    body = _body(account, permission)
    return reply({"permission": legacy(permission), "role_name": body["role_name"], "user": body})


def _permission(fields: Fields) -> str:
    wanted = fields.text("permission") or "push"
    permission = canonical(wanted)
    if permission is None:
        raise fields.failed("permission", "custom", f"{wanted[:40]} is not a permission")
    return permission


def _person(connection: Connection, repository: Repository, login: str) -> Account:
    account = accounts.by_login(connection, repository.site, login)
    if account is None or account.kind == "organization":
        raise NotFound
    return account


def _body(account: Account, permission: str) -> dict[str, Any]:
    return {
        **simple_user(account, Urls.of_request()),
        "permissions": permissions(permission),
        "role_name": role_name(permission),
    }
