"""Making, editing and deleting teams."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from simulator.emulators.github.state.team_members import tree_of
from simulator.emulators.github.state.teams import Team
from simulator.emulators.github.tables import team_members, team_repositories, team_review_requests, teams
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.database import next_value

_BETWEEN_WORDS = re.compile(r"[^a-z0-9_]+")


class TeamNameTaken(Exception):
    """Another team of the organization has the name already."""


def create_team(connection: Connection, organization: Account, *, at: datetime, name: str, **columns: Any) -> Team:
    """A new team. `columns` are parent_id, description, privacy, permission, notifications. Raises TeamNameTaken."""
    team = Team(
        site=organization.site,
        id=next_value(connection, organization.site, "gh_teams"),
        organization_id=organization.id,
        name=name,
        slug=_free_slug(connection, organization, name, own_id=0),
        created_at=at,
        updated_at=at,
        **columns,
    )
    connection.execute(insert(teams), {column: getattr(team, column) for column in Team.__slots__})
    return team


def edit_team(
    connection: Connection, organization: Account, team: Team, changes: Mapping[str, Any], *, at: datetime
) -> Team:
    """Keep changes of a team's columns; a new name brings a new slug. Raises TeamNameTaken."""
    values = {**changes, "updated_at": at}
    if changes.get("name", team.name) != team.name:
        values["slug"] = _free_slug(connection, organization, changes["name"], own_id=team.id)
    connection.execute(update(teams).where(teams.c.site == team.site, teams.c.id == team.id).values(**values))
    return replace(team, **values)


def delete_team(connection: Connection, team: Team) -> None:
    """Delete a team and all teams nested in it, with their memberships and what they may do."""
    ids = list(connection.execute(select(tree_of(team).c.team_id)).scalars())
    for table in (team_members, team_repositories, team_review_requests):
        connection.execute(delete(table).where(table.c.site == team.site, table.c.team_id.in_(ids)))
    connection.execute(delete(teams).where(teams.c.site == team.site, teams.c.id.in_(ids)))


def has_children(connection: Connection, team: Team) -> bool:
    """Whether other teams are nested in it."""
    query = select(teams.c.id).where(teams.c.site == team.site, teams.c.parent_id == team.id)
    return connection.execute(query.limit(1)).first() is not None


def is_below(connection: Connection, candidate: Team, team: Team) -> bool:
    """Whether a team is the other one or nested in it, however deep: it cannot be its parent then."""
    query = select(tree_of(team).c.team_id)
    return candidate.id in set(connection.execute(query).scalars())


def slug_of(name: str) -> str:
    """The slug that GitHub makes of a name: `My TEam Näme` becomes `my-team-name`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return _BETWEEN_WORDS.sub("-", plain).strip("-")


def _free_slug(connection: Connection, organization: Account, name: str, *, own_id: int) -> str:
    of_others = select(teams.c.name, teams.c.slug).where(
        teams.c.site == organization.site, teams.c.organization_id == organization.id, teams.c.id != own_id
    )
    same_name = of_others.where(func.lower(teams.c.name) == name.lower())
    if connection.execute(same_name).first() is not None:
        raise TeamNameTaken(name)
    slug = slug_of(name) or "team"
    similar = of_others.where((teams.c.slug == slug) | teams.c.slug.like(f"{slug}-%"))
    taken = {row.slug for row in connection.execute(similar)}
    candidates = (f"{slug}-{number}" if number else slug for number in range(len(taken) + 1))
    return next(candidate for candidate in candidates if candidate not in taken)
