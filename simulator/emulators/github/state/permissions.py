"""Who may do what in a repository.

Source: https://docs.github.com/en/organizations/managing-user-access-to-your-organizations-repositories/managing-repository-roles/repository-roles-for-an-organization
"""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select

from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.tables import collaborators, members
from simulator.emulators.kit.accounts import Account

PERMISSIONS = ("none", "pull", "triage", "push", "maintain", "admin")
"""From least to most, by the names of repository permissions in the REST API."""

_SAME = {"read": "pull", "write": "push"}
_GRANTS = select(
    select(collaborators.c.permission)
    .where(
        collaborators.c.site == bindparam("site"),
        collaborators.c.repository_id == bindparam("repository"),
        collaborators.c.account_id == bindparam("account"),
    )
    .scalar_subquery()
    .label("granted"),
    select(members.c.role)
    .where(
        members.c.site == bindparam("site"),
        members.c.organization_id == bindparam("owner"),
        members.c.account_id == bindparam("account"),
    )
    .scalar_subquery()
    .label("role"),
)


def permission_of(connection: Connection, repository: Repository, account: Account | None) -> str:
    """What an account may do there: one of PERMISSIONS. Owners and organization owners are admins, members may read."""
    least = "none" if repository.private else "pull"
    if account is None:
        return least
    if account.id == repository.owner_id:
        return "admin"
    keys = {"site": repository.site, "repository": repository.id, "owner": repository.owner_id, "account": account.id}
    granted, role = connection.execute(_GRANTS, keys).one()
    of_role = {None: "none", "admin": "admin"}.get(role, "pull")
    return max(least, granted or "none", of_role, key=PERMISSIONS.index)


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
