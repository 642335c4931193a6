"""Invitations to a repository: listing, accepting and declining them."""

from __future__ import annotations

from flask import Blueprint, Response

from simulator.emulators.github.auth import repository_for, signed_in
from simulator.emulators.github.errors import NotFound
from simulator.emulators.github.pagination import asked_page, cut, page_reply
from simulator.emulators.github.payloads.invitations import invitation_payload
from simulator.emulators.github.state import grants, invitations, repositories
from simulator.emulators.github.state.invitations import Invitation
from simulator.emulators.kit import accounts
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import reply

blueprint = Blueprint("invitations", __name__, url_prefix="/api/v3")


@blueprint.get("/repos/<owner>/<name>/invitations")
def list_of_repository(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/collaborators/invitations#list-repository-invitations"""
    with instance().database.reading() as connection:
        repository = repository_for(connection, owner, name, need="admin")
        return _list(connection, invitations.waiting_in(connection, repository))


@blueprint.get("/user/repository_invitations")
def list_of_caller() -> Response:
    """https://docs.github.com/en/rest/collaborators/invitations#list-repository-invitations-for-the-authenticated-user"""
    with instance().database.reading() as connection:
        return _list(connection, invitations.waiting_for(connection, signed_in(connection)))


@blueprint.patch("/user/repository_invitations/<int:invitation_id>")
def accept(invitation_id: int) -> Response:
    """https://docs.github.com/en/rest/collaborators/invitations#accept-a-repository-invitation"""
    with instance().database.writing() as connection:
        account = signed_in(connection)
        invitation = _own(connection, account, invitation_id)
        repository = repositories.by_id(connection, account.site, invitation.repository_id)
        if repository is None:
            raise NotFound
        repositories.lock(connection, repository)
        inviter = accounts.by_id(connection, account.site, invitation.inviter_id) or repository.owner
        grants.give(connection, instance(), repository, account, invitation.permission, actor=inviter)
        invitations.forget(connection, invitation)
    return reply(None, 204)


@blueprint.delete("/user/repository_invitations/<int:invitation_id>")
def decline(invitation_id: int) -> Response:
    """https://docs.github.com/en/rest/collaborators/invitations#decline-a-repository-invitation"""
    with instance().database.writing() as connection:
        invitations.forget(connection, _own(connection, signed_in(connection), invitation_id))
    return reply(None, 204)


def _own(connection: Connection, account: Account, invitation_id: int) -> Invitation:
    waiting = invitations.waiting_for(connection, account)
    found = next((invitation for invitation in waiting if invitation.id == invitation_id), None)
    if found is None:
        raise NotFound
    return found


def _list(connection: Connection, found: list[Invitation]) -> Response:
    page, urls = asked_page(), Urls.of_request()
    bodies = [invitation_payload(connection, invitation, urls) for invitation in cut(found, page)]
    return page_reply(bodies, page=page, total=len(found))
