"""People and organizations."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request

from simulator.emulators.github.auth import account_of_caller, signed_in
from simulator.emulators.github.errors import NotFound
from simulator.emulators.github.pagination import asked_page, cut, page_reply
from simulator.emulators.github.payloads.users import organization, organization_entry, person, simple_user
from simulator.emulators.github.state import users
from simulator.emulators.github.state.repositories import visible_to
from simulator.emulators.kit import accounts
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import reply, site

blueprint = Blueprint("users", __name__, url_prefix="/api/v3")


@blueprint.get("/user")
def current_user() -> Response:
    """https://docs.github.com/en/rest/users/users#get-the-authenticated-user"""
    with instance().database.reading() as connection:
        account = signed_in(connection)
        return reply(_full(connection, account, account))


@blueprint.get("/users/<login>")
def get_user(login: str) -> Response:
    """https://docs.github.com/en/rest/users/users#get-a-user"""
    with instance().database.reading() as connection:
        caller = account_of_caller(connection)
        return reply(_full(connection, _named(connection, login), caller))


@blueprint.get("/user/orgs")
def own_organizations() -> Response:
    """https://docs.github.com/en/rest/orgs/orgs#list-organizations-for-the-authenticated-user"""
    with instance().database.reading() as connection:
        found = users.organizations_of(connection, signed_in(connection))
    return _organizations(found)


@blueprint.get("/users/<login>/orgs")
def organizations_of_user(login: str) -> Response:
    """https://docs.github.com/en/rest/orgs/orgs#list-organizations-for-a-user"""
    with instance().database.reading() as connection:
        account_of_caller(connection)
        found = users.organizations_of(connection, _named(connection, login))
    return _organizations(found)


@blueprint.get("/orgs/<login>")
def get_organization(login: str) -> Response:
    """https://docs.github.com/en/rest/orgs/orgs#get-an-organization"""
    with instance().database.reading() as connection:
        caller = account_of_caller(connection)
        found = _organization(connection, login)
        body = organization(
            found,
            Urls.of_request(),
            repositories=len(visible_to(connection, found.site, caller, owner=found)),
            created_at=users.created_at(connection, found),
        )
    return reply(body)


@blueprint.get("/orgs/<login>/members")
def list_members(login: str) -> Response:
    """https://docs.github.com/en/rest/orgs/members#list-organization-members"""
    page, urls = asked_page(), Urls.of_request()
    role = request.args.get("role")
    with instance().database.reading() as connection:
        account_of_caller(connection)
        found = users.members_of(
            connection, _organization(connection, login), role=role if role in ("admin", "member") else None
        )
    return page_reply([simple_user(member, urls) for member in cut(found, page)], page=page, total=len(found))


@blueprint.get("/orgs/<login>/members/<member>")
def is_member(login: str, member: str) -> Response:
    """https://docs.github.com/en/rest/orgs/members#check-organization-membership-for-a-user"""
    with instance().database.reading() as connection:
        account_of_caller(connection)
        role = users.role_in(connection, _organization(connection, login), _named(connection, member))
    if role is None:
        raise NotFound
    return reply(None, 204)


def _organizations(found: list[Account]) -> Response:
    page, urls = asked_page(), Urls.of_request()
    return page_reply([organization_entry(each, urls) for each in cut(found, page)], page=page, total=len(found))


def _named(connection: Connection, login: str) -> Account:
    found = accounts.by_login(connection, site(), login)
    if found is None:
        raise NotFound
    return found


def _organization(connection: Connection, login: str) -> Account:
    found = _named(connection, login)
    if found.kind != "organization":
        raise NotFound
    return found


def _full(connection: Connection, account: Account, caller: Account | None) -> dict[str, Any]:
    visible = visible_to(connection, account.site, caller, owner=account)
    return person(
        account,
        Urls.of_request(),
        public_repositories=sum(not repository.private for repository in visible),
        private_repositories=sum(repository.private for repository in visible),
        created_at=users.created_at(connection, account),
        is_caller=caller is not None and caller.id == account.id,
    )
