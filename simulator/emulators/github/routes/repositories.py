"""Repositories: making, showing, editing and deleting them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response

from simulator.emulators.github.announce import announce_now
from simulator.emulators.github.auth import account_of_caller, has_scope, repository_for, signed_in
from simulator.emulators.github.errors import Forbidden, NotFound
from simulator.emulators.github.repository_bodies import repository_body
from simulator.emulators.github.repository_request import name_taken, read_changes, read_new
from simulator.emulators.github.state import departures, edits, repositories
from simulator.emulators.github.state.new_repositories import create_repository
from simulator.emulators.github.state.profiles import profile_of
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
        role = role_in(connection, organization, account)
        if role != "admin" and not (role and _may_create(connection, organization)):
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
        edits.follow_edit(connection, instance(), repository, edited, signed_in(connection))
        return _one(connection, edited)


@blueprint.delete("/repos/<owner>/<name>")
def delete_repository(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/repos/repos#delete-a-repository"""
    with instance().database.writing() as connection:
        repository = repository_for(connection, owner, name, need="admin")
        folders = departures.remove(connection, instance(), repository, signed_in(connection))
    for folder in folders:
        store.delete(folder)
    return reply(None, 204)


def _may_create(connection: Connection, organization: Account) -> bool:
    private = bool(json_body().get("private")) or json_body().get("visibility") in ("private", "internal")
    settings = profile_of(connection, organization).fields
    own = f"members_can_create_{'private' if private else 'public'}_repositories"
    return bool(settings.get("members_can_create_repositories", True) and settings.get(own, True))


def _created(owner_of: Callable[[Connection, Account], Account]) -> Response:
    body = json_body()
    try:
        return _create(owner_of, body)
    except NameTaken as exc:  # by somebody else, just now
        raise name_taken() from exc


def _create(owner_of: Callable[[Connection, Account], Account], given: dict[str, Any]) -> Response:
    with instance().database.writing() as connection:
        account = signed_in(connection)
        owner = owner_of(connection, account)
        name, settings, files = read_new(connection, owner, given)
        if settings.get("private") and not has_scope(connection, "repo"):
            raise NotFound
        made = create_repository(
            connection, instance(), site=owner.site, owner=owner, name=name, files=files, author=account, **settings
        )
        announce_now(connection, instance(), made, account, "repository", "created")
        body = repository_body(connection, instance(), made, account, Urls.of_request())
    return reply(body, 201)


def _one(connection: Connection, repository: Repository) -> Response:
    account = account_of_caller(connection)
    return reply(repository_body(connection, instance(), repository, account, Urls.of_request()))
