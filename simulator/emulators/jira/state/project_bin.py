"""Projects that are let go: into the recycle bin, where they wait for 60 days, or for good.

https://support.atlassian.com/jira-cloud-administration/docs/manage-deleted-projects/
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Connection, delete, select

from simulator.emulators.jira import tables
from simulator.emulators.jira.errors import NoProject
from simulator.emulators.jira.state.configuration import Project
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.meta import touch
from simulator.emulators.jira.state.projects import edit_project

KEPT = timedelta(days=60)
"""How long a project stays in the recycle bin."""

_p = tables.projects.c


def recycle_project(context: Context, project: Project) -> None:
    """Put a project into the recycle bin: it is as if it were not there, but its key and name stay taken."""
    changes = {"deleted_at": context.now, "deleted_by": context.account.id}
    edit_project(context.connection, site=context.site, project_id=project.id, changes=changes)


def recycled_project(context: Context, key_or_id: str) -> Project:
    """A project in the recycle bin. Raises NoProject."""
    for project in context.meta.recycled.values():
        if key_or_id.upper() == project.key or key_or_id == str(project.id):
            return project
    raise NoProject(key_or_id)


def take_out(context: Context, project: Project) -> None:
    """Put a project back where it was, out of the recycle bin or the archive."""
    changes = {"deleted_at": None, "deleted_by": None, "archived_at": None}
    edit_project(context.connection, site=context.site, project_id=project.id, changes=changes)


def forget_recycled(context: Context) -> None:
    """Delete the projects for good whose time in the recycle bin is over."""
    query = select(_p.id).where(_p.site == context.site, _p.deleted_at <= context.now - KEPT)
    for project_id in context.connection.execute(query).scalars().all():
        delete_project(context.connection, site=context.site, project_id=project_id)


def delete_project(connection: Connection, *, site: str, project_id: int) -> None:
    """Delete a project for good, with its issues, boards, sprints, workflows and what was shared with it."""
    b, w, own = tables.boards.c, tables.workflows.c, tables.project_workflows.c
    shares, filters = tables.filter_shares.c, tables.filters.c
    of = (_p.site == site) & (_p.id == project_id)
    scheme = select(own.workflow_id).where(own.site == site, own.project_id == project_id)
    workflow_ids = list(connection.execute(select(_p.workflow_id).where(of).union(scheme)).scalars())
    boards = select(b.filter_id).where(b.site == site, b.project_id == project_id)
    filter_ids = list(connection.execute(boards).scalars())
    connection.execute(delete(tables.projects).where(of))
    elsewhere = select(b.filter_id).where(b.site == site, b.filter_id.in_(filter_ids))
    connection.execute(
        delete(tables.filters).where(filters.site == site, filters.id.in_(filter_ids), filters.id.not_in(elsewhere))
    )
    shared = (shares.site == site) & shares.kind.in_(("project", "projectRole")) & (shares.subject_id == project_id)
    connection.execute(delete(tables.filter_shares).where(shared))
    connection.execute(delete(tables.workflows).where(w.site == site, w.id.in_(workflow_ids)))
    touch(connection, site)
