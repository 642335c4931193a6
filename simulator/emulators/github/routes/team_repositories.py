"""The repositories of a team and what it may do there."""

from __future__ import annotations

from flask import Response, request

from simulator.emulators.github.announce import announce_now
from simulator.emulators.github.auth import reads_as, repository_for
from simulator.emulators.github.errors import Forbidden, NotFound, ValidationFailed, custom
from simulator.emulators.github.fields import Fields
from simulator.emulators.github.organization_desk import OrganizationChange, OrganizationPlace
from simulator.emulators.github.pagination import asked_page, page_reply
from simulator.emulators.github.payloads.teams import team_repository_payloads
from simulator.emulators.github.state.permissions import canonical
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.state.team_members import role_in_team
from simulator.emulators.github.state.team_repositories import (
    grant_to_team,
    permissions_of_team,
    repositories_of_team,
    take_from_team,
    team_permission,
)
from simulator.emulators.github.state.teams import Team
from simulator.emulators.github.team_desk import at_team, team_blueprint, team_change, team_place
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import json_body, reply

blueprint = team_blueprint("team_repositories", __name__)

_NOT_ADMIN = "You must have administrative rights on this repository to do this."
_AS_REPOSITORY = "application/vnd.github.v3.repository+json"
_HERE = "/repos/<owner>/<name>"


@at_team(blueprint, "/repos", "GET")
def list_repositories() -> Response:
    """https://docs.github.com/en/rest/teams/teams#list-team-repositories"""
    page, urls = asked_page(), Urls.of_request()
    with team_place() as (place, team):
        found, total = repositories_of_team(
            place.connection, team, seen_by=reads_as(place.connection), offset=page.offset, limit=page.size
        )
        allowed = permissions_of_team(place.connection, team, found)
        shown = [(each, allowed[each.id]) for each in found]
        bodies = team_repository_payloads(place.connection, instance(), shown, urls)
    return page_reply(bodies, page=page, total=total)


@at_team(blueprint, _HERE, "GET")
def check_repository(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/teams/teams#check-team-permissions-for-a-repository"""
    with team_place() as (place, team):
        repository = _of_organization(place, owner, name)
        permission = team_permission(place.connection, team, repository)
        if permission is None:
            raise NotFound
        if _AS_REPOSITORY not in request.headers.get("Accept", ""):
            return reply(None, 204)
        shown = [(repository, permission)]
        return reply(team_repository_payloads(place.connection, instance(), shown, Urls.of_request())[0])


@at_team(blueprint, _HERE, "PUT")
def add_repository(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/teams/teams#add-or-update-team-repository-permissions"""
    wanted = Fields(json_body(), "TeamRepository").text("permission", limit=255)
    with team_change() as (change, team):
        repository = repository_for(change.connection, owner, name)
        if repository.owner_id != change.organization.id:
            raise ValidationFailed(message="Validation Failed: the repository is not owned by the organization")
        repository = _administered(change, owner, name)
        permission = canonical(wanted or team.permission)
        if permission is None:
            raise custom("Team", f"{(wanted or '')[:40]} is not a permission", field="permission")
        before = grant_to_team(change.connection, team, repository, permission)
        _tell_added(change, team, repository, before)
    return reply(None, 204)


@at_team(blueprint, _HERE, "DELETE")
def remove_repository(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/teams/teams#remove-a-repository-from-a-team"""
    with team_change() as (change, team):
        repository = _of_organization(change, owner, name)
        if not change.is_owner and role_in_team(change.connection, team, change.actor) != "maintainer":
            _administered(change, owner, name)
        if not take_from_team(change.connection, team, repository):
            raise NotFound
        change.tell("team", "removed_from_repository", team=team, repository=repository)
    return reply(None, 204)


def _of_organization(place: OrganizationPlace, owner: str, name: str) -> Repository:
    repository = repository_for(place.connection, owner, name)
    if repository.owner_id != place.organization.id:
        raise NotFound
    return repository


def _administered(change: OrganizationChange, owner: str, name: str) -> Repository:
    try:
        return repository_for(change.connection, owner, name, need="admin")
    except Forbidden as exc:
        raise Forbidden(_NOT_ADMIN) from exc


def _tell_added(change: OrganizationChange, team: Team, repository: Repository, before: str | None) -> None:
    if before is not None:
        change.tell("team", "edited", team=team, before=team, repository=repository, permission_before=before)
        return
    change.tell("team", "added_to_repository", team=team, repository=repository)
    announce_now(change.connection, instance(), repository, change.actor, "team_add", None, team=team)
