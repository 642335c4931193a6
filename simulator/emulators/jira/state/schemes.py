"""Permission schemes: made, changed, given to projects."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, update

from simulator.emulators.jira import tables
from simulator.emulators.jira.errors import BadRequest, NotFound
from simulator.emulators.jira.state.access import FIRST_OWN, Grant, Scheme
from simulator.emulators.jira.state.configuration import Project
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.groups import find_group
from simulator.emulators.jira.state.meta import touch
from simulator.emulators.jira.state.people import person_by_account_id
from simulator.emulators.jira.state.permission_list import DEFAULT_SCHEME, PERMISSIONS
from simulator.emulators.jira.state.permissions import require_admin
from simulator.emulators.jira.state.roles import find_role
from simulator.emulators.jira.state.setup import counter
from simulator.emulators.kit.database import next_value

LONGEST_NAME = 255
MOST_GRANTS = 1000
BARE_HOLDERS = ("anyone", "applicationRole", "projectLead", "reporter", "assignee")
_g, _s, _p = tables.permission_grants.c, tables.permission_schemes.c, tables.project_schemes.c


@dataclass(frozen=True, slots=True)
class Wish:
    """A grant that a request asks for."""

    permission: str
    holder: str
    value: str


def all_schemes(context: Context) -> list[Scheme]:
    """The site's permission schemes, the default one first."""
    return list(({DEFAULT_SCHEME.id: DEFAULT_SCHEME} | context.meta.access.schemes).values())


def find_scheme(context: Context, number: str) -> Scheme:
    """A scheme by id. Raises NotFound."""
    found = next((scheme for scheme in all_schemes(context) if str(scheme.id) == number), None)
    if found is None:
        raise NotFound(f"The permission scheme with id '{number[:40]}' does not exist.")
    return found


def find_grant(scheme: Scheme, number: str) -> Grant:
    """A grant of a scheme by id. Raises NotFound."""
    found = next((grant for grant in scheme.grants if str(grant.id) == number), None)
    if found is None:
        raise NotFound(f"The permission scheme has no grant with id '{number[:40]}'.")
    return found


def scheme_of(context: Context, project: Project) -> Scheme:
    """The permission scheme of a project."""
    return context.meta.access.scheme_of(project.id) or DEFAULT_SCHEME


def read_grants(context: Context, given: list[Any]) -> list[Wish]:
    """The grants that a request describes. Raises BadRequest."""
    if len(given) > MOST_GRANTS:
        raise BadRequest(f"A permission scheme takes at most {MOST_GRANTS} grants.")
    return list(dict.fromkeys(_read_grant(context, one) for one in given))


def create_scheme(context: Context, name: str, description: str, wishes: list[Wish]) -> Scheme:
    """A new scheme. Raises BadRequest, Forbidden."""
    require_admin(context)
    _check_name(context, name)
    scheme_id = next_value(context.connection, context.site, counter("permission_scheme")) + FIRST_OWN
    row = {"site": context.site, "id": scheme_id, "name": name, "description": description}
    context.connection.execute(insert(tables.permission_schemes), row)
    grants = _add(context, scheme_id, wishes)
    return Scheme(id=scheme_id, name=name, description=description, grants=grants)


def edit_scheme(context: Context, scheme: Scheme, name: str, description: str, wishes: list[Wish] | None) -> Scheme:
    """Give a scheme another name, description and, unless None, other grants. Raises BadRequest, Forbidden."""
    require_admin(context)
    _check_name(context, name, but=scheme)
    _keep(context, scheme)
    of = (_s.site == context.site) & (_s.id == scheme.id)
    context.connection.execute(update(tables.permission_schemes).where(of).values(name=name, description=description))
    grants = scheme.grants
    if wishes is not None:
        context.connection.execute(
            delete(tables.permission_grants).where(_g.site == context.site, _g.scheme_id == scheme.id)
        )
        grants = _add(context, scheme.id, wishes)
    touch(context.connection, context.site)
    return Scheme(id=scheme.id, name=name, description=description, grants=grants)


def delete_scheme(context: Context, scheme: Scheme) -> None:
    """Delete a scheme that no project has. Raises Forbidden, BadRequest."""
    require_admin(context)
    if scheme.id == DEFAULT_SCHEME.id:
        raise BadRequest("The default permission scheme cannot be deleted.")
    if scheme.id in context.meta.access.project_schemes.values():
        raise BadRequest("The permission scheme is used by a project and cannot be deleted.")
    of = (_s.site == context.site) & (_s.id == scheme.id)
    context.connection.execute(delete(tables.permission_schemes).where(of))
    touch(context.connection, context.site)


