"""A request's transaction: opened, the caller known, the site's configuration at hand, durable before the reply leaves.

Credentials are Basic with e-mail and API token, or Bearer with the token alone:
https://developer.atlassian.com/cloud/jira/platform/basic-auth-for-rest-apis/
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from flask import current_app, request

from simulator.emulators.jira.errors import Unauthorized
from simulator.emulators.jira.state.callers import open_context, take_turn
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.meta import MetaCache
from simulator.emulators.kit import web
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.urls import Urls

META_CACHE = "jira.meta"
"""Where the app keeps its MetaCache."""


@dataclass(frozen=True, kw_only=True)
class Session:
    """What a route works with. `api` is the version whose text form counts: "2" for wiki text, "3" for documents."""

    context: Context
    api: str

    @cached_property
    def urls(self) -> Urls:
        """URLs as the caller would reach them."""
        return Urls.of_request()

    def rest(self, path: str) -> str:
        """A platform REST address of the version that the caller speaks."""
        return self.urls.jira(f"/rest/api/{self.api}{path}")

    def agile(self, path: str) -> str:
        """An agile REST address."""
        return self.urls.jira(f"/rest/agile/1.0{path}")


@contextmanager
def reading() -> Iterator[Session]:
    """A transaction that only reads. Raises Unauthorized."""
    credentials, cache = _credentials(), _cache()
    with instance().database.reading() as connection:
        context = open_context(
            connection, cache, site=web.site(), email=credentials.user, token=credentials.token, now=instance().now()
        )
        yield _session(context)


@contextmanager
def writing() -> Iterator[Session]:
    """A transaction that is durable when the block ends and undone when it raises. Raises Unauthorized."""
    credentials, cache = _credentials(), _cache()
    with instance().database.writing() as connection:
        take_turn(connection, web.site())
        context = open_context(
            connection, cache, site=web.site(), email=credentials.user, token=credentials.token, now=instance().now()
        )
        session = _session(context)
        yield session
        announce(session)


def is_known_caller() -> bool:
    """Whether the credentials of a request to the API are good: asked of one that is refused, as nobody learns why else.

    Pages and the address that asks for no credentials are open to everybody.
    """
    if not request.path.startswith("/rest/") or request.path.endswith("/serverInfo"):
        return True
    try:
        with reading():
            return True
    except Unauthorized:
        return False


def announce(session: Session) -> None:
    """Tell the webhooks what the session's changes were; called once, when all are made."""
    if session.context.notices:
        _announcing().announce(session, instance())


@cache
def _announcing() -> Any:  # Any: a module, imported when first wanted: payloads know sessions
    return importlib.import_module("simulator.emulators.jira.announce")


def api_version() -> str:
    """The version that the address names; agile and `latest` speak version 2's text."""
    return "3" if request.path.startswith("/rest/api/3/") else "2"


def _session(context: Context | None) -> Session:
    if context is None:
        raise Unauthorized
    return Session(context=context, api=api_version())


def _cache() -> MetaCache:
    cache: MetaCache = current_app.extensions[META_CACHE]
    return cache


def _credentials() -> web.Credentials:
    presented = web.credentials()
    basic = request.environ.get("HTTP_AUTHORIZATION", "")[:6].lower() == "basic "
    if presented is None or (basic and not presented.user):
        raise Unauthorized
    return presented
