"""Who may see and change saved filters: their owners, and those with whom they are shared.

A filter that a project's board stands on is shared with the project.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, false, insert, or_, select, true

from simulator.emulators.jira import tables
from simulator.emulators.jira.errors import BadRequest, NoProject, NotFound
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.groups import find_group
from simulator.emulators.jira.state.people import person_by_account_id
from simulator.emulators.jira.state.roles import find_role
from simulator.emulators.jira.state.setup import counter
from simulator.emulators.kit.database import next_value

MOST_SHARES = 100
_f, _s = tables.filters.c, tables.filter_shares.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """With whom a filter is shared: `kind` is global, loggedin, project, projectRole, group or user. `id` 0 is not yet one."""

    id: int
    kind: str
    edits: bool
    subject_id: int | None
    role_id: int | None


_COLUMNS = [_s[name] for name in Share.__slots__]


def visible(context: Context) -> ColumnElement[bool]:
    """The condition on a filter that the caller may see it."""
    b = tables.boards.c
    of_boards = exists().where(
        b.site == _f.site,
        b.filter_id == _f.id,
        b.project_id.is_not(None),
        b.project_id.not_in(sorted(context.meta.hidden)),
    )
    return or_(_f.owner_id == context.account.id, _shared(context), of_boards.correlate(tables.filters))


def is_shared() -> ColumnElement[bool]:
    """The condition on a filter that anybody but its owner may see it by a share."""
    return exists().where(_s.site == _f.site, _s.filter_id == _f.id).correlate(tables.filters)


def editable(context: Context, filter_id: int, owner_id: int) -> bool:
    """Whether the caller may change a filter."""
    if owner_id == context.account.id:
        return True
    query = select(_f.id).where(_f.site == context.site, _f.id == filter_id, _shared(context, edits=True))
    return context.connection.execute(query).first() is not None


def shared_with(context: Context, kind: str, subject_id: int) -> ColumnElement[bool]:
    """The condition on a filter that it is shared with a project or group."""
    kinds = ("project", "projectRole") if kind == "project" else (kind,)
    of = (_s.site == context.site, _s.filter_id == _f.id, _s.kind.in_(kinds), _s.subject_id == subject_id)
    return exists().where(*of).correlate(tables.filters)


def shares_of(context: Context, ids: Sequence[int]) -> dict[int, list[Share]]:
    """With whom these filters are shared."""
    query = select(_s.filter_id, *_COLUMNS).where(_s.site == context.site, _s.filter_id.in_(ids)).order_by(_s.id)
    found: dict[int, list[Share]] = {number: [] for number in ids}
    for row in context.connection.execute(query):
        found[row[0]].append(Share(**dict(zip(Share.__slots__, row[1:], strict=True))))
    return found


def find_share(context: Context, filter_id: int, share_id: int) -> Share:
    """A share of a filter. Raises NotFound."""
    found = next((share for share in shares_of(context, [filter_id])[filter_id] if share.id == share_id), None)
    if found is None:
        raise NotFound(f"The share permission with id '{share_id}' does not exist.")
    return found


def read_share(context: Context, given: object, *, edits: bool) -> Share:
    """A share as requests write it, in a filter or by itself. Raises BadRequest."""
    if not isinstance(given, dict):
        raise BadRequest("A share permission must be an object.")
    kind = {"authenticated": "loggedin"}.get(str(given.get("type")), given.get("type"))
    try:
        subject_id, role_id = _subject(context, str(kind), given)
    except (NoProject, NotFound) as exc:
        raise BadRequest(*exc.messages) from exc
    return Share(
        id=0,
        kind="projectRole" if role_id else str(kind),
        edits=edits or given.get("rights") == 3,  # 1 sees it, 3 changes it too
        subject_id=subject_id,
        role_id=role_id,
    )


def add_shares(context: Context, filter_id: int, shares: Sequence[Share]) -> None:
    """Share a filter with some more. Raises BadRequest for too many."""
    present = shares_of(context, [filter_id])[filter_id]
    if len(present) + len(shares) > MOST_SHARES:
        raise BadRequest(f"A filter has at most {MOST_SHARES} share permissions.")
    if any((_key(share) == _key(other)) for share in shares for other in present):
        raise BadRequest("The filter is shared so already.")
    rows = [
        {
            "site": context.site,
            "id": next_value(context.connection, context.site, counter("filter_share")),
            "filter_id": filter_id,
            "edits": share.edits,
            "kind": share.kind,
            "subject_id": share.subject_id,
            "role_id": share.role_id,
        }
        for share in shares
    ]
    if rows:
        context.connection.execute(insert(tables.filter_shares), rows)


def remove_shares(context: Context, filter_id: int, *, share_id: int | None = None, edits: bool | None = None) -> None:
    """Share a filter no longer: one share, or all that let people see (or change) it."""
    of = and_(_s.site == context.site, _s.filter_id == filter_id)
    if share_id is not None:
        of &= _s.id == share_id
    if edits is not None:
        of &= _s.edits.is_(edits)
    context.connection.execute(delete(tables.filter_shares).where(of))


def _key(share: Share) -> tuple[Any, ...]:
    return share.kind, share.edits, share.subject_id, share.role_id


def _shared(context: Context, *, edits: bool = False) -> ColumnElement[bool]:
    """The condition on a filter that a share of it means the caller."""
    access, account = context.meta.access, context.account
    groups = [number for number in access.groups if access.in_group(account, number)]
    means = or_(
        _s.kind.in_(("global", "loggedin")),
        and_(_s.kind == "user", _s.subject_id == account.id),
        and_(_s.kind == "group", _s.subject_id.in_(groups)),
        and_(_s.kind == "project", _s.subject_id.not_in(sorted(context.meta.hidden))),
        and_(_s.kind == "projectRole", _has_role(context)),
    )
    more = _s.edits.is_(True) if edits else true()
    return exists().where(_s.site == _f.site, _s.filter_id == _f.id, means, more).correlate(tables.filters)


def _has_role(context: Context) -> ColumnElement[bool]:
    query = select(_s.subject_id, _s.role_id).where(_s.site == context.site, _s.kind == "projectRole").distinct()
    access = context.meta.access
    own = [
        and_(_s.subject_id == project_id, _s.role_id == role_id)
        for project_id, role_id in context.connection.execute(query)
        if access.in_role(context.account, project_id, role_id)
    ]
    return or_(false(), *own)


def _subject(context: Context, kind: str, given: dict[str, Any]) -> tuple[int | None, int | None]:
    """The ids of the project, group or person, and of the role, that a share names in either way of writing it."""

    def inner(name: str, *keys: str) -> str:
        part = given.get(name)
        wanted = next((part[key] for key in keys if part.get(key)), "") if isinstance(part, dict) else ""
        return str(wanted)

    if kind in ("global", "loggedin"):
        return None, None
    if kind in ("project", "projectRole"):
        project = context.meta.project(str(given.get("projectId") or inner("project", "id", "key")))
        role = str(given.get("projectRoleId") or inner("role", "id"))
        if kind == "projectRole" or role:
            return project.id, find_role(context, role).id
        return project.id, None
    if kind == "group":
        name, opaque_id = (
            given.get("groupname") or inner("group", "name"),
            given.get("groupId") or inner("group", "groupId"),
        )
        return find_group(context, name=str(name or ""), opaque_id=str(opaque_id or "")).id, None
    person = person_by_account_id(context, str(given.get("accountId") or inner("user", "accountId")))
    if kind != "user" or person is None:
        raise BadRequest(f"The share permission of the type '{kind[:40]}' is not valid.")
    return person.id, None
