"""Teams: listing, making, editing and deleting them."""

from __future__ import annotations

from flask import Response

from simulator.emulators.github.auth import repository_for, signed_in
from simulator.emulators.github.errors import FieldError, Forbidden, NotFound, ValidationFailed
from simulator.emulators.github.fields import Fields
from simulator.emulators.github.organization_desk import OrganizationChange, organization_change, organization_place
from simulator.emulators.github.pagination import asked_page, page_reply
from simulator.emulators.github.payloads.teams import full_teams, team_payloads, teams_of_repository_payload
from simulator.emulators.github.state import team_changes, teams
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.state.team_changes import TeamNameTaken
from simulator.emulators.github.state.team_members import add_member
from simulator.emulators.github.state.team_repositories import grant_to_team, teams_of_repository
from simulator.emulators.github.state.teams import Team
from simulator.emulators.github.team_desk import at_team, need_maintainer, team_blueprint, team_change, team_place
from simulator.emulators.github.team_request import (
    read_maintainers,
    read_new_team,
    read_repositories,
    read_team_changes,
)
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import json_body, reply

blueprint = team_blueprint("teams", __name__)

_NOT_MEMBER = "You must be a member of the organization to see or make its teams."
_NOT_MAINTAINER = "You must be an organization owner or team maintainer to do this."


@blueprint.get("/api/v3/orgs/<login>/teams")
def list_teams(login: str) -> Response:
    """https://docs.github.com/en/rest/teams/teams#list-teams"""
    page, urls = asked_page(), Urls.of_request()
    with organization_place(login) as place:
        if place.viewer is None or place.role is None:
            raise Forbidden(_NOT_MEMBER)
        found, total = teams.teams_of_organization(
            place.connection, place.organization, place.viewer, offset=page.offset, limit=page.size
        )
        return page_reply(team_payloads(place.connection, found, urls), page=page, total=total)


@blueprint.post("/api/v3/orgs/<login>/teams")
def create_team(login: str) -> Response:
    """https://docs.github.com/en/rest/teams/teams#create-a-team"""
    fields = Fields(json_body(), "Team")
    with organization_change(login) as change:
        if change.role is None:
            raise Forbidden(_NOT_MEMBER)
        team = _made(change, fields)
        change.tell("team", "created", team=team)
        [body] = full_teams(change.connection, [team], Urls.of_request())
    return reply(body, 201)


@at_team(blueprint, "", "GET")
def get_team() -> Response:
    """https://docs.github.com/en/rest/teams/teams#get-a-team-by-name"""
    with team_place() as (place, team):
        [body] = full_teams(place.connection, [team], Urls.of_request())
    return reply(body)


@at_team(blueprint, "", "PATCH")
def edit_team() -> Response:
    """https://docs.github.com/en/rest/teams/teams#update-a-team"""
    fields = Fields(json_body(), "Team")
    with team_change() as (change, team):
        need_maintainer(change, team, _NOT_MAINTAINER)
        changes = read_team_changes(change, team, fields)
        edited = _edited(change, team, changes) if changes else team
        if changes:
            change.tell("team", "edited", team=edited, before=team)
        [body] = full_teams(change.connection, [edited], Urls.of_request())
    return reply(body, 201 if changes else 200)  # 200 says that all was so already


@at_team(blueprint, "", "DELETE")
def delete_team() -> Response:
    """https://docs.github.com/en/rest/teams/teams#delete-a-team"""
    with team_change() as (change, team):
        need_maintainer(change, team, _NOT_MAINTAINER)
        if not change.is_owner and team_changes.has_children(change.connection, team):
            raise Forbidden("You must be an organization owner to delete a team that others are nested in.")
        change.tell("team", "deleted", team=team)
        team_changes.delete_team(change.connection, team)
    return reply(None, 204)


@at_team(blueprint, "/teams", "GET")
def list_children() -> Response:
    """https://docs.github.com/en/rest/teams/teams#list-child-teams"""
    page, urls = asked_page(), Urls.of_request()
    with team_place() as (place, team):
        if place.viewer is None:
            raise NotFound
        found, total = teams.child_teams(place.connection, team, place.viewer, offset=page.offset, limit=page.size)
        return page_reply(team_payloads(place.connection, found, urls), page=page, total=total)


@blueprint.get("/api/v3/user/teams")
def own_teams() -> Response:
    """https://docs.github.com/en/rest/teams/teams#list-teams-for-the-authenticated-user"""
    page, urls = asked_page(), Urls.of_request()
    with instance().database.reading() as connection:
        found, total = teams.teams_of_account(connection, signed_in(connection), offset=page.offset, limit=page.size)
        return page_reply(full_teams(connection, found, urls), page=page, total=total)


@blueprint.get("/api/v3/repos/<owner>/<name>/teams")
def list_of_repository(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/repos/repos#list-repository-teams"""
    page, urls = asked_page(), Urls.of_request()
    with instance().database.reading() as connection:
        repository = _pushable(connection, owner, name)
        found, total = teams_of_repository(
            connection, repository, signed_in(connection), offset=page.offset, limit=page.size
        )
        return page_reply(teams_of_repository_payload(connection, found, urls), page=page, total=total)


def _pushable(connection: Connection, owner: str, name: str) -> Repository:
    try:
        return repository_for(connection, owner, name, need="push")
    except Forbidden as exc:
        raise NotFound from exc


def _made(change: OrganizationChange, fields: Fields) -> Team:
    columns = read_new_team(change, fields)
    maintainers, repositories = read_maintainers(change, fields), read_repositories(change, fields)
    try:
        team = team_changes.create_team(change.connection, change.organization, at=change.at, **columns)
    except TeamNameTaken as exc:
        raise _name_taken() from exc
    for account in {each.id: each for each in (change.actor, *maintainers)}.values():
        add_member(change.connection, team, account, role="maintainer")
    for repository in repositories:
        grant_to_team(change.connection, team, repository, team.permission)
    return team


def _edited(change: OrganizationChange, team: Team, changes: dict[str, object]) -> Team:
    try:
        return team_changes.edit_team(change.connection, change.organization, team, changes, at=change.at)
    except TeamNameTaken as exc:
        raise _name_taken() from exc


def _name_taken() -> ValidationFailed:
    message = "Name must be unique for this org"
    return ValidationFailed([FieldError(resource="Team", field="name", code="already_exists", message=message)])
