"""Groups and the people in them."""

from __future__ import annotations

import re

from flask import Blueprint, Response, request

from simulator.emulators.jira.errors import BadRequest, NotFound
from simulator.emulators.jira.params import flag, number, page, text, words
from simulator.emulators.jira.payloads import access, shapes
from simulator.emulators.jira.payloads.pages import paged
from simulator.emulators.jira.session import Session, reading, writing
from simulator.emulators.jira.state import groups
from simulator.emulators.jira.state.access import EVERYBODY_GROUP, Group
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.people import person_by_account_id
from simulator.emulators.jira.state.permissions import require_admin
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.web import json_body, reply

platform = Blueprint("groups", __name__)

_MOST_USERS = 50
_RANGE = re.compile(r"users\[(\d{1,9}):(\d{1,9})\]")


@platform.get("/group")
def get_group() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-groups/#api-rest-api-3-group-get"""
    with reading() as session:
        return reply(_group(session, _found(session.context)))


@platform.post("/group")
def post_group() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-groups/#api-rest-api-3-group-post"""
    given = json_body()
    with writing() as session:
        return reply(_group(session, groups.create_group(session.context, text(given, "name"))), 201)


@platform.delete("/group")
def remove_group() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-groups/#api-rest-api-3-group-delete"""
    with writing() as session:
        require_admin(session.context)
        groups.delete_group(session.context, _found(session.context))
        return reply(None, 200)


@platform.get("/group/bulk")
def bulk_groups() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-groups/#api-rest-api-3-group-bulk-get"""
    asked, ids, names = page(), set(words("groupId")), {name.lower() for name in words("groupName")}
    with reading() as session:
        found = [
            group
            for group in groups.all_groups(session.context)
            if not (ids or names) or group.opaque_id in ids or group.name.lower() in names
        ]
        shown = found[asked.start : asked.start + asked.limit]
        values = [{"name": group.name, "groupId": group.opaque_id} for group in shown]
        return reply(paged(asked, values, total=len(found), address=session.rest("/group/bulk")))


@platform.get("/group/member")
def group_members() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-groups/#api-rest-api-3-group-member-get"""
    asked = page(50, 50)
    with reading() as session:
        group = _found(session.context)
        people, total = groups.members(
            session.context, group, start=asked.start, limit=asked.limit, inactive=flag("includeInactiveUsers")
        )
        values = [shapes.user(session, person) for person in people]
        return reply(paged(asked, values, total=total, address=access.group_address(session, group)))


@platform.post("/group/user")
def add_member() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-groups/#api-rest-api-3-group-user-post"""
    given = json_body()
    with writing() as session:
        require_admin(session.context)
        group, person = _found(session.context), _person(session.context, text(given, "accountId"))
        groups.set_member(session.context, group, person, included=True)
        return reply(access.group(session, group), 201)


@platform.delete("/group/user")
def remove_member() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-groups/#api-rest-api-3-group-user-delete"""
    with writing() as session:
        require_admin(session.context)
        group = _found(session.context)
        person = _person(session.context, request.args.get("accountId", ""))
        groups.set_member(session.context, group, person, included=False)
        return reply(None, 200)


@platform.get("/groups/picker")
def pick_groups() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-groups/#api-rest-api-3-groups-picker-get"""
    query, limit = request.args.get("query", ""), max(1, min(number("maxResults", 20), 1000))
    left_out = {name.lower() for name in words("exclude")} | set(words("excludeId"))
    with reading() as session:
        found = [
            group
            for group in groups.all_groups(session.context)
            if query.lower() in group.name.lower() and not {group.name.lower(), group.opaque_id} & left_out
        ]
        shown = [access.picked_group(group, query) for group in found[:limit]]
        header = f"Showing {len(shown)} of {len(found)} matching groups"
        return reply({"header": header, "total": len(found), "groups": shown})


@platform.get("/user/groups")
def user_groups() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-users/#api-rest-api-3-user-groups-get"""
    with reading() as session:
        person = _person(session.context, request.args.get("accountId", ""))
        return reply([access.group(session, group) for group in groups.groups_of(session.context, person)])


@platform.get("/applicationrole")
def application_roles() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-application-roles/#api-rest-api-3-applicationrole-get"""
    with reading() as session:
        require_admin(session.context)
        return reply([_application_role(session.context)])


@platform.get("/applicationrole/<key>")
def application_role(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-application-roles/#api-rest-api-3-applicationrole-key-get"""
    with reading() as session:
        require_admin(session.context)
        found = _application_role(session.context)
        if key != found["key"]:
            raise NotFound(f"The application role with key '{key[:80]}' does not exist.")
        return reply(found)


def _application_role(context: Context) -> shapes.Json:
    everybody = context.meta.access.groups[EVERYBODY_GROUP]
    _, people = groups.members(context, everybody, start=0, limit=0)
    return access.application_role([everybody], people)


def _found(context: Context) -> Group:
    return groups.find_group(context, name=request.args.get("groupname"), opaque_id=request.args.get("groupId"))


def _person(context: Context, account_id: str) -> Account:
    if not account_id:
        raise BadRequest("The parameter 'accountId' is required.")
    person = person_by_account_id(context, account_id)
    if person is None:
        raise NotFound("Specified user does not exist or you do not have required permissions")
    return person


def _group(session: Session, group: Group) -> shapes.Json:
    """A group with its people where `expand` asks for them: `users`, or `users[from:to]` for some, at most fifty."""
    expand = request.args.get("expand", "")
    some = _RANGE.search(expand)
    start, end = (int(some[1]), int(some[2])) if some else (0, _MOST_USERS - 1)
    limit = max(0, min(end - start + 1, _MOST_USERS)) if "users" in expand else 0
    people, total = groups.members(session.context, group, start=start, limit=limit)
    users = access.user_list(session, people, start=start, limit=_MOST_USERS, total=total)
    return access.group(session, group) | {"users": users, "expand": "users"}
