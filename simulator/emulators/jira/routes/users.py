"""People: by accountId and by search."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response, request

from simulator.emulators.jira.errors import BadRequest, NotFound
from simulator.emulators.jira.params import flag, page, words
from simulator.emulators.jira.payloads import access, shapes
from simulator.emulators.jira.session import Session, reading
from simulator.emulators.jira.state.groups import groups_of
from simulator.emulators.jira.state.issues import find_issue
from simulator.emulators.jira.state.people import person_by_account_id, search_people
from simulator.emulators.jira.state.permissions import granted
from simulator.emulators.kit.web import reply

platform = Blueprint("users", __name__)


@platform.get("/user")
def get_user() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-users/#api-rest-api-3-user-get"""
    account_id = request.args.get("accountId")
    with reading() as session:
        if not account_id:
            raise BadRequest("The query parameter 'accountId' is required.")
        person = person_by_account_id(session.context, account_id)
        if person is None:
            raise NotFound("Specified user does not exist or you do not have required permissions")
        belongs = access.memberships(session, groups_of(session.context, person), expand=words("expand"))
        return reply(shapes.user(session, person) | belongs)


@platform.get("/user/search")
def find_users() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-user-search/#api-rest-api-3-user-search-get"""
    asked = request.args
    if "query" not in asked and not asked.get("accountId") and not asked.get("property"):
        raise BadRequest("Either 'query', 'accountId' or 'property' query parameter must be provided.")
    with reading() as session:
        by_property = "query" not in asked and "accountId" not in asked
        return reply([]) if by_property else _people(session, _query())  # people have no properties here


@platform.get("/users/search")
@platform.get("/users")
def all_users() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-users/#api-rest-api-3-users-search-get"""
    with reading() as session:
        return _people(session, request.args.get("query", ""), active_only=False)


@platform.get("/user/assignable/search")
def find_assignable() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-user-search/#api-rest-api-3-user-assignable-search-get"""
    project, issue = request.args.get("project"), request.args.get("issueKey") or request.args.get("issueId")
    with reading() as session:
        if issue:
            number = find_issue(session.context, issue).project_id
        elif project:
            number = session.context.meta.project(project).id
        else:
            raise BadRequest("Either 'project', 'issueKey' or 'issueId' query parameter must be provided.")
        return _people(session, _query(), permission="ASSIGNABLE_USER", project_ids=[number])


@platform.get("/user/assignable/multiProjectSearch")
def find_assignable_in_projects() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-user-search/#api-rest-api-3-user-assignable-multiprojectsearch-get"""
    with reading() as session:
        if not words("projectKeys"):
            raise BadRequest("The query parameter 'projectKeys' is required.")
        numbers = [session.context.meta.project(key).id for key in words("projectKeys")]
        return _people(session, _query(), permission="ASSIGNABLE_USER", project_ids=numbers)


@platform.get("/user/viewissue/search")
def find_viewers() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-user-search/#api-rest-api-3-user-viewissue-search-get"""
    with reading() as session:
        if key := request.args.get("issueKey"):
            number = find_issue(session.context, key).project_id
        elif key := request.args.get("projectKey"):
            number = session.context.meta.project(key).id
        else:
            raise BadRequest("Either 'issueKey' or 'projectKey' query parameter must be provided.")
        return _people(session, _query(), permission="BROWSE_PROJECTS", project_ids=[number])


def _query() -> str:
    return request.args.get("query") or request.args.get("accountId") or ""


def _people(
    session: Session,
    query: str,
    *,
    active_only: bool = True,
    permission: str | None = None,
    project_ids: Sequence[int] = (),
) -> Response:
    """A page of the people found; with a permission, of those who have it in every one of the projects."""
    asked, context = page(largest=1000), session.context
    access, active = context.meta.access, active_only and not flag("includeInactive")
    apps = permission != "ASSIGNABLE_USER"
    if permission is None or access.untouched:
        shown = search_people(context, query, active_only=active, with_apps=apps, start=asked.start, limit=asked.limit)
    else:
        found = search_people(context, query, active_only=active, with_apps=apps)
        for project in [context.meta.projects[number] for number in project_ids]:
            found = [one for one in found if granted(access, one, permission, project)]
        shown = found[asked.start : asked.start + asked.limit]
    return reply([shapes.user(session, person) for person in shown])
