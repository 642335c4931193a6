"""Invitations as GitHub writes them."""

from __future__ import annotations

from typing import Any

from simulator.emulators.github.payloads.repositories import short_repository
from simulator.emulators.github.payloads.users import maybe_user, node_id
from simulator.emulators.github.state import repositories
from simulator.emulators.github.state.invitations import Invitation
from simulator.emulators.github.state.permissions import role_name
from simulator.emulators.github.state.users import by_ids
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import stamp_seconds


def invitation_payload(connection: Connection, invitation: Invitation, urls: Urls) -> dict[str, Any]:
    """An invitation with its repository and its two people."""
    people = by_ids(connection, invitation.site, {invitation.invitee_id, invitation.inviter_id})
    repository = repositories.by_id(connection, invitation.site, invitation.repository_id)
    assert repository is not None
    return {
        "id": invitation.id,
        "node_id": node_id("RepositoryInvitation", invitation.id),
        "repository": short_repository(repository, urls),
        "invitee": maybe_user(people.get(invitation.invitee_id), urls),
        "inviter": maybe_user(people.get(invitation.inviter_id), urls),
        "permissions": role_name(invitation.permission),
        "created_at": stamp_seconds(invitation.created_at),
        "expired": False,
        "url": urls.api(f"/user/repository_invitations/{invitation.id}"),
        "html_url": urls.html(f"/{repository.full_name}/invitations"),
    }
