"""Who may see a worklog that is restricted to a project role or a group."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Table, and_, or_

from simulator.emulators.jira.errors import BadRequest
from simulator.emulators.jira.state.context import Context

Restriction = tuple[str, int] | tuple[None, None]
"""("role" | "group", its id), or (None, None) for whoever sees the issue."""


def read_visibility(context: Context, project_id: int, value: object) -> Restriction:
    """The restriction that a request asks for; the caller must be one of those. Raises BadRequest."""
    if value is None:
        return None, None
    given = value if isinstance(value, dict) else {}
    kind, wanted = given.get("type"), given.get("identifier") or given.get("value")
    if kind not in {"role", "group"} or not isinstance(wanted, str):
        raise BadRequest(errors={"visibility": "Specify a visibility with a type of 'role' or 'group' and its value."})
    found = next((number for number, names in _named(context, kind) if wanted in names), None)
    if found is None:
        raise BadRequest(errors={"visibility": f"The {kind} '{wanted}' does not exist."})
    if not sees(context, project_id, kind, found):
        raise BadRequest(errors={"visibility": f"You are currently not a member of the {kind}: {wanted}."})
    return kind, found


def sees(context: Context, project_id: int, kind: str | None, number: int | None) -> bool:
    """Whether the caller is among those to whom something is restricted."""
    if kind is None or number is None:
        return True
    access = context.meta.access
    if kind == "role":
        return access.in_role(context.account, project_id, number)
    return access.in_group(context.account, number)


def seen(context: Context, table: Table, project_id: int) -> ColumnElement[bool]:
    """The condition on `visible_to` and `visible_id` that leaves what the caller may see in a project."""
    access, account = context.meta.access, context.account
    roles = [number for number in access.roles if access.in_role(account, project_id, number)]
    groups = [number for number in access.groups if access.in_group(account, number)]
    kind, number = table.c.visible_to, table.c.visible_id
    return or_(kind.is_(None), and_(kind == "role", number.in_(roles)), and_(kind == "group", number.in_(groups)))


def shown_visibility(context: Context, kind: str | None, number: int | None) -> dict[str, Any] | None:
    """A restriction as Jira writes it, None for none."""
    if kind is None or number is None:
        return None
    if kind == "role":
        role = context.meta.access.roles.get(number)
        return {"type": kind, "value": role.name if role else "", "identifier": str(number)}
    group = context.meta.access.groups.get(number)
    return {"type": kind, "value": group.name if group else "", "identifier": group.opaque_id if group else None}


def _named(context: Context, kind: str) -> list[tuple[int, set[str]]]:
    access = context.meta.access
    if kind == "role":
        return [(role.id, {role.name, str(role.id)}) for role in access.roles.values()]
    return [(group.id, {group.name, group.opaque_id}) for group in access.groups.values()]
