"""What routes of teams begin with: the team that an address names, and what the caller may do about it.

Teams have three addresses: by organization and slug, by two numbers (`/organizations/1/team/2`, which is what bodies hold) and by
one (`/teams/2`, deprecated).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Blueprint, g

from simulator.emulators.github.errors import Forbidden, NotFound
from simulator.emulators.github.organization_desk import (
    OrganizationChange,
    OrganizationPlace,
    organization_change,
    organization_place,
)
from simulator.emulators.github.state.team_members import role_in_team
from simulator.emulators.github.state.teams import Team, find_team, sees, team_by_id
from simulator.emulators.kit import accounts
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.web import site

Route = TypeVar("Route", bound=Callable[..., Any])

_ADDRESSES = (
    "/api/v3/orgs/<organization>/teams/<team_slug>",
    "/api/v3/organizations/<int:organization_id>/team/<int:team_id>",
    "/api/v3/teams/<int:team_id>",
)
_PARTS = ("organization", "team_slug", "organization_id", "team_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Address:
    login: str
    slug: str


def team_blueprint(name: str, import_name: str) -> Blueprint:
    """A blueprint whose views do not get the parts of the address that name the team; ask `team_place` or `team_change`."""
    made = Blueprint(name, import_name)
    made.url_value_preprocessor(_keep_address)
    return made


def at_team(blueprint: Blueprint, below: str, method: str) -> Callable[[Route], Route]:
    """Register a view at a path below each of the addresses of a team."""

    def register(view: Route) -> Route:
        for address in _ADDRESSES:
            blueprint.add_url_rule(address + below, view_func=view, methods=[method])
        return view

    return register


@contextmanager
def team_place() -> Iterator[tuple[OrganizationPlace, Team]]:
    """The team that the request names, to read. Raises NotFound for those who may not know of it."""
    with organization_place(_address().login) as place:
        yield place, _named(place)


@contextmanager
def team_change() -> Iterator[tuple[OrganizationChange, Team]]:
    """The team that the request names, to change. Raises RequiresAuthentication and NotFound."""
    with organization_change(_address().login) as change:
        yield change, _named(change)


def need_maintainer(change: OrganizationChange, team: Team, refusal: str) -> None:
    """Raise Forbidden unless the actor owns the organization or maintains the team."""
    if not change.is_owner and role_in_team(change.connection, team, change.actor) != "maintainer":
        raise Forbidden(refusal)


def _named(place: OrganizationPlace) -> Team:
    team = find_team(place.connection, place.organization, _address().slug)
    if team is None or place.viewer is None or not sees(place.connection, team, place.viewer):
        raise NotFound
    return team


def _keep_address(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    if values is not None:
        g.team_address = {name: values.pop(name) for name in _PARTS if name in values}


def _address() -> _Address:
    parts: dict[str, Any] = g.team_address
    if "team_slug" in parts:
        return _Address(login=parts["organization"], slug=parts["team_slug"])
    with instance().database.reading() as connection:
        return _by_number(connection, parts["team_id"], parts.get("organization_id"))


def _by_number(connection: Connection, team_id: int, organization_id: int | None) -> _Address:
    team = team_by_id(connection, site(), team_id)
    if team is None or organization_id not in (None, team.organization_id):
        raise NotFound
    organization = accounts.by_id(connection, site(), team.organization_id)
    if organization is None:
        raise NotFound
    return _Address(login=organization.login, slug=team.slug)
