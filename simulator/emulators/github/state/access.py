"""The queries by which teams and organizations give access: from an account to repositories and the other way round.

Ranks are the places of permissions in `PERMISSIONS`; the larger includes the smaller.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, case, func, or_, select
from sqlalchemy.sql.expression import CTE

from simulator.emulators.github.tables import members, profiles, team_members, team_repositories, teams
from simulator.emulators.kit.accounts import Account

PERMISSIONS = ("none", "pull", "triage", "push", "maintain", "admin")
"""From least to most, by the names of repository permissions in the REST API."""

BASE_PERMISSION = "default_repository_permission"
"""The setting of an organization: what members may do in its repositories; read, write, admin or none."""

_RANKS = {name: rank for rank, name in enumerate(PERMISSIONS)} | {"read": 1, "write": 3}


def rank_of(column: ColumnElement[Any]) -> ColumnElement[int]:
    """The rank of a permission in a column."""
    return case(_RANKS, value=column, else_=0)


def base_rank(organization_id: ColumnElement[Any] | int, site: ColumnElement[Any] | str) -> ColumnElement[int]:
    """The rank that any member of an organization has in its repositories; read unless the organization says otherwise."""
    word = (
        select(profiles.c.fields[BASE_PERMISSION].as_string())
        .where(profiles.c.site == site, profiles.c.account_id == organization_id)
        .scalar_subquery()
    )
    return rank_of(func.coalesce(word, "read"))


def teams_above(site: str, team_id: int) -> CTE:
    """A query of `team_id`: a team and all that it is nested in."""
    above = (
        select(teams.c.id.label("team_id"), teams.c.parent_id)
        .where(teams.c.site == site, teams.c.id == team_id)
        .cte(recursive=True)
    )
    parents = select(teams.c.id, teams.c.parent_id).where(teams.c.site == site, teams.c.id == above.c.parent_id)
    return above.union(parents)


def entitled_teams(site: ColumnElement[Any], repository_id: ColumnElement[Any]) -> CTE:
    """A query of `team_id` and `rank`: the teams that may do something in one repository, nested ones included."""
    entitled = (
        select(
            team_repositories.c.team_id.label("team_id"),
            rank_of(team_repositories.c.permission).cast(Integer).label("rank"),
        )
        .where(team_repositories.c.site == site, team_repositories.c.repository_id == repository_id)
        .cte(recursive=True)
    )
    nested = select(teams.c.id, entitled.c.rank).where(teams.c.site == site, teams.c.parent_id == entitled.c.team_id)
    return entitled.union(nested)


def repositories_by_team(account: Account) -> Select[Any]:
    """A query of the ids of repositories that an account has through its teams and those that they are nested in."""
    own = (
        select(teams.c.id.label("team_id"), teams.c.parent_id)
        .join(team_members, and_(teams.c.site == team_members.c.site, teams.c.id == team_members.c.team_id))
        .where(team_members.c.site == account.site, team_members.c.account_id == account.id)
        .cte(recursive=True)
    )
    above = select(teams.c.id, teams.c.parent_id).where(teams.c.site == account.site, teams.c.id == own.c.parent_id)
    return select(team_repositories.c.repository_id).where(
        team_repositories.c.site == account.site, team_repositories.c.team_id.in_(select(own.union(above).c.team_id))
    )


def organizations_open_to(account: Account) -> Select[Any]:
    """A query of the ids of organizations all of whose repositories an account may read: its owners and, mostly, members."""
    return select(members.c.organization_id).where(
        members.c.site == account.site,
        members.c.account_id == account.id,
        or_(members.c.role == "admin", base_rank(members.c.organization_id, members.c.site) > 0),
    )
