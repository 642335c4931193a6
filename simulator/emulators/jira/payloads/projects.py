"""Projects by themselves and in lists, as Jira writes them.

https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-projects/#api-rest-api-3-project-projectidorkey-get
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from hashlib import sha256

from simulator.emulators.jira.payloads import shapes
from simulator.emulators.jira.payloads.parts import short_component, versions
from simulator.emulators.jira.payloads.shapes import Json
from simulator.emulators.jira.session import Session
from simulator.emulators.jira.state.components import components_of
from simulator.emulators.jira.state.configuration import Project
from simulator.emulators.jira.state.permissions import may
from simulator.emulators.jira.state.project_bin import KEPT
from simulator.emulators.jira.state.project_insight import Insight
from simulator.emulators.jira.state.roles import all_roles
from simulator.emulators.jira.state.versions import versions_of
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.web import stamp_millis


def listed(
    session: Session,
    found: Project,
    *,
    people: Mapping[int, Account],
    insight: Insight | None = None,
    properties: Json | None = None,
    expand: Collection[str] = (),
) -> Json:
    """A project in lists, with what `expand` asks for; `people` holds its lead where that is wanted."""
    shape = shapes.project(session, found) | {
        "expand": "description,lead,issueTypes,url,projectKeys,permissions,insight",
        "style": found.style,
        "isPrivate": False,
        "properties": properties or {},
        "entityId": _entity_id(session, found),
        "uuid": _entity_id(session, found),
    }
    if found.archived_at:
        shape |= {"archived": True, "archivedDate": stamp_millis(found.archived_at)}
    if found.deleted_at:
        until = stamp_millis(found.deleted_at + KEPT)
        shape |= {"deleted": True, "deletedDate": stamp_millis(found.deleted_at), "retentionTillDate": until}
        if by := people.get(found.deleted_by or 0):
            shape["deletedBy"] = shapes.user(session, by)
    if "lead" in expand and found.lead_id in people:
        shape["lead"] = shapes.user(session, people[found.lead_id])
    if {"issueTypes", "issuetypes"} & set(expand):
        shape["issueTypes"] = [shapes.issue_type(session, kind) for kind in session.context.meta.types_of(found)]
    if insight:
        shape["insight"] = {"totalIssueCount": insight.issues}
        if insight.updated_at:
            shape["insight"]["lastIssueUpdateTime"] = stamp_millis(insight.updated_at)
    if "permissions" in expand:
        shape["permissions"] = {"canEdit": may(session.context, "ADMINISTER_PROJECTS", project_id=found.id)}
    return shape | _in_words(session, found, expand)


def full(
    session: Session, found: Project, people: Mapping[int, Account], *, properties: Json, expand: Collection[str] = ()
) -> Json:
    """A project with all that it has; `people` holds its lead."""
    shown = {"lead", "issueTypes", "description", "url", *expand}
    context = session.context
    return listed(session, found, people=people, properties=properties, expand=shown) | {
        "assigneeType": found.assignee_type,
        "components": [short_component(session, one) for one in components_of(context, found)],
        "versions": versions(session, versions_of(context, found)),
        "roles": {role.name: session.rest(f"/project/{found.id}/role/{role.id}") for role in all_roles(context)},
    }


def _in_words(session: Session, found: Project, expand: Collection[str]) -> Json:
    shape: Json = {}
    if "description" in expand:
        shape["description"] = found.description
    if "url" in expand and found.url:
        shape["url"] = found.url
    if "projectKeys" in expand:
        former = session.context.meta.former_keys.items()
        shape["projectKeys"] = [found.key, *(key for key, number in former if number == found.id)]
    return shape


def _entity_id(session: Session, found: Project) -> str:
    """An opaque id that every reply about the project has alike."""
    digits = sha256(f"{session.context.site}/{found.id}".encode()).hexdigest()
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:32]}"