def add_grant(context: Context, scheme: Scheme, wish: Wish) -> Grant:
    """One more grant. Raises Forbidden, and BadRequest when the scheme has it."""
    require_admin(context)
    if any((g.permission, g.holder, g.value) == (wish.permission, wish.holder, wish.value) for g in scheme.grants):
        raise BadRequest("The permission scheme has this grant already.")
    _keep(context, scheme)
    return _add(context, scheme.id, [wish])[0]


def remove_grant(context: Context, scheme: Scheme, grant: Grant) -> None:
    """One grant less. Raises Forbidden."""
    require_admin(context)
    _keep(context, scheme)
    of = (_g.site == context.site) & (_g.scheme_id == scheme.id) & (_g.id == grant.id)
    context.connection.execute(delete(tables.permission_grants).where(of))
    touch(context.connection, context.site)


def give_scheme(context: Context, project_id: int, scheme: Scheme) -> None:
    """Let a scheme say what may be done in a project. Raises Forbidden."""
    require_admin(context)
    of = (_p.site == context.site) & (_p.project_id == project_id)
    context.connection.execute(delete(tables.project_schemes).where(of))
    if scheme.id != DEFAULT_SCHEME.id:
        row = {"site": context.site, "project_id": project_id, "permission_scheme_id": scheme.id}
        context.connection.execute(insert(tables.project_schemes), row)
    touch(context.connection, context.site)


def _add(context: Context, scheme_id: int, wishes: list[Wish]) -> tuple[Grant, ...]:
    grants = []
    if wishes:
        last = next_value(context.connection, context.site, counter("permission_grant"), count=len(wishes))
        first = last - len(wishes) + 1 + FIRST_OWN
        grants = [
            Grant(id=first + place, permission=wish.permission, holder=wish.holder, value=wish.value)
            for place, wish in enumerate(wishes)
        ]
        _insert(context, scheme_id, grants)
    touch(context.connection, context.site)
    return tuple(grants)


def _read_grant(context: Context, given: object) -> Wish:
    holder = given.get("holder") if isinstance(given, dict) else None
    permission = given.get("permission") if isinstance(given, dict) else None
    if not isinstance(holder, dict) or not isinstance(permission, str):
        raise BadRequest("A permission grant needs a 'permission' and a 'holder'.")
    known = PERMISSIONS.get(permission)
    if known is None or known.everywhere:
        raise BadRequest(f"The permission '{permission[:60]}' is not a project permission.")
    kind = holder.get("type")
    wanted = holder.get("value") or holder.get("parameter")
    if kind in BARE_HOLDERS:
        return Wish(permission, str(kind), "")
    return Wish(permission, str(kind), _holder_value(context, kind, str(wanted or "")))


def _holder_value(context: Context, kind: object, wanted: str) -> str:
    try:
        if kind == "projectRole":
            return str(find_role(context, wanted).id)
        if kind == "group":
            known = {group.opaque_id for group in context.meta.access.groups.values()}
            by = {"opaque_id": wanted, "name": None} if wanted in known else {"opaque_id": None, "name": wanted}
            return str(find_group(context, **by).id)
    except NotFound as exc:
        raise BadRequest(*exc.messages) from exc
    person = person_by_account_id(context, wanted) if kind == "user" else None
    if person is None:
        raise BadRequest(f"The permission holder '{str(kind)[:40]}' with '{wanted[:128]}' is not valid.")
    return str(person.id)


def _check_name(context: Context, name: str, *, but: Scheme | None = None) -> None:
    if not name.strip() or len(name) > LONGEST_NAME:
        raise BadRequest(errors={"name": f"A permission scheme needs a name of at most {LONGEST_NAME} characters."})
    if any(one.name == name and (but is None or one.id != but.id) for one in all_schemes(context)):
        raise BadRequest(errors={"name": "A permission scheme with this name already exists."})


def _keep(context: Context, scheme: Scheme) -> None:
    """Write the default scheme down as it is, when it is about to be changed for the first time."""
    if scheme.id != DEFAULT_SCHEME.id or scheme.id in context.meta.access.schemes:
        return
    site = context.site
    row = {"site": site, "id": scheme.id, "name": scheme.name, "description": scheme.description}
    context.connection.execute(insert(tables.permission_schemes), row)
    _insert(context, scheme.id, scheme.grants)


def _insert(context: Context, scheme_id: int, grants: Iterable[Grant]) -> None:
    common = {"site": context.site, "scheme_id": scheme_id}
    rows = [{"id": g.id, "permission": g.permission, "holder": g.holder, "value": g.value} for g in grants]
    context.connection.execute(insert(tables.permission_grants), [common | row for row in rows])
