"""Teams of organizations: finding them, and which of them an account sees or belongs to.

Members of a team count as members of the teams it is nested in, and have what those may do in repositories.
Source: https://docs.github.com/en/organizations/organizing-members-into-teams/about-teams
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, func, or_, select

from simulator.emulators.github.tables import members, team_members, teams
from simulator.emulators.kit.accounts import Account


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """A team. `permission` (pull, push, admin) is what it gets in repositories unless told otherwise."""

    site: str
    id: int
    organization_id: int
    parent_id: int | None
    name: str
    slug: str
    description: str | None
    privacy: str
    permission: str
    notifications: str
    created_at: datetime
    updated_at: datetime


_COLUMNS = [teams.c[name] for name in Team.__slots__]
_BY_SLUG = select(*_COLUMNS).where(
    teams.c.site == bindparam("site"),
    teams.c.organization_id == bindparam("organization"),
    teams.c.slug == bindparam("slug"),
)
_BY_IDS = (
    select(*_COLUMNS)
    .where(teams.c.site == bindparam("site"), teams.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(teams.c.slug)
)


def find_team(connection: Connection, organization: Account, slug: str) -> Team | None:
    """A team of the organization by its slug, without regard to case."""
    keys = {"site": organization.site, "organization": organization.id, "slug": slug.lower()}
    row = connection.execute(_BY_SLUG, keys).mappings().first()
    return Team(**row) if row else None


def teams_by_ids(connection: Connection, site: str, ids: Iterable[int | None]) -> dict[int, Team]:
    """Teams by their numbers in the site, in order of their slugs; those that do not exist are left out."""
    wanted = {each for each in ids if each is not None}
    if not wanted:
        return {}
    rows = connection.execute(_BY_IDS, {"site": site, "ids": list(wanted)}).mappings()
    return {row["id"]: Team(**row) for row in rows}


def team_by_id(connection: Connection, site: str, team_id: int) -> Team | None:
    """A team by its number in the site."""
    return teams_by_ids(connection, site, [team_id]).get(team_id)


def teams_by_slugs(connection: Connection, organization: Account, slugs: Iterable[str]) -> dict[str, Team]:
    """Teams of an organization by their slugs, in lower case; those that do not exist are left out."""
    wanted = {slug.lower() for slug in slugs}
    if not wanted:
        return {}
    query = select(*_COLUMNS).where(_of(organization), teams.c.slug.in_(wanted)).order_by(teams.c.slug)
    return {row["slug"]: Team(**row) for row in connection.execute(query).mappings()}


def teams_of_organization(
    connection: Connection, organization: Account, viewer: Account, *, offset: int, limit: int
) -> tuple[list[Team], int]:
    """A page of the organization's teams that an account may see, by name, and how many they are."""
    return page_of_teams(connection, and_(_of(organization), seen_by(viewer)), offset=offset, limit=limit)


def child_teams(
    connection: Connection, team: Team, viewer: Account, *, offset: int, limit: int
) -> tuple[list[Team], int]:
    """A page of the teams directly below one, as far as an account may see them, and how many they are."""
    children = and_(teams.c.site == team.site, teams.c.parent_id == team.id)
    return page_of_teams(connection, and_(children, seen_by(viewer)), offset=offset, limit=limit)


def teams_of_account(
    connection: Connection, account: Account, *, offset: int = 0, limit: int = 1000
) -> tuple[list[Team], int]:
    """A page of the teams that an account is a direct member of, in any organization, and how many they are."""
    own = and_(teams.c.site == account.site, teams.c.id.in_(_direct_teams(account)))
    return page_of_teams(connection, own, offset=offset, limit=limit)


def team_ids_of_account(connection: Connection, account: Account) -> set[int]:
    """Ids of all teams that an account counts as a member of: its own and those that they are nested in."""
    own = (
        select(teams.c.id, teams.c.parent_id)
        .where(teams.c.site == account.site, teams.c.id.in_(_direct_teams(account)))
        .cte(recursive=True)
    )
    above = select(teams.c.id, teams.c.parent_id).where(teams.c.site == account.site, teams.c.id == own.c.parent_id)
    return set(connection.execute(select(own.union(above).c.id)).scalars())


def sees(connection: Connection, team: Team, viewer: Account) -> bool:
    """Whether an account knows of a team: members of the organization do, and of a secret one only its members and owners."""
    query = select(teams.c.id).where(teams.c.site == team.site, teams.c.id == team.id, seen_by(viewer))
    return connection.execute(query).first() is not None


def seen_by(viewer: Account) -> ColumnElement[bool]:
    """The condition on gh_teams that `sees` asks."""
    role = (
        select(members.c.role)
        .where(
            members.c.site == teams.c.site,
            members.c.organization_id == teams.c.organization_id,
            members.c.account_id == viewer.id,
        )
        .scalar_subquery()
    )
    open_to_members = and_(role.is_not(None), teams.c.privacy == "closed")
    return or_(role == "admin", open_to_members, teams.c.id.in_(_direct_teams(viewer)))


def page_of_teams(
    connection: Connection, where: ColumnElement[bool], *, offset: int, limit: int
) -> tuple[list[Team], int]:
    """A page of the teams of a condition, by slug, and how many they are."""
    total = connection.execute(select(func.count()).select_from(teams).where(where)).scalar_one()
    query = select(*_COLUMNS).where(where).order_by(teams.c.slug, teams.c.id).offset(offset).limit(limit)
    return [Team(**row) for row in connection.execute(query).mappings()], total


def _direct_teams(account: Account) -> Select[Any]:
    return select(team_members.c.team_id).where(
        team_members.c.site == account.site, team_members.c.account_id == account.id
    )


def _of(organization: Account) -> ColumnElement[bool]:
    return and_(teams.c.site == organization.site, teams.c.organization_id == organization.id)
