"""Teams of an organization, for those who may know of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Blueprint, Response

from simulator.emulators.github.errors import NotFound
from simulator.emulators.github.organization_desk import OrganizationPlace, organization_place
from simulator.emulators.github.pages.avatars import picture_of
from simulator.emulators.github.pages.desk import read_as
from simulator.emulators.github.state.team_members import members_of_team
from simulator.emulators.github.state.team_repositories import repositories_of_team
from simulator.emulators.github.state.teams import find_team, sees, team_by_id, teams_of_organization
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.pages import SignInWanted, show, wants_page
from simulator.emulators.kit.pages_lists import SIZE, offset, sheet
from simulator.emulators.kit.web import site

blueprint = Blueprint("pages_teams", __name__)


@blueprint.get("/orgs/<login>/teams")
def list_(login: str) -> Response:
    """https://docs.github.com/en/organizations/organizing-members-into-teams/about-teams"""
    with _place_of(login) as (place, viewer):
        found, total = teams_of_organization(place.connection, place.organization, viewer, offset=offset(), limit=SIZE)
        return show("github/teams.html", organization=place.organization, teams=found, sheet=sheet(total))


@blueprint.get("/orgs/<login>/teams/<slug>")
def team(login: str, slug: str) -> Response:
    """https://docs.github.com/en/organizations/organizing-members-into-teams/about-teams"""
    with _place_of(login) as (place, viewer):
        found = find_team(place.connection, place.organization, slug)
        if found is None or not sees(place.connection, found, viewer):
            raise NotFound
        members, total = members_of_team(place.connection, found, offset=offset(), limit=SIZE)
        repositories, _ = repositories_of_team(place.connection, found, seen_by=viewer, limit=SIZE)
        return show(
            "github/team.html",
            organization=place.organization,
            team=found,
            members=members,
            repositories=repositories,
            sheet=sheet(total),
        )


@blueprint.get("/avatars/t/<int:team_id>")
def avatar(team_id: int) -> Response:
    """https://docs.github.com/en/graphql/reference/objects#team (`avatarUrl`)"""
    with instance().database.reading() as connection:
        found = team_by_id(connection, site(), team_id)
    if found is None:
        raise NotFound
    return picture_of(found.id, "")  # without a letter of its name: whoever asks may not know of it


@contextmanager
def _place_of(login: str) -> Iterator[tuple[OrganizationPlace, Account]]:
    viewer = read_as()
    if viewer is None and wants_page():
        raise SignInWanted
    with organization_place(login) as place:
        if viewer is None:
            raise NotFound
        yield place, viewer
