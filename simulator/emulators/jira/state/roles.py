"""Project roles, and who has them in a project."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, insert, update

from simulator.emulators.jira import tables
from simulator.emulators.jira.errors import BadRequest, JiraError, NotFound
from simulator.emulators.jira.state.access import FIRST_OWN, Actor, Role
from simulator.emulators.jira.state.configuration import Project
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.groups import find_group
from simulator.emulators.jira.state.meta import touch
from simulator.emulators.jira.state.people import person_by_account_id
from simulator.emulators.jira.state.permissions import may, require_admin
from simulator.emulators.jira.state.setup import counter
from simulator.emulators.kit.database import next_value

LONGEST_NAME = 255
MOST_ACTORS = 1000
_a, _r = tables.role_actors.c, tables.roles.c


def all_roles(context: Context) -> list[Role]:
    """The site's roles, by id."""
    return sorted(context.meta.access.roles.values(), key=lambda role: role.id)


def find_role(context: Context, number: str) -> Role:
    """A role by id. Raises NotFound."""
    found = context.meta.access.roles.get(int(number) if number.isdecimal() and len(number) < 19 else 0)
    if found is None:
        raise NotFound(f"Can not retrieve a role actor for a null project role. No role with id '{number[:40]}'.")
    return found


def administered_project(context: Context, key: str) -> Project:
    """A project whose roles the caller may see and change. Raises NotFound: Jira does not say that it may not be done.

    https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-project-roles/#api-rest-api-3-project-projectidorkey-role-get
    """
    project = context.meta.project(key)
    if not may(context, "ADMINISTER_PROJECTS", project_id=project.id):
        raise NotFound("You do not have administrative permissions for this project or Jira.")
    return project


def create_role(context: Context, name: str, description: str) -> Role:
    """A new role. Raises BadRequest, Forbidden, and 409 for a name that is taken."""
    require_admin(context)
    _check_name(context, name)
    role = Role(
        id=next_value(context.connection, context.site, counter("role")) + FIRST_OWN, name=name, description=description
    )
    row = {"site": context.site, "id": role.id, "name": name, "description": description}
    context.connection.execute(insert(tables.roles), row)
    touch(context.connection, context.site)
    return role


def edit_role(context: Context, role: Role, name: str, description: str) -> Role:
    """Give a role another name and description. Raises BadRequest, Forbidden, 409."""
    require_admin(context)
    _check_own(role)
    _check_name(context, name, but=role)
    of = (_r.site == context.site) & (_r.id == role.id)
    context.connection.execute(update(tables.roles).where(of).values(name=name, description=description))
    touch(context.connection, context.site)
    return Role(id=role.id, name=name, description=description)


def delete_role(context: Context, role: Role) -> None:
    """Delete a role that no scheme needs. Raises Forbidden, 409."""
    require_admin(context)
    _check_own(role)
    schemes = context.meta.access.schemes.values()
    if any(g.holder == "projectRole" and g.value == str(role.id) for scheme in schemes for g in scheme.grants):
        raise JiraError("The role is used by a permission scheme.", status=409)
    connection, site = context.connection, context.site
    connection.execute(delete(tables.role_actors).where(_a.site == site, _a.role_id == role.id))
    connection.execute(delete(tables.roles).where(_r.site == site, _r.id == role.id))
    touch(connection, site)


def read_actors(
    context: Context, *, users: Iterable[object] = (), groups: Iterable[object] = (), group_ids: Iterable[object] = ()
) -> list[Actor]:
    """The actors that a request names by accountId, group name and groupId. Raises BadRequest for none or an unknown one."""
    found: list[Actor] = []
    for account_id in users:
        person = person_by_account_id(context, account_id) if isinstance(account_id, str) else None
        if person is None:
            raise BadRequest(f"We can't find user '{str(account_id)[:128]}' in any accessible user directory.")
        found.append(("user", person.id))
    for name, opaque_id in [*((name, None) for name in groups), *((None, number) for number in group_ids)]:
        try:
            group = find_group(
                context, name=str(name) if name else None, opaque_id=str(opaque_id) if opaque_id else None
            )
        except NotFound as exc:
            raise BadRequest(*exc.messages) from exc
        found.append(("group", group.id))
    if len(found) > MOST_ACTORS:
        raise BadRequest(f"A role takes at most {MOST_ACTORS} actors at once.")
    return list(dict.fromkeys(found))


def set_actors(context: Context, project: Project, role: Role, wanted: Iterable[Actor]) -> None:
    """Give a role in a project to exactly these."""
    present, after = set(context.meta.access.actors_of(project.id, role.id)), set(wanted)
    changed = dict.fromkeys(present - after, False) | dict.fromkeys(after - present, True)
    connection, site = context.connection, context.site
    of = (_a.site == site) & (_a.project_id == project.id) & (_a.role_id == role.id)
    for (kind, number), included in changed.items():
        connection.execute(delete(tables.role_actors).where(of, _a.kind == kind, _a.actor_id == number))
        row = {"site": site, "project_id": project.id, "role_id": role.id, "kind": kind, "actor_id": number}
        connection.execute(insert(tables.role_actors), row | {"included": included})
    if changed:
        touch(connection, site)


def add_actors(context: Context, project: Project, role: Role, more: list[Actor]) -> None:
    """Give a role in a project to these too. Raises BadRequest for who has it already."""
    present = context.meta.access.actors_of(project.id, role.id)
    if not more or any(actor in present for actor in more):
        raise BadRequest("The user or group is already a member of the project role, or none was given.")
    set_actors(context, project, role, [*present, *more])


def remove_actors(context: Context, project: Project, role: Role, gone: list[Actor]) -> None:
    """Take a role in a project from these. Raises BadRequest for none, NotFound for who does not have it."""
    present = context.meta.access.actors_of(project.id, role.id)
    if not gone:
        raise BadRequest("A user or a group must be given.")
    if any(actor not in present for actor in gone):
        raise NotFound("The user or group is not a member of the project role.")
    set_actors(context, project, role, [actor for actor in present if actor not in gone])


def _check_name(context: Context, name: str, *, but: Role | None = None) -> None:
    if not name.strip() or len(name) > LONGEST_NAME:
        raise BadRequest(f"A role name must have between 1 and {LONGEST_NAME} characters.")
    if any(role.name.lower() == name.lower() and role != but for role in context.meta.access.roles.values()):
        raise JiraError(f"A project role with name '{name}' already exists.", status=409)


def _check_own(role: Role) -> None:
    if role.id <= FIRST_OWN:
        raise JiraError(f"The role '{role.name}' is used by the default permission scheme.", status=409)
