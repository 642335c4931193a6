"""Who works in a repository. Members of the organization get access at once, others are invited."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request

from simulator.emulators.github.auth import repository_for, signed_in
from simulator.emulators.github.errors import NotFound, ValidationFailed
from simulator.emulators.github.fields import Fields
from simulator.emulators.github.pagination import asked_page, cut, page_reply
from simulator.emulators.github.payloads.invitations import invitation_payload
from simulator.emulators.github.payloads.repositories import permissions
from simulator.emulators.github.payloads.users import simple_user
from simulator.emulators.github.state import collaborators, invitations
from simulator.emulators.github.state.permissions import canonical, legacy, permission_of, role_name
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
    with instance().database.reading() as connection:
        repository = repository_for(connection, owner, name, need="push")
        only_outside = request.args.get("affiliation") == "outside"
        list_of = collaborators.outside if only_outside else collaborators.everybody
        found = list_of(connection, repository)
        bodies = [_body(connection, repository, account) for account in cut(found, page)]
    return page_reply(bodies, page=page, total=len(found))


@blueprint.get("/<login>")
def is_collaborator(owner: str, name: str, login: str) -> Response:
    """https://docs.github.com/en/rest/collaborators/collaborators#check-if-a-user-is-a-repository-collaborator"""
    with instance().database.reading() as connection:
        repository = repository_for(connection, owner, name, need="push")
        known = {account.login.lower() for account in collaborators.everybody(connection, repository)}
    if login.lower() not in known:
        raise NotFound
    return reply(None, 204)


@blueprint.put("/<login>")
def add_collaborator(owner: str, name: str, login: str) -> Response:
    """https://docs.github.com/en/rest/collaborators/collaborators#add-a-repository-collaborator"""
    wanted = Fields(json_body(), "Collaborator").text("permission") or "push"
    permission = canonical(wanted)
    if permission is None:
        raise ValidationFailed([f"{wanted[:40]} is not a permission"])
    with instance().database.writing() as connection:
        repository = repository_for(connection, owner, name, need="admin")
        account = _person(connection, repository, login)
        if account.id == repository.owner_id:
            raise ValidationFailed(["Repository owner cannot be a collaborator"])
        if collaborators.is_inside(connection, repository, account):
            collaborators.grant(connection, repository, account, permission)
            return reply(None, 204)
        invitation = invitations.invite(
            connection, repository, account, permission, inviter=signed_in(connection), at=instance().now()
        )
        return reply(invitation_payload(connection, invitation, Urls.of_request()), 201)


@blueprint.delete("/<login>")
def remove_collaborator(owner: str, name: str, login: str) -> Response:
    """https://docs.github.com/en/rest/collaborators/collaborators#remove-a-repository-collaborator"""
    with instance().database.writing() as connection:
        repository = repository_for(connection, owner, name, need="admin")
        account = _person(connection, repository, login)
        collaborators.revoke(connection, repository, account)
        invitations.withdraw(connection, repository, account)
    return reply(None, 204)


@blueprint.get("/<login>/permission")
def get_permission(owner: str, name: str, login: str) -> Response:
    """https://docs.github.com/en/rest/collaborators/collaborators#get-repository-permissions-for-a-user"""
    with instance().database.reading() as connection:
        repository = repository_for(connection, owner, name, need="push")
        account = _person(connection, repository, login)
        body = _body(connection, repository, account)
        permission = permission_of(connection, repository, account)
    return reply({"permission": legacy(permission), "role_name": body["role_name"], "user": body})


def _person(connection: Connection, repository: Repository, login: str) -> Account:
    account = accounts.by_login(connection, repository.site, login)
    if account is None or account.kind == "organization":
        raise NotFound
    return account


def _body(connection: Connection, repository: Repository, account: Account) -> dict[str, Any]:
    permission = permission_of(connection, repository, account)
    return {
        **simple_user(account, Urls.of_request()),
        "permissions": permissions(permission),
        "role_name": role_name(permission),
    }
