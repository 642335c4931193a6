"""Projects put away and taken out again. While one is archived its issues can be looked at, not found, and not changed."""

from __future__ import annotations

from flask import Blueprint, Response

from simulator.emulators.jira.errors import BadRequest
from simulator.emulators.jira.payloads import shapes
from simulator.emulators.jira.session import Session, writing
from simulator.emulators.jira.state.meta import load
from simulator.emulators.jira.state.people import people_by_id
from simulator.emulators.jira.state.permissions import require_admin
from simulator.emulators.jira.state.projects import edit_project
from simulator.emulators.kit.web import reply

platform = Blueprint("project_archive", __name__)


@platform.post("/project/<key>/archive")
def archive_project(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-projects/#api-rest-api-3-project-projectidorkey-archive-post"""
    with writing() as session:
        project = session.context.meta.project(key)
        require_admin(session.context)
        if project.archived_at is not None:
            raise BadRequest(f"The project '{project.key}' is archived already.")
        _set(session, project.id, archived=True)
        return reply(None, 204)


@platform.post("/project/<key>/restore")
def restore_project(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-projects/#api-rest-api-3-project-projectidorkey-restore-post"""
    with writing() as session:
        context = session.context
        project = context.meta.project(key)
        require_admin(context)
        if project.archived_at is None:
            raise BadRequest(f"The project '{project.key}' is not archived.")
        _set(session, project.id, archived=False)
        fresh = load(context.connection, context.site, "").projects[project.id]
        lead = people_by_id(context, [fresh.lead_id])[fresh.lead_id]
        return reply(shapes.full_project(session, fresh, lead))


def _set(session: Session, project_id: int, *, archived: bool) -> None:
    context = session.context
    changes = {"archived_at": context.now if archived else None}
    edit_project(context.connection, site=context.site, project_id=project_id, changes=changes)
    context.tell("project_updated", project_id=project_id)
