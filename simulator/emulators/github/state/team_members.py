"""Who belongs to a team: its own members and those of the teams nested in it."""

from __future__ import annotations

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    delete,
    exists,
    func,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy.sql.expression import CTE

from simulator.emulators.github.state.teams import Team
from simulator.emulators.github.tables import members, team_members, teams
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.tables import accounts

_COLUMNS = [accounts.c[name] for name in Account.__slots__]


def members_of_team(
    connection: Connection, team: Team, *, role: str | None = None, offset: int = 0, limit: int = 1000
) -> tuple[list[Account], int]:
    """A page of a team's members with those of nested teams, by login, and how many they are.

    `role` is maintainer or member; owners of the organization count as maintainers.
    """
    query = _members(team).subquery()
    where = query.c.role == role if role else literal(True)
    total = connection.execute(select(func.count()).select_from(query).where(where)).scalar_one()
    found = (
        select(*(query.c[name] for name in Account.__slots__))
        .where(where)
        .order_by(query.c.login)
        .offset(offset)
        .limit(limit)
    )
    return [Account(**row) for row in connection.execute(found).mappings()], total


def member_ids(connection: Connection, team: Team) -> set[int]:
    """Ids of everybody who counts as a member, nested teams included."""
    query = select(team_members.c.account_id).where(_in_tree(team))
    return set(connection.execute(query).scalars())


def role_in_team(connection: Connection, team: Team, account: Account) -> str | None:
    """An account's role in a team (member, maintainer), None for others; owners of the organization are maintainers."""
    query = _members(team).subquery()
    role: str | None = connection.execute(select(query.c.role).where(query.c.id == account.id)).scalar()
    return role


def add_member(connection: Connection, team: Team, account: Account, *, role: str) -> bool:
    """Let an account into a team or change its role; says whether it is new there."""
    changed = connection.execute(update(team_members).where(_is(team, account)).values(role=role))
    if changed.rowcount:
        return False
    row = {"site": team.site, "team_id": team.id, "account_id": account.id, "role": role}
    connection.execute(insert(team_members), row)
    return True


def remove_member(connection: Connection, team: Team, account: Account) -> bool:
    """Take an account out of a team; says whether it was a direct member."""
    return bool(connection.execute(delete(team_members).where(_is(team, account))).rowcount)


def tree_of(team: Team) -> CTE:
    """A query of `team_id`: the team and all teams nested in it."""
    below = (
        select(teams.c.id.label("team_id")).where(teams.c.site == team.site, teams.c.id == team.id).cte(recursive=True)
    )
    deeper = select(teams.c.id).where(teams.c.site == team.site, teams.c.parent_id == below.c.team_id)
    return below.union(deeper)


def _members(team: Team) -> Select[tuple[object, ...]]:
    is_owner = exists().where(
        members.c.site == accounts.c.site,
        members.c.organization_id == team.organization_id,
        members.c.account_id == accounts.c.id,
        members.c.role == "admin",
    )
    is_maintainer = func.max(case((team_members.c.role == "maintainer", 1), else_=0)) == 1
    return (
        select(*_COLUMNS, case((is_owner | is_maintainer, "maintainer"), else_="member").label("role"))
        .join_from(
            team_members,
            accounts,
            and_(team_members.c.site == accounts.c.site, team_members.c.account_id == accounts.c.id),
        )
        .where(_in_tree(team))
        .group_by(accounts.c.site, accounts.c.id)
    )


def _in_tree(team: Team) -> ColumnElement[bool]:
    return and_(team_members.c.site == team.site, team_members.c.team_id.in_(select(tree_of(team).c.team_id)))


def _is(team: Team, account: Account) -> ColumnElement[bool]:
    return and_(
        team_members.c.site == team.site,
        team_members.c.team_id == team.id,
        team_members.c.account_id == account.id,
    )
