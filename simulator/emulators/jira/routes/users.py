"""People: by accountId and by search."""

from __future__ import annotations

from flask import Blueprint, Response, request

from simulator.emulators.jira.errors import BadRequest, NotFound
from simulator.emulators.jira.params import flag, page, words
from simulator.emulators.jira.payloads import shapes
from simulator.emulators.jira.session import Session, reading
from simulator.emulators.jira.state.issues import find_issue
from simulator.emulators.jira.state.people import person_by_account_id, search_people
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
        return reply(shapes.user(session, person))


@platform.get("/user/search")
def find_users() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-user-search/#api-rest-api-3-user-search-get"""
    if not any(request.args.get(name) for name in ("query", "accountId", "property")) and "query" not in request.args:
        with reading():
            raise BadRequest("Either 'query', 'accountId' or 'property' query parameter must be provided.")
    with reading() as session:
        return _people(session, request.args.get("query") or request.args.get("accountId") or "")


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
            find_issue(session.context, issue)
        elif project:
            session.context.meta.project(project)
        else:
            raise BadRequest("Either 'project', 'issueKey' or 'issueId' query parameter must be provided.")
        return _people(session, request.args.get("query") or request.args.get("accountId") or "")


@platform.get("/user/assignable/multiProjectSearch")
def find_assignable_in_projects() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-user-search/#api-rest-api-3-user-assignable-multiprojectsearch-get"""
    with reading() as session:
        for key in words("projectKeys"):
            session.context.meta.project(key)
        return _people(session, request.args.get("query") or request.args.get("accountId") or "")


@platform.get("/user/viewissue/search")
def find_viewers() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-user-search/#api-rest-api-3-user-viewissue-search-get"""
    with reading() as session:
        if key := request.args.get("issueKey"):
            find_issue(session.context, key)
        elif key := request.args.get("projectKey"):
            session.context.meta.project(key)
        else:
            raise BadRequest("Either 'issueKey' or 'projectKey' query parameter must be provided.")
        return _people(session, request.args.get("query") or request.args.get("accountId") or "")


def _people(session: Session, query: str, *, active_only: bool = True) -> Response:
    asked = page(largest=1000)
    active_only = active_only and not flag("includeInactive")
    found = search_people(session.context, query, active_only=active_only)[asked.start : asked.start + asked.limit]
    return reply([shapes.user(session, person) for person in found])
