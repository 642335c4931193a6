"""Projects listed and searched for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, request

from simulator.emulators.jira.errors import BadRequest
from simulator.emulators.jira.params import page, words
from simulator.emulators.jira.payloads import projects as payloads
from simulator.emulators.jira.payloads.pages import paged
from simulator.emulators.jira.payloads.shapes import Json
from simulator.emulators.jira.session import Session, reading
from simulator.emulators.jira.state.configuration import Project
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.people import people_by_id
from simulator.emulators.jira.state.permissions import may
from simulator.emulators.jira.state.project_insight import insights_of
from simulator.emulators.jira.state.project_properties import properties_of
from simulator.emulators.kit.web import reply

platform = Blueprint("project_search", __name__)

MOST_NAMES = 50
_NEEDS = {
    "view": "BROWSE_PROJECTS",
    "browse": "BROWSE_PROJECTS",
    "edit": "ADMINISTER_PROJECTS",
    "create": "CREATE_ISSUES",
}
_NEVER = datetime(1, 1, 1, tzinfo=UTC)
_ORDERS = ("category", "key", "name", "owner", "issueCount", "lastIssueUpdatedDate", "archivedDate", "deletedDate")


@platform.get("/project")
def list_projects() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-projects/#api-rest-api-3-project-get"""
    with reading() as session:
        return reply(_listed(session, _in_states(session.context, {"live"})))


@platform.get("/project/search")
def search_projects() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-projects/#api-rest-api-3-project-search-get"""
    asked, states = page(), _chosen("status", ("live", "archived", "deleted"), several=True) or {"live"}
    action, kinds = (
        _chosen("action", tuple(_NEEDS)),
        _chosen("typeKey", ("business", "service_desk", "software"), several=True),
    )
    with reading() as session:
        context = session.context
        found = [one for one in _in_states(context, states) if _is_wanted(one)]
        for name in action:
            found = [one for one in found if may(context, _NEEDS[name], project_id=one.id)]
        if (kinds and "software" not in kinds) or request.args.get("categoryId"):
            found = []
        found = _ordered(context, found)
        shown = _listed(session, found[asked.start : asked.start + asked.limit])
        return reply(paged(asked, shown, total=len(found), address=session.rest("/project/search")))


def _in_states(context: Context, states: set[str]) -> list[Project]:
    """The projects in these states, by key. What is in the recycle bin only those see who administer the site."""
    present = context.meta.projects.values()
    found = [p for p in present if ("archived" if p.archived_at else "live") in states]
    if "deleted" in states and context.account.admin:
        found += context.meta.recycled.values()
    return sorted(found, key=lambda one: one.key)


def _is_wanted(project: Project) -> bool:
    query, keys, ids = request.args.get("query", "").lower(), request.args.getlist("keys"), request.args.getlist("id")
    if max(len(keys), len(ids)) > MOST_NAMES:
        raise BadRequest(f"At most {MOST_NAMES} projects can be named.")
    keys, ids = [key.upper() for key in words("keys")], words("id")
    named = (not keys or project.key in keys) and (not ids or str(project.id) in ids)
    return named and (query in project.name.lower() or query in project.key.lower())


def _chosen(name: str, known: Sequence[str], *, several: bool = False) -> set[str]:
    """The words of a parameter. Raises BadRequest for an unknown one."""
    found = words(name) if several else [value for value in [request.args.get(name)] if value]
    for value in found:
        if value not in known:
            raise BadRequest(f"The value '{value[:40]}' is not valid for the parameter '{name}'.")
    return set(found)


def _ordered(context: Context, found: list[Project]) -> list[Project]:
    order = request.args.get("orderBy", "key")
    name, backwards = order.lstrip("+- "), order.startswith("-")
    if name not in _ORDERS:
        raise BadRequest(f"The value '{order[:40]}' is not valid for the parameter 'orderBy'.")
    insights = insights_of(context, [one.id for one in found]) if name in ("issueCount", "lastIssueUpdatedDate") else {}
    people = people_by_id(context, [one.lead_id for one in found]) if name == "owner" else {}
    keys: dict[str, Any] = {  # Any: what can be compared with its like
        "name": lambda one: one.name.lower(),
        "owner": lambda one: people[one.lead_id].name.lower(),
        "issueCount": lambda one: insights[one.id].issues,
        "lastIssueUpdatedDate": lambda one: insights[one.id].updated_at or _NEVER,
        "archivedDate": lambda one: one.archived_at or _NEVER,
        "deletedDate": lambda one: one.deleted_at or _NEVER,
    }
    return sorted(found, key=keys.get(name, lambda one: one.key), reverse=backwards)


def _listed(session: Session, projects: list[Project]) -> list[Json]:
    expand = set(words("expand"))
    wanted = {p.lead_id for p in projects if "lead" in expand} | {p.deleted_by for p in projects}
    people = people_by_id(session.context, wanted)
    insights = insights_of(session.context, [p.id for p in projects]) if "insight" in expand else {}
    properties = properties_of(session.context, [p.id for p in projects], words("properties"))
    return [
        payloads.listed(
            session, p, people=people, insight=insights.get(p.id), properties=properties[p.id], expand=expand
        )
        for p in projects
    ]
