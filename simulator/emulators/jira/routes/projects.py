"""Projects: created, read, edited, deleted, restored."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response

from simulator.emulators.jira.errors import BadRequest, Forbidden, NoProject
from simulator.emulators.jira.params import flag, strings, words
from simulator.emulators.jira.payloads import projects as payloads
from simulator.emulators.jira.payloads import shapes
from simulator.emulators.jira.project_request import changed_values, give_schemes, new_values
from simulator.emulators.jira.session import Session, reading, writing
from simulator.emulators.jira.state.callers import renewed
from simulator.emulators.jira.state.configuration import Project
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.people import people_by_id
from simulator.emulators.jira.state.permissions import require, require_admin
from simulator.emulators.jira.state.project_bin import (
    delete_project,
    forget_recycled,
    recycle_project,
    recycled_project,
    take_out,
)
from simulator.emulators.jira.state.project_properties import properties_of
from simulator.emulators.jira.state.projects import create_project, edit_project, release_keys
from simulator.emulators.kit.web import json_body, reply

platform = Blueprint("projects", __name__)


@platform.post("/project")
def post_project() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-projects/#api-rest-api-3-project-post"""
    given = json_body()
    with writing() as session:
        context = session.context
        _check_admin(context, "create")
        forget_recycled(context)
        values = new_values(context, given)
        project_id = create_project(context.connection, site=context.site, now=context.now, **values)
        give_schemes(context, project_id, given)
        context.tell("project_created", project_id=project_id)
        shape = {"self": session.rest(f"/project/{project_id}"), "id": project_id, "key": values["key"]}
        return reply(shape, 201)


@platform.get("/project/<key>")
def get_project(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-projects/#api-rest-api-3-project-projectidorkey-get"""
    with reading() as session:
        return reply(_full(session, session.context.meta.project(key)))


@platform.put("/project/<key>")
def put_project(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-projects/#api-rest-api-3-project-projectidorkey-put"""
    given = json_body()
    with writing() as session:
        context = session.context
        project = context.meta.project(key)
        require(context, "ADMINISTER_PROJECTS", project_id=project.id)
        changes = changed_values(context, project, given)
        edit_project(context.connection, site=context.site, project_id=project.id, changes=changes)
        released = strings(given, "releasedProjectKeys")
        release_keys(context.connection, site=context.site, project_id=project.id, keys=released)
        give_schemes(context, project.id, given)
        context.tell("project_updated", project_id=project.id)
        return reply(_as_it_stands(session, project.id))


@platform.delete("/project/<key>")
def remove_project(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-projects/#api-rest-api-3-project-projectidorkey-delete"""
    with writing() as session:
        project = session.context.meta.project(key)
        _check_admin(session.context, "delete")
        if project.archived_at is not None:
            raise BadRequest(f"The project '{project.key}' is archived. Restore it in order to delete it.")
        if flag("enableUndo", default=True):
            recycle_project(session.context, project)
            session.context.tell("project_soft_deleted", project=project)
        else:
            delete_project(session.context.connection, site=session.context.site, project_id=project.id)
            session.context.tell("project_deleted", project=project)
        return reply(None, 204)


@platform.post("/project/<key>/archive")
def archive_project(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-projects/#api-rest-api-3-project-projectidorkey-archive-post

    While a project is archived its issues can be looked at, not found, and not changed.
    """
    with writing() as session:
        context = session.context
        project = context.meta.project(key)
        require_admin(context)
        if project.archived_at is not None:
            raise BadRequest(f"The project '{project.key}' is archived already.")
        changes = {"archived_at": context.now}
        edit_project(context.connection, site=context.site, project_id=project.id, changes=changes)
        context.tell("project_archived", project_id=project.id)
        return reply(None, 204)


@platform.post("/project/<key>/restore")
def restore_project(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-projects/#api-rest-api-3-project-projectidorkey-restore-post"""
    with writing() as session:
        context = session.context
        project = _gone(context, key)
        take_out(context, project)
        deleted = project.deleted_at is not None
        context.tell(f"project_restored_{'deleted' if deleted else 'archived'}", project_id=project.id)
        return reply(_as_it_stands(session, project.id))


@platform.get("/project/<key>/statuses")
def project_statuses(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-projects/#api-rest-api-3-project-projectidorkey-statuses-get"""
    with reading() as session:
        meta = session.context.meta
        project = meta.project(key)
        return reply(
            [
                {
                    "self": session.rest(f"/issuetype/{kind.id}"),
                    "id": str(kind.id),
                    "name": kind.name,
                    "subtask": kind.subtask,
                    "statuses": [
                        shapes.status(session, meta.statuses[n])
                        for n in meta.workflow_of(project.id, kind.id).status_ids()
                    ],
                }
                for kind in meta.types_of(project)
            ]
        )


def _as_it_stands(session: Session, project_id: int) -> shapes.Json:
    """The project after what the request changed."""
    renewed_session = replace(session, context=renewed(session.context))
    return _full(renewed_session, renewed_session.context.meta.projects[project_id])


def _full(session: Session, project: Project) -> shapes.Json:
    people = people_by_id(session.context, [project.lead_id])
    properties = properties_of(session.context, [project.id], words("properties"))[project.id]
    return payloads.full(session, project, people, properties=properties, expand=words("expand"))


def _gone(context: Context, key: str) -> Project:
    """An archived project, or one in the recycle bin. Raises NoProject, Forbidden, and BadRequest for any other."""
    try:
        project = context.meta.project(key)
    except NoProject:
        if not context.account.admin:
            raise
        return recycled_project(context, key)
    require_admin(context)
    if project.archived_at is None:
        raise BadRequest(f"The project '{project.key}' is not archived.")
    return project


def _check_admin(context: Context, verb: str) -> None:
    if not context.account.admin:
        raise Forbidden(f"You must have global administrator rights in order to {verb} projects.")
