"""Groups, roles and permission schemes of a site, as its configuration keeps them.

What every site begins with is written here and is no row: the group of all people, the administrators' group, three roles, and a
default scheme that lets everybody work in every project. Rows say where a site differs. Refuses to know issues or requests.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, select

from simulator.emulators.jira import tables
from simulator.emulators.kit.accounts import Account

ADMINISTRATORS_GROUP, EVERYBODY_GROUP = 1, 2
ADMINISTRATORS, MEMBER, VIEWER = 10002, 10003, 10004
DEFAULT_SCHEME_ID = 0
FIRST_OWN = 10100
"""Ids of roles, groups and schemes that somebody made are greater than this."""

Hidden = tuple[frozenset[int], frozenset[int]]
"""Projects that somebody may not browse, and those of them that are as if they did not exist."""

Actor = tuple[str, int]
"""Who has a role: "user" and the account, or "group" and the group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group of people."""

    id: int
    name: str

    @property
    def opaque_id(self) -> str:
        """Jira's groupId: the same for the same name in each site."""
        digits = sha256(f"groupId {self.name.lower()}".encode()).hexdigest()
        return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:32]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A project role."""

    id: int
    name: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A permission for a holder: `value` is the id of the role, group or account, "" where the holder says all."""

    id: int
    permission: str
    holder: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Scheme:
    """A permission scheme."""

    id: int
    name: str
    description: str
    grants: tuple[Grant, ...]

    @cached_property
    def by_permission(self) -> dict[str, list[Grant]]:
        """The grants of each permission."""
        found: dict[str, list[Grant]] = {}
        for grant in self.grants:
            found.setdefault(grant.permission, []).append(grant)
        return found


BUILT_IN_GROUPS = (
    Group(id=ADMINISTRATORS_GROUP, name="jira-administrators"),
    Group(id=EVERYBODY_GROUP, name="jira-software-users"),
)
BUILT_IN_ROLES = (
    Role(id=ADMINISTRATORS, name="Administrators", description="People who may change the project's settings."),
    Role(id=MEMBER, name="Member", description="People who work in the project."),
    Role(id=VIEWER, name="Viewer", description="People who may look at the project and comment on its issues."),
)
_FIRST_ACTORS: Mapping[int, tuple[Actor, ...]] = {
    ADMINISTRATORS: (("group", ADMINISTRATORS_GROUP),),
    MEMBER: (("group", EVERYBODY_GROUP),),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Everything that permissions are made of, for one site. `members` and `actors` hold what differs from the start."""

    groups: dict[int, Group]
    members: dict[int, dict[int, bool]]
    roles: dict[int, Role]
    actors: dict[tuple[int, int], dict[Actor, bool]]
    schemes: dict[int, Scheme]
    project_schemes: dict[int, int]
    hidden: dict[tuple[int, bool], Hidden] = field(default_factory=dict, compare=False)  # remembered answers
    granted: dict[tuple[int, bool, str, int], bool] = field(default_factory=dict, compare=False)  # more of them

    @property
    def untouched(self) -> bool:
        """Whether all is as every site begins with: everybody works in every project."""
        return not (self.actors or self.members or self.project_schemes or DEFAULT_SCHEME_ID in self.schemes)

    def in_group(self, account: Account, group_id: int) -> bool:
        """Whether somebody belongs to a group."""
        if group_id == ADMINISTRATORS_GROUP:
            return account.admin
        return self.members.get(group_id, {}).get(account.id, group_id == EVERYBODY_GROUP)

    def actors_of(self, project_id: int, role_id: int) -> list[Actor]:
        """Who has a role in a project, groups first."""
        found = dict.fromkeys(_FIRST_ACTORS.get(role_id, ()), True) | self.actors.get((project_id, role_id), {})
        return sorted(actor for actor, included in found.items() if included)

    @staticmethod
    def first_actors(role_id: int) -> list[Actor]:
        """Who has a role in a new project."""
        return list(_FIRST_ACTORS.get(role_id, ()))

    def in_role(self, account: Account, project_id: int, role_id: int) -> bool:
        """Whether somebody has a role in a project."""
        return any(
            number == account.id if kind == "user" else self.in_group(account, number)
            for kind, number in self.actors_of(project_id, role_id)
        )

    def scheme_of(self, project_id: int) -> Scheme | None:
        """The permission scheme of a project, None for the default one as every site begins with it."""
        return self.schemes.get(self.project_schemes.get(project_id, DEFAULT_SCHEME_ID))


def load_access(connection: Connection, site: str) -> Access:
    """Read what a site's permissions are made of."""

    def rows(table: Any) -> list[Any]:  # Any: SQLAlchemy tables and rows
        return list(connection.execute(select(table).where(table.c.site == site).order_by(*table.primary_key)))

    members: dict[int, dict[int, bool]] = {}
    for row in rows(tables.group_members):
        members.setdefault(row.group_id, {})[row.account_id] = row.included
    actors: dict[tuple[int, int], dict[Actor, bool]] = {}
    for row in rows(tables.role_actors):
        actors.setdefault((row.project_id, row.role_id), {})[row.kind, row.actor_id] = row.included
    own_groups = [Group(id=row.id, name=row.name) for row in rows(tables.groups)]
    own_roles = [Role(id=row.id, name=row.name, description=row.description) for row in rows(tables.roles)]
    grants = rows(tables.permission_grants)
    return Access(
        groups={one.id: one for one in (*BUILT_IN_GROUPS, *own_groups)},
        members=members,
        roles={one.id: one for one in (*BUILT_IN_ROLES, *own_roles)},
        actors=actors,
        schemes={row.id: _scheme(row, grants) for row in rows(tables.permission_schemes)},
        project_schemes={row.project_id: row.permission_scheme_id for row in rows(tables.project_schemes)},
    )


def _scheme(row: Any, grants: list[Any]) -> Scheme:
    own = tuple(
        Grant(id=grant.id, permission=grant.permission, holder=grant.holder, value=grant.value)
        for grant in grants
        if grant.scheme_id == row.id
    )
    return Scheme(id=row.id, name=row.name, description=row.description, grants=own)
