"""Groups of people: found, made, deleted, joined and left. What the two built-in ones hold follows from the people themselves."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, insert, select

from simulator.emulators.jira import tables
from simulator.emulators.jira.errors import BadRequest, Forbidden, NotFound
from simulator.emulators.jira.state.access import ADMINISTRATORS_GROUP, EVERYBODY_GROUP, FIRST_OWN, Group
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.meta import touch
from simulator.emulators.jira.state.permissions import require_admin
from simulator.emulators.jira.state.setup import counter
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.database import next_value
from simulator.emulators.kit.tables import accounts

LONGEST_NAME = 255
_m = tables.group_members.c
_a = accounts.c
_COLUMNS = [_a[name] for name in Account.__slots__]


def all_groups(context: Context) -> list[Group]:
    """Every group of the site, by name."""
    return sorted(context.meta.access.groups.values(), key=lambda group: group.name.lower())


def groups_of(context: Context, account: Account) -> list[Group]:
    """The groups that somebody belongs to, by name."""
    return [group for group in all_groups(context) if context.meta.access.in_group(account, group.id)]


def find_group(context: Context, *, name: str | None, opaque_id: str | None) -> Group:
    """A group by name (any case) or groupId. Raises NotFound, BadRequest when neither is given."""
    if not name and not opaque_id:
        raise BadRequest("Either 'groupname' or 'groupId' must be provided.")
    for group in context.meta.access.groups.values():
        if (opaque_id and group.opaque_id == opaque_id) or (name and group.name.lower() == name.lower()):
            return group
    called = f"id '{opaque_id}'" if opaque_id else f"name '{name}'"
    raise NotFound(f"The group with the {called} does not exist."[:400])


def create_group(context: Context, name: str) -> Group:
    """A new group without anybody. Raises BadRequest, Forbidden."""
    require_admin(context)
    if not name.strip() or len(name) > LONGEST_NAME:
        raise BadRequest(f"A group name must have between 1 and {LONGEST_NAME} characters.")
    if any(group.name.lower() == name.lower() for group in context.meta.access.groups.values()):
        raise BadRequest("A group or user with this name already exists.")
    group = Group(id=next_value(context.connection, context.site, counter("group")) + FIRST_OWN, name=name)
    row = {"site": context.site, "id": group.id, "name": name, "name_lower": name.lower()}
    context.connection.execute(insert(tables.groups), row)
    touch(context.connection, context.site)
    return group


def delete_group(context: Context, group: Group) -> None:
    """Delete a group and what it was entitled to. Raises Forbidden for a built-in one."""
    require_admin(context)
    if group.id <= FIRST_OWN:
        raise Forbidden(f"The group '{group.name}' is a default group of the site and cannot be deleted.")
    connection, site = context.connection, context.site
    g, grants, shares = tables.role_actors.c, tables.permission_grants.c, tables.filter_shares.c
    connection.execute(delete(tables.group_members).where(_m.site == site, _m.group_id == group.id))
    connection.execute(delete(tables.role_actors).where(g.site == site, g.kind == "group", g.actor_id == group.id))
    connection.execute(
        delete(tables.permission_grants).where(
            grants.site == site, grants.holder == "group", grants.value == str(group.id)
        )
    )
    connection.execute(
        delete(tables.filter_shares).where(shares.site == site, shares.kind == "group", shares.subject_id == group.id)
    )
    connection.execute(delete(tables.groups).where(tables.groups.c.site == site, tables.groups.c.id == group.id))
    touch(connection, site)


def set_member(context: Context, group: Group, person: Account, *, included: bool) -> None:
    """Let somebody join or leave a group. Raises Forbidden, BadRequest when it is so already."""
    require_admin(context)
    if group.id == ADMINISTRATORS_GROUP:
        raise Forbidden(f"The members of '{group.name}' are managed outside Jira.")
    if context.meta.access.in_group(person, group.id) == included:
        state = "already a member of" if included else "not a member of"
        raise BadRequest(f"The user is {state} the group '{group.name}'.")
    of = (_m.site == context.site) & (_m.group_id == group.id) & (_m.account_id == person.id)
    context.connection.execute(delete(tables.group_members).where(of))
    row = {"site": context.site, "group_id": group.id, "account_id": person.id, "included": included}
    context.connection.execute(insert(tables.group_members), row)
    touch(context.connection, context.site)


def members(
    context: Context, group: Group, *, start: int, limit: int, inactive: bool = False
) -> tuple[list[Account], int]:
    """A page of a group's people, and how many they are."""
    of = and_(_belongs(context, group), *([] if inactive else [_a.active.is_(True)]))
    total = context.connection.execute(select(func.count()).select_from(accounts).where(of)).scalar_one()
    query = select(*_COLUMNS).where(of).order_by(_a.id).offset(start).limit(limit)
    return [Account(**row) for row in context.connection.execute(query).mappings()], int(total)


def _belongs(context: Context, group: Group) -> ColumnElement[bool]:
    people = and_(_a.site == context.site, _a.kind != "organization")
    if group.id == ADMINISTRATORS_GROUP:
        return and_(people, _a.admin.is_(True))
    rows: Any = select(_m.account_id).where(_m.site == context.site, _m.group_id == group.id)
    if group.id == EVERYBODY_GROUP:
        return and_(people, _a.id.not_in(rows.where(_m.included.is_(False))))
    return and_(people, _a.id.in_(rows.where(_m.included.is_(True))))
