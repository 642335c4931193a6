"""What teams may do in repositories. A nested team has what the teams above it have, or more."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, select, update

from simulator.emulators.github.state.access import PERMISSIONS, rank_of, teams_above
from simulator.emulators.github.state.repositories import Repository, may_see, repositories_where
from simulator.emulators.github.state.teams import Team, teams_by_ids
from simulator.emulators.github.state.teams import seen_by as teams_seen_by
from simulator.emulators.github.tables import repositories, team_repositories, teams
from simulator.emulators.kit.accounts import Account


def team_permission(connection: Connection, team: Team, repository: Repository) -> str | None:
    """What a team may do in a repository, by itself or by a team above it: one of PERMISSIONS, None for nothing at all."""
    above = teams_above(team.site, team.id)
    query = select(func.max(rank_of(team_repositories.c.permission))).where(
        _of(repository), team_repositories.c.team_id.in_(select(above.c.team_id))
    )
    rank: int | None = connection.execute(query).scalar_one()
    return None if rank is None else PERMISSIONS[rank]


def permissions_of_team(connection: Connection, team: Team, found: Sequence[Repository]) -> dict[int, str]:
    """What a team may do in each of these repositories, by the repository's number."""
    above = teams_above(team.site, team.id)
    query = (
        select(team_repositories.c.repository_id, func.max(rank_of(team_repositories.c.permission)))
        .where(
            team_repositories.c.site == team.site,
            team_repositories.c.team_id.in_(select(above.c.team_id)),
            team_repositories.c.repository_id.in_([repository.id for repository in found]),
        )
        .group_by(team_repositories.c.repository_id)
    )
    return {repository_id: PERMISSIONS[rank] for repository_id, rank in connection.execute(query)}


def repositories_of_team(
    connection: Connection, team: Team, *, seen_by: Account | None, offset: int = 0, limit: int = 1000
) -> tuple[list[Repository], int]:
    """A page of a team's repositories that an account may see, by full name, and how many they are; inherited ones included."""
    above = teams_above(team.site, team.id)
    ids = select(team_repositories.c.repository_id).where(
        team_repositories.c.site == team.site, team_repositories.c.team_id.in_(select(above.c.team_id))
    )
    where = and_(repositories.c.site == team.site, repositories.c.id.in_(ids), may_see(seen_by))
    total = connection.execute(select(func.count()).select_from(repositories).where(where)).scalar_one()
    return repositories_where(connection, where, offset=offset, limit=limit), total


def teams_of_repository(
    connection: Connection, repository: Repository, viewer: Account, *, offset: int = 0, limit: int = 1000
) -> tuple[list[tuple[Team, str]], int]:
    """A page of the teams that were given a repository, as far as an account may see them, with what each may do there."""
    joined = teams.join(
        team_repositories,
        and_(teams.c.site == team_repositories.c.site, teams.c.id == team_repositories.c.team_id),
    )
    where = and_(_of(repository), teams_seen_by(viewer))
    total = connection.execute(select(func.count()).select_from(joined).where(where)).scalar_one()
    query = select(teams.c.id, team_repositories.c.permission).select_from(joined).where(where)
    rows = connection.execute(query.order_by(teams.c.slug).offset(offset).limit(limit)).all()
    found = teams_by_ids(connection, repository.site, [row.id for row in rows])
    return [(found[row.id], row.permission) for row in rows], total


def grant_to_team(connection: Connection, team: Team, repository: Repository, permission: str) -> str | None:
    """Give a team a repository or change what it may do there; gives what it might do before, None when it is new."""
    before: str | None = connection.execute(
        select(team_repositories.c.permission).where(_is(team, repository))
    ).scalar_one_or_none()
    if before is None:
        row = {"site": team.site, "team_id": team.id, "repository_id": repository.id, "permission": permission}
        connection.execute(insert(team_repositories), row)
    else:
        connection.execute(update(team_repositories).where(_is(team, repository)).values(permission=permission))
    return before


def count_of_repositories(connection: Connection, team: Team) -> int:
    """How many repositories a team has, inherited ones included."""
    above = teams_above(team.site, team.id)
    query = select(func.count(team_repositories.c.repository_id.distinct())).where(
        team_repositories.c.site == team.site, team_repositories.c.team_id.in_(select(above.c.team_id))
    )
    return int(connection.execute(query).scalar_one())


def take_from_team(connection: Connection, team: Team, repository: Repository) -> bool:
    """Take a repository away from a team; says whether the team itself had it."""
    return bool(connection.execute(delete(team_repositories).where(_is(team, repository))).rowcount)


def _of(repository: Repository) -> ColumnElement[bool]:
    return and_(team_repositories.c.site == repository.site, team_repositories.c.repository_id == repository.id)


def _is(team: Team, repository: Repository) -> ColumnElement[bool]:
    return and_(_of(repository), team_repositories.c.team_id == team.id)
