"""Projects: created from a template with workflow and board, and edited. `project_bin.py` lets them go."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, String, cast, delete, insert, literal, or_, select, update

from simulator.emulators.jira import tables
from simulator.emulators.jira.errors import BadRequest
from simulator.emulators.jira.state import boards
from simulator.emulators.jira.state.meta import touch
from simulator.emulators.jira.state.setup import (
    DONE_RESOLUTION,
    counter,
    done_status_ids,
    issue_type_ids,
    set_up,
    status_ids,
    status_names,
)
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.database import next_value

_KEY = re.compile(r"[A-Z][A-Z0-9_]{1,9}")
_p, _f = tables.projects.c, tables.former_keys.c


def create_project(
    connection: Connection, *, site: str, key: str, name: str, template: str, lead: Account, now: datetime, **more: str
) -> int:
    """Create a project with its workflow, issue types, filter and board, and return its id.

    `template` is scrum or kanban. `more` may hold description, url, assignee_type and style
    (classic for company-managed, next-gen for team-managed). Sets the site up when it is the
    first one. Raises BadRequest in Jira's words for a bad or taken key or name.
    """
    set_up(connection, site)
    _check(connection, site, key=key, name=name)
    project_id = next_value(connection, site, counter("project"))
    row = {
        "site": site,
        "id": project_id,
        "key": key,
        "name": name,
        "name_lower": name.lower(),
        "description": more.get("description", ""),
        "url": more.get("url", ""),
        "template": template,
        "lead_id": lead.id,
        "assignee_type": more.get("assignee_type", "UNASSIGNED"),
        "workflow_id": _create_workflow(connection, site, key),
        "issue_counter": 0,
        "created_at": now,
        "style": more.get("style", "classic"),
    }
    connection.execute(insert(tables.projects), row)
    connection.execute(
        insert(tables.project_issue_types),
        [{"site": site, "project_id": project_id, "issue_type_id": kind} for kind in issue_type_ids()],
    )
    boards.create_project_board(connection, site=site, project_id=project_id, key=key, kind=template, owner_id=lead.id)
    touch(connection, site)
    return project_id


def edit_project(connection: Connection, *, site: str, project_id: int, changes: dict[str, Any]) -> None:
    """Change columns of a project. With another key its issues have other keys; the old ones still lead to them.

    Raises BadRequest for a taken or bad name or key.
    """
    if "name" in changes or "key" in changes:
        _check(connection, site, name=changes.get("name"), key=changes.get("key"), project_id=project_id)
    if "name" in changes:
        changes = {**changes, "name_lower": changes["name"].lower()}
    if "key" in changes:
        _rename_issues(connection, site, project_id, changes["key"])
    if changes:
        connection.execute(update(tables.projects).where(_p.site == site, _p.id == project_id).values(**changes))
        touch(connection, site)


def release_keys(connection: Connection, *, site: str, project_id: int, keys: Collection[str]) -> None:
    """Let former keys of a project go, so that another project may have them."""
    of = (_f.site == site) & (_f.project_id == project_id) & _f.key.in_([key.upper() for key in keys])
    connection.execute(delete(tables.former_keys).where(of))
    touch(connection, site)


def _rename_issues(connection: Connection, site: str, project_id: int, key: str) -> None:
    i = tables.issues.c
    old = connection.execute(select(_p.key).where(_p.site == site, _p.id == project_id)).scalar_one()
    connection.execute(delete(tables.former_keys).where(_f.site == site, _f.key == key))
    connection.execute(insert(tables.former_keys), {"site": site, "key": old, "project_id": project_id})
    boards.rename_in_filters(connection, site=site, old=old, new=key)
    connection.execute(
        update(tables.issues)
        .where(i.site == site, i.project_id == project_id)
        .values(key=literal(f"{key}-") + cast(i.number, String))
    )


def _check(
    connection: Connection, site: str, *, name: str | None = None, key: str | None = None, project_id: int = 0
) -> None:
    """Whether a project may have a name and a key. Those of projects in the recycle bin are taken, and former keys."""
    errors = {}
    if key is not None and not _KEY.fullmatch(key):
        errors["projectKey"] = (
            "Project keys must start with an uppercase letter, followed by one or more uppercase alphanumeric characters."
        )
    if name is not None and not 2 <= len(name) <= 80:
        errors["projectName"] = "The project name must be between 2 and 80 characters long."
    formerly = select(_f.project_id).where(_f.site == site, _f.key == key)
    had_it = set(connection.execute(formerly).scalars()) if key else set()
    same_name = _p.name_lower == (name.lower() if name else None)
    taken = connection.execute(
        select(_p.id, _p.key, _p.name_lower, _p.name).where(
            _p.site == site, _p.id != project_id, or_(_p.key == key, same_name, _p.id.in_(had_it))
        )
    ).all()
    for other in taken:
        if other.key == key or other.id in had_it:
            errors.setdefault("projectKey", f"Project '{other.name}' uses this project key.")
        if name and other.name_lower == name.lower():
            errors.setdefault("projectName", "A project with that name already exists.")
    if errors:
        raise BadRequest(errors=errors)


def _create_workflow(connection: Connection, site: str, key: str) -> int:
    """Any status to any other, as Jira's simplified workflow has it; ids 11, 21, 31, … as there."""
    workflow_id = next_value(connection, site, counter("workflow"))
    connection.execute(
        insert(tables.workflows),
        {
            "site": site,
            "id": workflow_id,
            "name": f"Software Simplified Workflow for Project {key}",
            "initial_status_id": status_ids()[0],
        },
    )
    names, done = status_names(), done_status_ids()
    connection.execute(
        insert(tables.transitions),
        [
            {
                "site": site,
                "workflow_id": workflow_id,
                "id": 10 * position + 1,
                "name": names[status_id],
                "from_status_id": None,
                "to_status_id": status_id,
                "resolution_id": DONE_RESOLUTION if status_id in done else None,
            }
            for position, status_id in enumerate(status_ids(), start=1)
        ],
    )
    return workflow_id
