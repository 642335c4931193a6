"""Who may do what in a repository.

Source: https://docs.github.com/en/organizations/managing-user-access-to-your-organizations-repositories/managing-repository-roles/repository-roles-for-an-organization
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Connection, bindparam, case, func, or_, select

from simulator.emulators.github.state.access import PERMISSIONS, base_rank, entitled_teams, rank_of
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.tables import collaborators, members, team_members
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.prepared import Prepared
from simulator.emulators.kit.tables import accounts

__all__ = [
    "PERMISSIONS",
    "allows",
    "canonical",
    "has_at_least",
    "legacy",
    "permission_of",
    "permissions_of",
    "role_name",
]

_SAME = {"read": "pull", "write": "push"}
_ADMIN = PERMISSIONS.index("admin")
_SITE: BindParameter[str] = bindparam("site")
_REPOSITORY: BindParameter[int] = bindparam("repository")
_OWNER: BindParameter[int] = bindparam("owner")
_ACCOUNT: BindParameter[int] = bindparam("account")
_ENTITLED = entitled_teams(_SITE, _REPOSITORY)


def _granted(account: ColumnElement[Any]) -> ColumnElement[Any]:
    return (
        select(rank_of(collaborators.c.permission))
        .where(
            collaborators.c.site == _SITE,
            collaborators.c.repository_id == _REPOSITORY,
            collaborators.c.account_id == account,
        )
        .scalar_subquery()
    )


def _by_role(account: ColumnElement[Any]) -> ColumnElement[Any]:
    return (
        select(case((members.c.role == "admin", _ADMIN), else_=base_rank(_OWNER, _SITE)))
        .where(members.c.site == _SITE, members.c.organization_id == _OWNER, members.c.account_id == account)
        .scalar_subquery()
    )


def _by_team(account: ColumnElement[Any]) -> ColumnElement[Any]:
    return (
        select(func.max(_ENTITLED.c.rank))
        .join(team_members, (team_members.c.site == _SITE) & (team_members.c.team_id == _ENTITLED.c.team_id))
        .where(team_members.c.account_id == account)
        .scalar_subquery()
    )


_OF_ONE_IN_PERSONAL = Prepared(select(_granted(_ACCOUNT)))
_OF_ONE = Prepared(select(_granted(_ACCOUNT), _by_role(_ACCOUNT), _by_team(_ACCOUNT)))
_OF_MANY = Prepared(
    select(accounts.c.id, *(by(accounts.c.id) for by in (_granted, _by_role, _by_team))).where(
        accounts.c.site == _SITE, accounts.c.id.in_(bindparam("ids", expanding=True))
    ),
    names="ids",
)


_HAS = {
    rank: or_(_granted(accounts.c.id) >= rank, _by_role(accounts.c.id) >= rank, _by_team(accounts.c.id) >= rank)
    for rank in range(1, len(PERMISSIONS))
}


def has_at_least(repository: Repository, permission: str) -> ColumnElement[bool]:
    """The condition on em_accounts that they have a permission or more, not counting that everybody may read what is public."""
    keys = {"site": repository.site, "repository": repository.id, "owner": repository.owner_id}
    return or_(accounts.c.id == repository.owner_id, _HAS[PERMISSIONS.index(permission)].params(**keys))


def permission_of(connection: Connection, repository: Repository, account: Account | None) -> str:
    """What an account may do there: one of PERMISSIONS, the most that it has by any of the ways there are.

    Owners, and those of the organization, are admins. Others have what they were given, what their teams were given, and as
    members what the organization gives all of them.
    """
    least = 0 if repository.private else 1
    if account is None:
        return PERMISSIONS[least]
    if account.id == repository.owner_id:
        return "admin"
    keys = {"site": repository.site, "repository": repository.id, "account": account.id}
    if repository.owner.kind == "organization":
        row = _OF_ONE.first(connection, **keys, owner=repository.owner_id)
    else:
        row = _OF_ONE_IN_PERSONAL.first(connection, **keys)
    return PERMISSIONS[max(least, *(rank or 0 for rank in row or (0,)))]


def permissions_of(connection: Connection, repository: Repository, found: Iterable[Account]) -> dict[int, str]:
    """The same for many accounts in one statement, by the account's number."""
    ids = [account.id for account in found]
    keys = {"site": repository.site, "repository": repository.id, "owner": repository.owner_id, "ids": ids}
    ranks = {each: max(rank or 0 for rank in row) for each, *row in _OF_MANY.all(connection, **keys)}
    least = 0 if repository.private else 1
    return {
        each: "admin" if each == repository.owner_id else PERMISSIONS[max(least, ranks.get(each, 0))] for each in ids
    }


def allows(permission: str, need: str) -> bool:
    """Whether one of PERMISSIONS includes another."""
    return PERMISSIONS.index(permission) >= PERMISSIONS.index(need)


def canonical(word: str) -> str | None:
    """One of PERMISSIONS for a word that GitHub takes (`read` and `write` are `pull` and `push`), None for any other."""
    word = _SAME.get(word, word)
    return word if word in PERMISSIONS[1:] else None


def legacy(permission: str) -> str:
    """The four words that GitHub answers with: none, read, write, admin (maintain counts as write, triage as read)."""
    return {"pull": "read", "triage": "read", "push": "write", "maintain": "write"}.get(permission, permission)


def role_name(permission: str) -> str:
    """The role's name: read, triage, write, maintain, admin."""
    return {"pull": "read", "push": "write"}.get(permission, permission)
