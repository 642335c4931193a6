"""Public events of repositories, people and organizations, made for polling.

Source: https://docs.github.com/en/rest/activity/events
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response

from simulator.emulators.github.auth import account_of_caller, reads_as
from simulator.emulators.github.desk import named_account, place_for
from simulator.emulators.github.errors import NotFound
from simulator.emulators.github.pagination import Page, asked_page, link_header
from simulator.emulators.github.payloads.feed import feed_payloads
from simulator.emulators.github.state import feed
from simulator.emulators.github.state.repositories import may_see
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import reply, site

blueprint = Blueprint("feeds", __name__, url_prefix="/api/v3")

_POLL_S = 60
"""Seconds to wait between two looks at a feed."""


@blueprint.get("/repos/<owner>/<name>/events")
def of_repository(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/activity/events#list-repository-events"""
    page = asked_page()
    with place_for(owner, name) as place:
        found, total = feed.events_of_repository(
            place.connection, place.site, place.repository.id, offset=page.offset, limit=page.size
        )
        bodies = feed_payloads(place.connection, place.instance, place.site, found, Urls.of_request())
    return _reply(bodies, page, total)


@blueprint.get("/events")
def of_everybody() -> Response:
    """https://docs.github.com/en/rest/activity/events#list-public-events"""
    with instance().database.reading() as connection:
        account_of_caller(connection)
        return _listed(connection, places=feed.public_places())


@blueprint.get("/orgs/<login>/events")
def of_organization(login: str) -> Response:
    """https://docs.github.com/en/rest/activity/events#list-public-organization-events"""
    with instance().database.reading() as connection:
        account_of_caller(connection)
        owner = named_account(connection, login)
        if owner.kind != "organization":
            raise NotFound
        return _listed(connection, places=feed.public_places(owner_id=owner.id))


@blueprint.get("/users/<login>/events")
def of_user(login: str) -> Response:
    """https://docs.github.com/en/rest/activity/events#list-events-for-the-authenticated-user"""
    with instance().database.reading() as connection:
        viewer, person = reads_as(connection), named_account(connection, login)
        own = viewer is not None and viewer.id == person.id
        return _listed(connection, places=may_see(viewer) if own else feed.public_places(), actor_id=person.id)


@blueprint.get("/users/<login>/events/public")
def public_of_user(login: str) -> Response:
    """https://docs.github.com/en/rest/activity/events#list-public-events-for-a-user"""
    with instance().database.reading() as connection:
        account_of_caller(connection)
        return _listed(connection, places=feed.public_places(), actor_id=named_account(connection, login).id)


@blueprint.get("/users/<login>/received_events")
def received_by_user(login: str) -> Response:
    """https://docs.github.com/en/rest/activity/events#list-events-received-by-the-authenticated-user

    What happens in the repositories a person watches.
    """
    with instance().database.reading() as connection:
        viewer, person = reads_as(connection), named_account(connection, login)
        own = viewer is not None and viewer.id == person.id
        seen = may_see(viewer) if own else feed.public_places()
        return _listed(connection, places=seen & feed.watched_places(person))


@blueprint.get("/users/<login>/received_events/public")
def publicly_received_by_user(login: str) -> Response:
    """https://docs.github.com/en/rest/activity/events#list-public-events-received-by-a-user"""
    with instance().database.reading() as connection:
        account_of_caller(connection)
        places = feed.public_places() & feed.watched_places(named_account(connection, login))
        return _listed(connection, places=places)


def _listed(connection: Connection, *, places: Any, actor_id: int | None = None) -> Response:
    # Any: a condition that only state may name
    page = asked_page()
    found, total = feed.events_of(
        connection, site(), places=places, actor_id=actor_id, offset=page.offset, limit=page.size
    )
    return _reply(feed_payloads(connection, instance(), site(), found, Urls.of_request()), page, total)


def _reply(bodies: Sequence[object], page: Page, total: int) -> Response:
    link = link_header(page, total)
    return reply(bodies, headers={"X-Poll-Interval": str(_POLL_S), **({"Link": link} if link else {})})
