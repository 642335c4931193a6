"""Saved filters and with whom they are shared, as Jira writes them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from urllib.parse import quote

from simulator.emulators.jira.payloads import access, shapes
from simulator.emulators.jira.payloads.shapes import Json
from simulator.emulators.jira.session import Session
from simulator.emulators.jira.state.filter_shares import Share, shares_of
from simulator.emulators.jira.state.filters import Filter, likings
from simulator.emulators.jira.state.people import people_by_id
from simulator.emulators.kit.accounts import Account

EXPANDS = (
    "description,owner,jql,viewUrl,searchUrl,favourite,favouritedCount,sharePermissions,editPermissions,isWritable,"
    "approximateLastUsed,subscriptions"
)
_NOBODY = {"size": 0, "items": [], "max-results": 1000, "start-index": 0, "end-index": 0}


def filters(session: Session, found: Sequence[Filter]) -> list[Json]:
    """Filters by themselves."""
    context, ids = session.context, [one.id for one in found]
    liked, shared = likings(context, ids), shares_of(context, ids)
    subjects = [share.subject_id for shares in shared.values() for share in shares if share.kind == "user"]
    people = people_by_id(context, [*(one.owner_id for one in found), *subjects])
    return [
        {
            "self": session.rest(f"/filter/{one.id}"),
            "id": str(one.id),
            "name": one.name,
            "description": one.description,
            "owner": shapes.user(session, people[one.owner_id]),
            "jql": one.jql,
            "viewUrl": session.urls.jira(f"/issues/?filter={one.id}"),
            "searchUrl": session.rest(f"/search?jql={quote(one.jql)}"),
            "favourite": liked[one.id].mine,
            "favouritedCount": liked[one.id].count,
            "sharePermissions": [share(session, it, people) for it in shared[one.id] if not it.edits],
            "editPermissions": [share(session, it, people) for it in shared[one.id] if it.edits],
            "sharedUsers": _NOBODY,
            "subscriptions": _NOBODY,
        }
        for one in found
    ]


def found_filters(session: Session, found: Sequence[Filter], *, expand: Collection[str]) -> list[Json]:
    """Filters as a search finds them: with what `expand` asks for."""
    kept = {"self", "id", "name", *expand} - {"sharedUsers", "subscriptions"}
    more: Json = {"subscriptions": []} if "subscriptions" in expand else {}
    shown = filters(session, found)
    return [
        {"expand": EXPANDS} | {name: value for name, value in shape.items() if name in kept} | more for shape in shown
    ]


def share(session: Session, found: Share, people: dict[int, Account]) -> Json:
    """A share. One with a role is of the type `project` in answers, as Jira documents it."""
    meta, number = session.context.meta, found.subject_id or 0
    shape: Json = {"id": found.id, "type": found.kind}
    match found.kind:
        case "project" | "projectRole":
            project = meta.projects.get(number)
            if project is None:
                return shape | {"type": "project-unknown"}
            role = meta.access.roles.get(found.role_id or 0)
            shape |= {"type": "project", "project": shapes.project(session, project)}
            return shape | ({"role": access.role(session, role, project)} if role else {})
        case "group":
            return shape | {"group": access.group(session, meta.access.groups[number])}
        case "user":
            return shape | {"user": _user(session, people[number])}
    return shape


def _user(session: Session, person: Account) -> Json:
    whole = shapes.user(session, person)
    return {name: whole[name] for name in ("self", "accountId", "displayName", "active", "avatarUrls")}
