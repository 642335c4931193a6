"""What somebody who was invited to a repository is shown: by whom, to do what."""

from __future__ import annotations

from flask import Blueprint, Response

from simulator.emulators.github.errors import NotFound
from simulator.emulators.github.pages.desk import read_as
from simulator.emulators.github.state import invitations, repositories
from simulator.emulators.github.state.permissions import role_name
from simulator.emulators.kit import accounts
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.pages import SignInWanted, show, wants_page
from simulator.emulators.kit.web import site

blueprint = Blueprint("pages_invitations", __name__)


@blueprint.get("/<owner:owner>/<name>/invitations")
def one(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/collaborators/invitations (`html_url`)"""
    account = read_as()
    if account is None:
        raise SignInWanted if wants_page() else NotFound
    with instance().database.reading() as connection:
        repository = repositories.called(connection, site(), owner, name)
        waiting = invitations.waiting_for(connection, account) if repository else []
        found = next((each for each in waiting if repository and each.repository_id == repository.id), None)
        if repository is None or found is None:
            raise NotFound
        inviter = accounts.by_id(connection, site(), found.inviter_id)
    role = role_name(found.permission)
    return show("github/invitation.html", repository=repository, invitation=found, inviter=inviter, role=role)
