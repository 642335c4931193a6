"""What hangs on an issue: watchers, properties, remote links."""

from __future__ import annotations

from flask import Blueprint, Response, request

from simulator.emulators.jira.errors import BadRequest, NotFound
from simulator.emulators.jira.payloads import shapes
from simulator.emulators.jira.session import Session, reading, writing
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.issues import Issue, find_issue
from simulator.emulators.jira.state.people import people_by_id, person_by_account_id
from simulator.emulators.jira.state.permissions import may, require
from simulator.emulators.jira.state.properties import delete_property, find_property, properties_of, set_property
from simulator.emulators.jira.state.remote_links import (
    RemoteLink,
    delete_remote_link,
    find_global_link,
    find_remote_link,
    remote_links_of,
    save_remote_link,
)
from simulator.emulators.jira.state.watchers import add_watcher, remove_watcher, watchers_of
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.web import json_body, json_value, reply

platform = Blueprint("issue_parts", __name__)


@platform.get("/issue/<key>/watchers")
def get_watchers(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-watchers/#api-rest-api-3-issue-issueidorkey-watchers-get"""
    with reading() as session:
        issue = find_issue(session.context, key)
        watching = watchers_of(session.context, [issue.id])[issue.id]
        named = watching if may(session.context, "VIEW_VOTERS_AND_WATCHERS", issue=issue) else []
        people = people_by_id(session.context, named)
        return reply(
            {
                "self": session.rest(f"/issue/{issue.key}/watchers"),
                "isWatching": session.context.account.id in watching,
                "watchCount": len(watching),
                "watchers": [shapes.user(session, people[number]) for number in named],
            }
        )


@platform.post("/issue/<key>/watchers")
def post_watcher(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-watchers/#api-rest-api-3-issue-issueidorkey-watchers-post

    The body is a bare JSON string; without one the caller watches.
    """
    account_id = json_value()
    if not isinstance(account_id, str | None):
        raise BadRequest("The request body must be the accountId of a user, as a JSON string.")
    with writing() as session:
        issue = find_issue(session.context, key)
        person = session.context.account if account_id is None else _person(session.context, account_id)
        add_watcher(session.context, issue, person)
        return reply(None, 204)


@platform.delete("/issue/<key>/watchers")
def remove_watchers(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-watchers/#api-rest-api-3-issue-issueidorkey-watchers-delete"""
    account_id = request.args.get("accountId") or request.args.get("username")
    with writing() as session:
        issue = find_issue(session.context, key)
        if not account_id:
            raise BadRequest("The query parameter 'accountId' is required.")
        remove_watcher(session.context, issue, _person(session.context, account_id))
        return reply(None, 204)


def _person(context: Context, account_id: str) -> Account:
    person = person_by_account_id(context, account_id)
    if person is None:
        raise NotFound(f"The user with accountId '{account_id}' does not exist.")
    return person


@platform.get("/issue/<key>/properties")
def list_properties(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-properties/#api-rest-api-3-issue-issueidorkey-properties-get"""
    with reading() as session:
        issue = find_issue(session.context, key)
        names = properties_of(session.context, [issue.id])[issue.id]
        base = session.rest(f"/issue/{issue.key}/properties/")
        return reply({"keys": [{"self": base + name, "key": name} for name in names]})


@platform.get("/issue/<key>/properties/<name>")
def get_property(key: str, name: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-properties/#api-rest-api-3-issue-issueidorkey-properties-propertykey-get"""
    with reading() as session:
        value = find_property(session.context, find_issue(session.context, key), name)
        return reply({"key": name, "value": value})


@platform.put("/issue/<key>/properties/<name>")
def put_property(key: str, name: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-properties/#api-rest-api-3-issue-issueidorkey-properties-propertykey-put"""
    value = json_value()
    if not request.get_data(cache=True).strip():
        raise BadRequest("The property value must not be empty.")
    with writing() as session:
        new = set_property(session.context, find_issue(session.context, key, lock=True), name, value)
        return reply({}, 201 if new else 200)


@platform.delete("/issue/<key>/properties/<name>")
def remove_property(key: str, name: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-properties/#api-rest-api-3-issue-issueidorkey-properties-propertykey-delete"""
    with writing() as session:
        delete_property(session.context, find_issue(session.context, key), name)
        return reply(None, 204)


@platform.get("/issue/<key>/remotelink")
def list_remote_links(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-remote-links/#api-rest-api-3-issue-issueidorkey-remotelink-get"""
    wanted = request.args.get("globalId")
    with reading() as session:
        issue = find_issue(session.context, key)
        if wanted is not None:
            return reply(_remote_link(session, issue, find_global_link(session.context, issue, wanted)))
        return reply([_remote_link(session, issue, link) for link in remote_links_of(session.context, issue)])


@platform.delete("/issue/<key>/remotelink")
def remove_global_link(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-remote-links/#api-rest-api-3-issue-issueidorkey-remotelink-delete"""
    wanted = request.args.get("globalId")
    with writing() as session:
        issue = find_issue(session.context, key)
        require(session.context, "LINK_ISSUES", issue=issue)
        if not wanted:
            raise BadRequest(errors={"globalId": "'globalId' is required."})
        delete_remote_link(session.context, issue, find_global_link(session.context, issue, wanted))
        return reply(None, 204)


@platform.post("/issue/<key>/remotelink")
def post_remote_link(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-remote-links/#api-rest-api-3-issue-issueidorkey-remotelink-post"""
    given = json_body()
    with writing() as session:
        issue = find_issue(session.context, key, lock=True)
        require(session.context, "LINK_ISSUES", issue=issue)
        link_id, new = save_remote_link(session.context, issue, given)
        return reply({"id": link_id, "self": _remote_address(session, issue, link_id)}, 201 if new else 200)


@platform.get("/issue/<key>/remotelink/<number>")
def get_remote_link(key: str, number: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-remote-links/#api-rest-api-3-issue-issueidorkey-remotelink-linkid-get"""
    with reading() as session:
        issue = find_issue(session.context, key)
        return reply(_remote_link(session, issue, find_remote_link(session.context, issue, number)))


@platform.put("/issue/<key>/remotelink/<number>")
def put_remote_link(key: str, number: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-remote-links/#api-rest-api-3-issue-issueidorkey-remotelink-linkid-put"""
    given = json_body()
    with writing() as session:
        issue = find_issue(session.context, key, lock=True)
        require(session.context, "LINK_ISSUES", issue=issue)
        save_remote_link(session.context, issue, given, link=find_remote_link(session.context, issue, number))
        return reply(None, 204)


@platform.delete("/issue/<key>/remotelink/<number>")
def remove_remote_link(key: str, number: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-remote-links/#api-rest-api-3-issue-issueidorkey-remotelink-linkid-delete"""
    with writing() as session:
        issue = find_issue(session.context, key)
        require(session.context, "LINK_ISSUES", issue=issue)
        delete_remote_link(session.context, issue, find_remote_link(session.context, issue, number))
        return reply(None, 204)


def _remote_address(session: Session, issue: Issue, link_id: int) -> str:
    return session.rest(f"/issue/{issue.key}/remotelink/{link_id}")


def _remote_link(session: Session, issue: Issue, link: RemoteLink) -> shapes.Json:
    shape = {"id": link.id, "self": _remote_address(session, issue, link.id), **link.content}
    return shape | {"globalId": link.global_id} if link.global_id else shape
