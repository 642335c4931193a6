"""Groups, roles, permissions and their schemes as Jira writes them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from markupsafe import escape

from simulator.emulators.jira.payloads import shapes
from simulator.emulators.jira.payloads.shapes import Json
from simulator.emulators.jira.session import Session
from simulator.emulators.jira.state.access import Actor, Grant, Group, Role, Scheme
from simulator.emulators.jira.state.configuration import Project
from simulator.emulators.jira.state.people import people_by_id
from simulator.emulators.jira.state.permission_list import Permission
from simulator.emulators.kit.accounts import Account

_PEOPLE_FROM = 1_000_000  # ids of actors: those of people are above those of groups


def group(session: Session, found: Group) -> Json:
    """A group as people have it."""
    return {
        "name": found.name,
        "groupId": found.opaque_id,
        "self": session.rest(f"/group?groupId={found.opaque_id}"),
    }


def picked_group(found: Group, query: str) -> Json:
    """A group that somebody looks for, with what was typed marked."""
    at = found.name.lower().find(query.lower())
    before, middle, after = found.name[:at], found.name[at : at + len(query)], found.name[at + len(query) :]
    html = f"{escape(before)}<b>{escape(middle)}</b>{escape(after)}" if query and at >= 0 else str(escape(found.name))
    return {"name": found.name, "groupId": found.opaque_id, "html": html, "labels": []}


def role(session: Session, found: Role, project: Project | None = None) -> Json:
    """A role, of a project or of the site."""
    path = f"/project/{project.id}/role/{found.id}" if project else f"/role/{found.id}"
    return {"self": session.rest(path), "name": found.name, "id": found.id, "description": found.description}


def role_with_actors(session: Session, found: Role, project: Project | None, actors: Sequence[Actor]) -> Json:
    """A role with those who have it."""
    people = people_by_id(session.context, [number for kind, number in actors if kind == "user"])
    shown = [_actor(session, actor, people) for actor in actors if actor[0] == "group" or actor[1] in people]
    return role(session, found, project) | {"actors": shown}


def _actor(session: Session, actor: Actor, people: Mapping[int, Account]) -> Json:
    kind, number = actor
    if kind == "group":
        found = session.context.meta.access.groups[number]
        named = {"displayName": found.name, "name": found.name}
        inner = named | {"groupId": found.opaque_id}
        return {"id": number, "type": "atlassian-group-role-actor", **named, "actorGroup": inner}
    person = people[number]
    return {
        "id": _PEOPLE_FROM + number,
        "displayName": person.name,
        "type": "atlassian-user-role-actor",
        "avatarUrl": shapes.user(session, person)["avatarUrls"]["16x16"],
        "actorUser": {"accountId": person.jira_id},
    }


def permission(found: Permission, *, have: bool | None = None) -> Json:
    """A permission; with `have`, whether the caller has it, and its id."""
    shape: Json = {"key": found.key, "name": found.name, "type": found.kind, "description": found.description}
    return shape if have is None else {"id": found.id} | shape | {"havePermission": have}


def scheme(session: Session, found: Scheme, *, expand: Collection[str] = ()) -> Json:
    """A permission scheme; its grants where `expand` asks for them or for what is in them."""
    shape: Json = {
        "expand": "permissions,user,group,projectRole,field,all",
        "id": found.id,
        "self": session.rest(f"/permissionscheme/{found.id}"),
        "name": found.name,
        "description": found.description,
    }
    if set(expand) & {"permissions", "user", "group", "projectRole", "field", "all"}:
        shape["permissions"] = [grant(session, found, one, expand=expand) for one in found.grants]
    return shape


def grant(session: Session, of: Scheme, found: Grant, *, expand: Collection[str] = ()) -> Json:
    """A grant with its holder."""
    return {
        "id": found.id,
        "self": session.rest(f"/permissionscheme/{of.id}/permission/{found.id}"),
        "holder": _holder(session, found, set(expand)),
        "permission": found.permission,
    }


def _holder(session: Session, found: Grant, expand: set[str]) -> Json:
    if not found.value:
        return {"type": found.holder}
    access, whole = session.context.meta.access, bool({found.holder, "all"} & expand)
    shape: Json = {"type": found.holder, "expand": found.holder}
    if found.holder == "group":
        held = access.groups[int(found.value)]
        return (
            shape
            | {"parameter": held.name, "value": held.opaque_id}
            | ({"group": group(session, held)} if whole else {})
        )
    if found.holder == "projectRole":
        inner = {"projectRole": role(session, access.roles[int(found.value)])} if whole else {}
        return shape | {"parameter": found.value, "value": found.value} | inner
    person = people_by_id(session.context, [int(found.value)])[int(found.value)]
    inner = {"user": shapes.user(session, person)} if whole else {}
    return shape | {"parameter": person.jira_id, "value": person.jira_id} | inner


def application_role(groups: Sequence[Group], people: int) -> Json:
    """The one product of the site and who may use it."""
    named = [{"name": one.name, "groupId": one.opaque_id} for one in groups]
    return {
        "key": "jira-software",
        "name": "Jira Software",
        "groups": [one.name for one in groups],
        "groupDetails": named,
        "defaultGroups": [one.name for one in groups],
        "defaultGroupsDetails": named,
        "selectedByDefault": True,
        "defined": True,
        "numberOfSeats": -1,
        "remainingSeats": -1,
        "userCount": people,
        "userCountDescription": "users" if people != 1 else "user",
        "hasUnlimitedSeats": True,
        "platform": False,
    }


def user_list(session: Session, people: Sequence[Account], *, start: int, limit: int, total: int) -> dict[str, Any]:
    """People of a group as the older operations list them."""
    return {
        "size": total,
        "items": [shapes.user(session, person) for person in people],
        "max-results": limit,
        "start-index": start,
        "end-index": max(0, start + len(people) - 1),
    }


def memberships(session: Session, groups: Sequence[Group], *, expand: Collection[str]) -> Json:
    """What a person belongs to, as a person's own shape has it: counted, and listed where `expand` asks for it."""
    own = [group(session, one) for one in groups] if "groups" in expand else []
    products = [{"key": "jira-software", "name": "Jira Software"}]
    listed = products if "applicationRoles" in expand else []
    return {
        "groups": {"size": len(groups), "items": own},
        "applicationRoles": {"size": len(products), "items": listed},
    }


def group_address(session: Session, found: Group) -> str:
    """The address of a group's members."""
    return session.rest(f"/group/member?groupId={quote(found.opaque_id)}")
