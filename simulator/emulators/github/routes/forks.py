"""Forks of a repository, and bringing a fork up to date with what it was forked from."""

from __future__ import annotations

from flask import Blueprint, Response

from simulator.emulators.github.announce import announce_now
from simulator.emulators.github.auth import account_of_caller, repository_for, signed_in
from simulator.emulators.github.desk import place_for, work_for
from simulator.emulators.github.errors import Forbidden, NotFound, ValidationFailed
from simulator.emulators.github.fields import Fields, word_argument
from simulator.emulators.github.pagination import asked_page, page_reply
from simulator.emulators.github.repository_bodies import repository_bodies, repository_body
from simulator.emulators.github.repository_request import name_taken, read_name
from simulator.emulators.github.state import forks, upstream
from simulator.emulators.github.state.forks import ForkWish
from simulator.emulators.github.state.permissions import allows, permission_of
from simulator.emulators.github.state.repositories import NameTaken, Repository, git_of, lock
from simulator.emulators.github.state.revisions import is_empty
from simulator.emulators.github.state.users import role_in
from simulator.emulators.kit import accounts
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import json_body, reply, site

blueprint = Blueprint("forks", __name__, url_prefix="/api/v3/repos/<owner>/<name>")

_EMPTY = "The repository exists, but it contains no Git content. Empty repositories cannot be forked."
_A_PERSON = "'{login}' is the login for a user account. You must pass the login for an organization account."


@blueprint.get("/forks")
def list_forks(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/repos/forks#list-forks"""
    page, sort = asked_page(), word_argument("sort", forks.SORTS, "newest")
    with place_for(owner, name) as place:
        viewer = account_of_caller(place.connection)
        found, total = forks.list_forks(
            place.connection, place.repository, viewer, sort=sort, offset=page.offset, limit=page.size
        )
        bodies = repository_bodies(place.connection, place.instance, found, viewer, Urls.of_request())
    return page_reply(bodies, page=page, total=total)


@blueprint.post("/forks")
def create_fork(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/repos/forks#create-a-fork"""
    fields = Fields(json_body(), "Fork")
    wanted = read_name(fields.required("name")) if fields.body.get("name") else None
    only_default, organization = fields.flag("default_branch_only"), fields.text("organization", limit=100)
    with instance().database.writing() as connection:
        actor = signed_in(connection)
        parent = repository_for(connection, owner, name)
        lock(connection, parent)  # of two wishes at once the second finds what the first has made
        into = _organization(connection, organization, actor) if organization else actor
        wish = ForkWish(owner=into, name=wanted, default_branch_only=only_default)
        made = _forked(connection, parent, wish, actor)
        body = repository_body(connection, instance(), made, actor, Urls.of_request())
    return reply(body, 202)


@blueprint.post("/merge-upstream")
def merge_upstream(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/branches/branches#sync-a-fork-branch-with-the-upstream-repository"""
    branch = Fields(json_body(), "Repository").required("branch", limit=255)
    with work_for(owner, name, need="push") as work:
        synced = upstream.sync(work, branch)
    return reply({"message": synced.message, "merge_type": synced.kind, "base_branch": synced.base_branch})


def _forked(connection: Connection, parent: Repository, wish: ForkWish, actor: Account) -> Repository:
    there = forks.fork_of(connection, parent, wish.owner)
    renamed = wish.name is not None and there is not None and wish.name.lower() != there.name.lower()
    if there is not None and not (renamed and there.id == parent.id and wish.owner.kind == "organization"):
        return there  # docs.github.com: an account has one fork of a network at most; an organization may fork its own
    _check_forkable(connection, parent, actor)
    try:
        made = forks.make_fork(connection, instance(), parent, wish, actor)
    except NameTaken as exc:
        raise name_taken() from exc
    announce_now(connection, instance(), parent, actor, "fork", None, fork_id=made.id)
    return made


def _check_forkable(connection: Connection, parent: Repository, actor: Account) -> None:
    if is_empty(git_of(instance(), parent)):
        raise Forbidden(_EMPTY)
    forbidden = parent.private and not parent.allows_forking
    if forbidden and not allows(permission_of(connection, parent, actor), "admin"):
        raise Forbidden("Forking is disabled for this repository.")


def _organization(connection: Connection, login: str, actor: Account) -> Account:
    found = accounts.by_login(connection, site(), login)
    if found is None:
        raise NotFound
    if found.kind != "organization":
        raise ValidationFailed(message=_A_PERSON.format(login=found.login))
    if role_in(connection, found, actor) is None:
        raise Forbidden("You do not have permission to create forks in this organization.")
    return found
