"""Repositories: listing, making, editing and deleting them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, request

from simulator.emulators.github.auth import account_of_caller, repository_for, signed_in
from simulator.emulators.github.errors import Forbidden, NotFound
from simulator.emulators.github.pagination import asked_page, cut, page_reply
from simulator.emulators.github.payloads.repositories import full_repository
from simulator.emulators.github.repository_request import name_taken, read_changes, read_new
from simulator.emulators.github.state import repositories
from simulator.emulators.github.state.permissions import permission_of
from simulator.emulators.github.state.repositories import NameTaken, Repository, git_of
from simulator.emulators.github.state.users import role_in
from simulator.emulators.gitserver import store
from simulator.emulators.kit import accounts
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import json_body, reply, site

blueprint = Blueprint("repositories", __name__, url_prefix="/api/v3")


@blueprint.get("/user/repos")
def own_repositories() -> Response:
    """https://docs.github.com/en/rest/repos/repos#list-repositories-for-the-authenticated-user"""
    with instance().database.reading() as connection:
        account = signed_in(connection)
        return _list(connection, repositories.belonging_to(connection, site(), account))


@blueprint.get("/users/<login>/repos")
@blueprint.get("/orgs/<login>/repos")
def repositories_of(login: str) -> Response:
    """https://docs.github.com/en/rest/repos/repos#list-organization-repositories"""
    with instance().database.reading() as connection:
        caller = account_of_caller(connection)
        owner = accounts.by_login(connection, site(), login)
        if owner is None:
            raise NotFound
        return _list(connection, repositories.visible_to(connection, site(), caller, owner=owner))


@blueprint.post("/user/repos")
def create_own() -> Response:
    """https://docs.github.com/en/rest/repos/repos#create-a-repository-for-the-authenticated-user"""
    return _created(lambda _connection, account: account)


@blueprint.post("/orgs/<login>/repos")
def create_in_organization(login: str) -> Response:
    """https://docs.github.com/en/rest/repos/repos#create-an-organization-repository"""

    def owner(connection: Connection, account: Account) -> Account:
        organization = accounts.by_login(connection, site(), login)
        if organization is None or organization.kind != "organization":
            raise NotFound
        if role_in(connection, organization, account) is None:
            raise Forbidden("You need admin access to the organization before adding a repository to it.")
        return organization

    return _created(owner)


@blueprint.get("/repos/<owner>/<name>")
def get_repository(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/repos/repos#get-a-repository"""
    with instance().database.reading() as connection:
        return _one(connection, repository_for(connection, owner, name))


@blueprint.get("/repositories/<int:repository_id>")
def get_by_id(repository_id: int) -> Response:
    """https://docs.github.com/en/rest/repos/repos#get-a-repository"""
    with instance().database.reading() as connection:
        found = repositories.by_id(connection, site(), repository_id)
        if found is None:
            raise NotFound
        return _one(connection, repository_for(connection, found.owner.login, found.name))


@blueprint.patch("/repos/<owner>/<name>")
def edit_repository(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/repos/repos#update-a-repository"""
    body = json_body()
    with instance().database.writing() as connection:
        repository = repository_for(connection, owner, name, need="admin")
        changes = read_changes(connection, git_of(instance(), repository), repository, body)
        if "default_branch" in changes:
            store.set_default_branch(git_of(instance(), repository), changes["default_branch"])
        try:
            edited = repositories.edit(connection, repository, at=instance().now(), **changes)
        except NameTaken as exc:  # by somebody else, just now
            raise name_taken() from exc
        return _one(connection, edited)


@blueprint.delete("/repos/<owner>/<name>")
def delete_repository(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/repos/repos#delete-a-repository"""
    with instance().database.writing() as connection:
        repository = repository_for(connection, owner, name, need="admin")
        repositories.remove(connection, repository)
    store.delete(instance().repository_path(repository.site, repository.id))
    return reply(None, 204)


def _created(owner_of: Callable[[Connection, Account], Account]) -> Response:
    body = json_body()
    try:
        return _create(owner_of, body)
    except NameTaken as exc:  # by somebody else, just now
        raise name_taken() from exc


def _create(owner_of: Callable[[Connection, Account], Account], body: dict[str, Any]) -> Response:
    with instance().database.writing() as connection:
        account = signed_in(connection)
        owner = owner_of(connection, account)
        name, settings, files = read_new(connection, owner, body)
        made = repositories.create_repository(
            connection, instance(), site=owner.site, owner=owner, name=name, files=files, author=account, **settings
        )
        urls = Urls.of_request()
        payload = full_repository(made, urls, permission=permission_of(connection, made, account))
    return reply(payload, 201)


def _one(connection: Connection, repository: Repository) -> Response:
    account = account_of_caller(connection)
    (issues,) = repositories.open_issues(connection, [repository]).values()
    permission = permission_of(connection, repository, account) if account else None
    return reply(full_repository(repository, Urls.of_request(), open_issues=issues, permission=permission))


def _list(connection: Connection, found: list[Repository]) -> Response:
    page, urls = asked_page(), Urls.of_request()
    account = account_of_caller(connection)
    shown = cut(_sorted(_of_visibility(found)), page)
    issues = repositories.open_issues(connection, shown)
    bodies: list[dict[str, Any]] = [
        full_repository(
            repository,
            urls,
            open_issues=issues[repository.id],
            permission=permission_of(connection, repository, account) if account else None,
        )
        for repository in shown
    ]
    return page_reply(bodies, page=page, total=len(_of_visibility(found)))


def _of_visibility(found: list[Repository]) -> list[Repository]:
    wanted = request.args.get("visibility") or request.args.get("type")
    if wanted not in ("public", "private"):
        return found
    return [repository for repository in found if repository.private == (wanted == "private")]


def _sorted(found: list[Repository]) -> list[Repository]:
    keys: dict[str, Callable[[Repository], Any]] = {
        "created": lambda repository: repository.created_at,
        "updated": lambda repository: repository.updated_at,
        "pushed": lambda repository: repository.pushed_at or repository.created_at,
    }
    by = request.args.get("sort", "full_name")
    if by not in keys:
        return found[::-1] if request.args.get("direction") == "desc" else found
    return sorted(found, key=keys[by], reverse=request.args.get("direction", "desc") == "desc")
