"""Versions and components as Jira writes them, short in issues and whole by themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from simulator.emulators.jira.payloads import shapes
from simulator.emulators.jira.payloads.shapes import Json
from simulator.emulators.jira.session import Session
from simulator.emulators.jira.state.components import assignee_by_default
from simulator.emulators.jira.state.parts_meta import Component, Version
from simulator.emulators.jira.state.versions import count_by_category, overdue
from simulator.emulators.kit.accounts import Account

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def short_version(session: Session, found: Version) -> Json:
    """A version as issues have it."""
    shape: Json = {
        "self": session.rest(f"/version/{found.id}"),
        "id": str(found.id),
        "name": found.name,
        "archived": found.archived,
        "released": found.released,
    }
    if found.description:
        shape["description"] = found.description
    return shape | ({"releaseDate": found.release_on.isoformat()} if found.release_on else {})


def version(session: Session, found: Version, *, expand: Sequence[str] = ()) -> Json:
    """A version by itself; `expand` may ask for operations and issuesstatus."""
    return versions(session, [found], expand=expand)[0]


def versions(session: Session, found: Sequence[Version], *, expand: Sequence[str] = ()) -> list[Json]:
    """Versions by themselves, those of a list."""
    shown = [_version(session, one) for one in found]
    if "operations" in expand:
        shown = [shape | {"operations": []} for shape in shown]
    if "issuesstatus" in expand:
        counts = count_by_category(session.context, [one.id for one in found])
        shown = [shape | {"issuesStatusForFixVersion": _status(counts[int(shape["id"])])} for shape in shown]
    return shown


def _version(session: Session, found: Version) -> Json:
    shape = short_version(session, found) | {"projectId": found.project_id}
    if found.start_on:
        shape |= {"startDate": found.start_on.isoformat(), "userStartDate": _for_people(found.start_on)}
    if found.release_on:
        shape |= {"userReleaseDate": _for_people(found.release_on)}
        shape |= {"overdue": overdue(found, session.context.now.date())}
    return shape


def _status(counts: Mapping[str, int]) -> Json:
    return {"unmapped": 0, "toDo": counts["new"], "inProgress": counts["indeterminate"], "done": counts["done"]}


def short_component(session: Session, found: Component) -> Json:
    """A component as issues have it."""
    shape = {"self": session.rest(f"/component/{found.id}"), "id": str(found.id), "name": found.name}
    return shape | ({"description": found.description} if found.description else {})


def component(session: Session, found: Component, people: Mapping[int, Account]) -> Json:
    """A component by itself; `people` holds its lead and its project's."""
    project = session.context.meta.projects[found.project_id]
    kind, number = assignee_by_default(session.context, found)
    shape = short_component(session, found) | {
        "description": found.description,
        "assigneeType": found.assignee_type,
        "realAssigneeType": kind,
        "isAssigneeTypeValid": found.assignee_type != "COMPONENT_LEAD" or found.lead_id is not None,
        "project": project.key,
        "projectId": project.id,
    }
    if lead := people.get(found.lead_id or 0):
        shape["lead"] = shapes.user(session, lead)
    if assignee := people.get(number or 0):
        shape |= {"assignee": shapes.user(session, assignee), "realAssignee": shapes.user(session, assignee)}
    return shape


def _for_people(day: date) -> str:
    return f"{day.day}/{_MONTHS[day.month - 1]}/{day.year % 100:02}"
