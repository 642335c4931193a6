"""Stars, and who watches repositories."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, request

from simulator.emulators.github.auth import reads_as, repository_for, signed_in
from simulator.emulators.github.desk import named_account, place_for, work_for
from simulator.emulators.github.errors import NotFound
from simulator.emulators.github.fields import Fields, word_argument
from simulator.emulators.github.pagination import asked_page, page_reply
from simulator.emulators.github.payloads.repositories import full_repository
from simulator.emulators.github.payloads.users import simple_user
from simulator.emulators.github.state import watching
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.state.repository_facts import facts_of
from simulator.emulators.github.state.watching import STAR, WATCH, Watched
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import json_body, reply, stamp_seconds

blueprint = Blueprint("watching", __name__, url_prefix="/api/v3")


@blueprint.get("/repos/<owner>/<name>/subscribers")
def subscribers(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/activity/watching#list-watchers"""
    return _people(owner, name, WATCH)


@blueprint.get("/repos/<owner>/<name>/stargazers")
def stargazers(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/activity/starring#list-stargazers"""
    return _people(owner, name, STAR)


@blueprint.get("/repos/<owner>/<name>/subscription")
def subscription(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/activity/watching#get-a-repository-subscription"""
    with instance().database.reading() as connection:
        account = signed_in(connection)
        repository = repository_for(connection, owner, name)
        since = watching.since_when(connection, repository, account, WATCH)
    if since is None:
        raise NotFound
    return reply(_subscription(repository, since))


@blueprint.put("/repos/<owner>/<name>/subscription")
def subscribe(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/activity/watching#set-a-repository-subscription"""
    fields = Fields(json_body(), "Subscription")
    wanted, ignored = fields.flag("subscribed", default=True), fields.flag("ignored")
    with work_for(owner, name) as work:
        if wanted and not ignored:
            since = watching.begin(work, WATCH)
        else:
            watching.end(work, WATCH)
            since = work.at
    return reply(_subscription(work.repository, since, subscribed=wanted and not ignored, ignored=ignored))


@blueprint.delete("/repos/<owner>/<name>/subscription")
def unsubscribe(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/activity/watching#delete-a-repository-subscription"""
    with work_for(owner, name) as work:
        watching.end(work, WATCH)
    return reply(None, 204)


@blueprint.get("/user/starred/<owner>/<name>")
def is_starred(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/activity/starring#check-if-a-repository-is-starred-by-the-authenticated-user"""
    with instance().database.reading() as connection:
        account = signed_in(connection)
        repository = repository_for(connection, owner, name)
        if watching.since_when(connection, repository, account, STAR) is None:
            raise NotFound
    return reply(None, 204)


@blueprint.put("/user/starred/<owner>/<name>")
def star(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/activity/starring#star-a-repository-for-the-authenticated-user"""
    with work_for(owner, name) as work:
        watching.begin(work, STAR)
    return reply(None, 204)


@blueprint.delete("/user/starred/<owner>/<name>")
def unstar(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/activity/starring#unstar-a-repository-for-the-authenticated-user"""
    with work_for(owner, name) as work:
        watching.end(work, STAR)
    return reply(None, 204)


@blueprint.get("/user/starred")
def own_stars() -> Response:
    """https://docs.github.com/en/rest/activity/starring#list-repositories-starred-by-the-authenticated-user"""
    with instance().database.reading() as connection:
        return _repositories(connection, signed_in(connection), STAR)


@blueprint.get("/users/<login>/starred")
def stars_of(login: str) -> Response:
    """https://docs.github.com/en/rest/activity/starring#list-repositories-starred-by-a-user"""
    with instance().database.reading() as connection:
        return _repositories(connection, named_account(connection, login), STAR)


@blueprint.get("/user/subscriptions")
def own_subscriptions() -> Response:
    """https://docs.github.com/en/rest/activity/watching#list-repositories-watched-by-the-authenticated-user"""
    with instance().database.reading() as connection:
        return _repositories(connection, signed_in(connection), WATCH)


@blueprint.get("/users/<login>/subscriptions")
def subscriptions_of(login: str) -> Response:
    """https://docs.github.com/en/rest/activity/watching#list-repositories-watched-by-a-user"""
    with instance().database.reading() as connection:
        return _repositories(connection, named_account(connection, login), WATCH)


def _people(owner: str, name: str, kind: str) -> Response:
    page, urls = asked_page(), Urls.of_request()
    with place_for(owner, name) as place:
        found, total = watching.watchers_of(
            place.connection, place.repository, kind, offset=page.offset, limit=page.size
        )
    bodies: Sequence[Any] = [simple_user(each.account, urls) for each in found]
    if kind == STAR and _with_dates():
        bodies = [
            {"starred_at": stamp_seconds(each.since), "user": body} for each, body in zip(found, bodies, strict=True)
        ]
    return page_reply(bodies, page=page, total=total)


def _repositories(connection: Connection, account: Account, kind: str) -> Response:
    page = asked_page()
    found, total = watching.watched_by(
        connection,
        account,
        kind,
        viewer=reads_as(connection),
        rising=word_argument("direction", ("asc", "desc"), "desc") == "asc",
        offset=page.offset,
        limit=page.size,
    )
    return page_reply(_bodies(connection, found, dated=kind == STAR and _with_dates()), page=page, total=total)


def _bodies(connection: Connection, found: Sequence[Watched], *, dated: bool) -> list[dict[str, Any]]:
    urls = Urls.of_request()
    facts = facts_of(connection, instance(), [each.repository for each in found])
    bodies = [full_repository(each.repository, urls, facts=facts[each.repository.id]) for each in found]
    if not dated:
        return bodies
    return [{"starred_at": stamp_seconds(each.since), "repo": body} for each, body in zip(found, bodies, strict=True)]


def _with_dates() -> bool:
    return "star+json" in request.headers.get("Accept", "")


def _subscription(
    repository: Repository, since: datetime, *, subscribed: bool = True, ignored: bool = False
) -> dict[str, Any]:
    urls = Urls.of_request()
    return {
        "subscribed": subscribed,
        "ignored": ignored,
        "reason": None,
        "created_at": stamp_seconds(since),
        "url": urls.api(f"{repository.path}/subscription"),
        "repository_url": urls.api(repository.path),
    }
