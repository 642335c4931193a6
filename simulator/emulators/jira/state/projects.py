"""Projects: created from a template with workflow and board, edited, deleted."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

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
    """Change name, description, url, lead_id or assignee_type. Raises BadRequest for a taken or bad name."""
    if "name" in changes:
        _check(connection, site, name=changes["name"], project_id=project_id)
        changes = {**changes, "name_lower": changes["name"].lower()}
    if changes:
        of = (tables.projects.c.site == site) & (tables.projects.c.id == project_id)
        connection.execute(update(tables.projects).where(of).values(**changes))
        touch(connection, site)


def delete_project(connection: Connection, *, site: str, project_id: int) -> None:
    """Delete a project with its issues, boards, sprints and workflow."""
    p, b = tables.projects.c, tables.boards.c
    of = (p.site == site) & (p.id == project_id)
    w, own = tables.workflows.c, tables.project_workflows.c
    scheme = select(own.workflow_id).where(own.site == site, own.project_id == project_id)
    workflow_ids = list(connection.execute(select(p.workflow_id).where(of).union(scheme)).scalars())
    filter_ids = list(
        connection.execute(select(b.filter_id).where(b.site == site, b.project_id == project_id)).scalars()
    )
    connection.execute(delete(tables.projects).where(of))
    connection.execute(delete(tables.filters).where(tables.filters.c.site == site, tables.filters.c.id.in_(filter_ids)))
    connection.execute(delete(tables.workflows).where(w.site == site, w.id.in_(workflow_ids)))
    touch(connection, site)


def _check(
    connection: Connection, site: str, *, name: str, key: str | None = None, project_id: int | None = None
) -> None:
    errors = {}
    if key is not None and not _KEY.fullmatch(key):
        errors["projectKey"] = (
            "Project keys must start with an uppercase letter, followed by one or more uppercase alphanumeric characters."
        )
    if not 2 <= len(name) <= 80:
        errors["projectName"] = "The project name must be between 2 and 80 characters long."
    p = tables.projects.c
    taken = connection.execute(
        select(p.key, p.name_lower, p.name).where(
            p.site == site, p.id != (project_id or 0), (p.key == (key or "")) | (p.name_lower == name.lower())
        )
    ).all()
    for other in taken:
        if other.key == key:
            errors.setdefault("projectKey", f"Project '{other.name}' uses this project key.")
        if other.name_lower == name.lower():
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
