"""Sprints, boards and epics as Jira Software writes them.

https://developer.atlassian.com/cloud/jira/software/rest/api-group-board/
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from urllib.parse import quote

from simulator.emulators.jira.fields import BY_ID, POINTS, RANK
from simulator.emulators.jira.payloads.shapes import Json
from simulator.emulators.jira.session import Session
from simulator.emulators.jira.state.boards import Board
from simulator.emulators.jira.state.issues import Issue
from simulator.emulators.jira.state.parts_meta import Version
from simulator.emulators.jira.state.people import people_by_id
from simulator.emulators.jira.state.sprints import Sprint
from simulator.emulators.kit.accounts import Account


def stamp(instant: datetime) -> str:
    """An instant as the agile API writes it: `2026-11-22T08:00:00.000Z`."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def sprint(session: Session, found: Sprint) -> Json:
    """A sprint; dates that it does not have are left out."""
    return {
        "id": found.id,
        "self": session.agile(f"/sprint/{found.id}"),
        "state": found.state,
        "name": found.name,
        **_dates(found),
        "createdDate": stamp(found.created_at),
        "originBoardId": found.board_id,
        "goal": found.goal,
    }


def sprint_value(found: Sprint) -> Json:
    """A sprint as the issue's custom field holds it."""
    return {
        "id": found.id,
        "name": found.name,
        "state": found.state,
        "boardId": found.board_id,
        "goal": found.goal,
        **_dates(found),
    }


def _dates(found: Sprint) -> Json:
    named = {
        "startDate": found.start_at,
        "endDate": found.end_at,
        "completeDate": found.completed_at,
        "activatedDate": found.activated_at,
    }
    return {name: stamp(instant) for name, instant in named.items() if instant}


def board(session: Session, found: Board) -> Json:
    """A board with its place."""
    return boards(session, [found])[0]


def boards(session: Session, found: Sequence[Board]) -> list[Json]:
    """Boards with their places: a project, or a person."""
    people = people_by_id(session.context, {one.owner_id for one in found if one.project_id is None})
    return [
        {
            "id": one.id,
            "self": session.agile(f"/board/{one.id}"),
            "name": one.name,
            "type": _type(session, one),
            "isPrivate": one.private,
            **_place(session, one, people),
        }
        for one in found
    ]


def _type(session: Session, found: Board) -> str:
    """Scrum or kanban; boards of team-managed projects are simple, whether they have sprints or not."""
    project = session.context.meta.projects.get(found.project_id or 0)
    return "simple" if project is not None and project.style == "next-gen" else found.kind


def _place(session: Session, found: Board, people: Mapping[int, Account]) -> Json:
    """The location; none of a project that the caller may not see."""
    if found.project_id is None:
        owner = people[found.owner_id]
        avatar = session.urls.jira(f"/secure/useravatar?ownerId={quote(owner.jira_id)}&size=small")
        who = {"userId": owner.id, "userAccountId": owner.jira_id, "displayName": owner.name}
        return {"location": who | {"avatarURI": avatar, "name": owner.name}}
    project = session.context.meta.projects.get(found.project_id)
    if project is None:
        return {}
    place = {
        "projectId": project.id,
        "displayName": f"{project.name} ({project.key})",
        "projectName": project.name,
        "projectKey": project.key,
        "projectTypeKey": "software",
        "avatarURI": session.urls.jira(f"/secure/projectavatar?pid={project.id}&size=small"),
        "name": f"{project.name} ({project.key})",
    }
    return {"location": place}


def configuration(session: Session, found: Board) -> Json:
    """A board's columns, filter, estimation and ranking."""
    shape: Json = {
        "id": found.id,
        "name": found.name,
        "type": found.kind,
        "self": session.agile(f"/board/{found.id}/configuration"),
        "filter": {"id": str(found.filter_id), "self": session.rest(f"/filter/{found.filter_id}")},
        "columnConfig": {
            "columns": [_column(session, column) for column in found.columns],
            "constraintType": "issueCount" if _limits(found.columns) else "none",
        },
        "ranking": {"rankCustomFieldId": BY_ID[RANK].number},
    }
    if found.kind == "scrum":
        field = {"fieldId": POINTS, "displayName": BY_ID[POINTS].name}
        shape["estimation"] = {"type": "field", "field": field}
    project = session.context.meta.projects.get(found.project_id or 0)
    if project:
        shape["location"] = {
            "type": "project",
            "key": project.key,
            "id": str(project.id),
            "self": session.rest(f"/project/{project.id}"),
            "name": project.name,
        }
    return shape


def _limits(columns: list[Json]) -> bool:
    return any(column.get(name) is not None for column in columns for name in ("min", "max"))


def version(session: Session, found: Version) -> Json:
    """A version as boards list it."""
    shape: Json = {
        "id": found.id,
        "self": session.agile(f"/version/{found.id}"),
        "projectId": found.project_id,
        "name": found.name,
        "description": found.description,
        "archived": found.archived,
        "released": found.released,
    }
    days = {"startDate": found.start_on, "releaseDate": found.release_on}
    return shape | {name: day.isoformat() for name, day in days.items() if day}


def _column(session: Session, column: Json) -> Json:
    statuses = [{"id": str(number), "self": session.rest(f"/status/{number}")} for number in column["statuses"]]
    limits = {name: column[name] for name in ("min", "max") if column.get(name) is not None}
    return {"name": column["name"], "statuses": statuses, **limits}


def epic(session: Session, found: Issue) -> Json:
    """An epic as boards list it."""
    done = session.context.meta.statuses[found.status_id].category == "done"
    color = {"key": found.epic_color or f"color_{found.id % 9 + 1}"}
    return {
        "id": found.id,
        "key": found.key,
        "self": session.agile(f"/epic/{found.id}"),
        "name": found.summary,
        "summary": found.summary,
        "color": color,
        "issueColor": color,
        "done": done if found.epic_done is None else found.epic_done,
    }
