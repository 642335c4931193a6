"""Rate limits at the border: every request of the API is counted before it is answered, and the headers say what is left.

Answers of 304 and questions about the limit itself cost nothing. Where no limit is set for a site nothing is refused, and the
headers show the usual limit with one request used.
Source: https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from flask import Flask, Response, current_app, g, request

from simulator.emulators.github.auth import caller
from simulator.emulators.github.errors import RateLimitExceeded
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.rate_limits import Caller, RateLimits, Usage
from simulator.emulators.kit.web import reply, site

WITHIN = "github.within"
"""Key of the WSGI environment: set for what a GraphQL mutation asks of a REST route, which is counted already."""

_EXTENSION = "github.rate_limits"
_FREE = ("/api/v3/rate_limit",)
_OF_NOBODY = (
    "API rate limit exceeded for {address}. (But here's the good news: Authenticated requests get a higher rate limit. "
    "Check out the documentation for more details.)"
)


def install(app: Flask, limits: RateLimits) -> None:
    """Let an app count by these limits."""
    app.extensions[_EXTENSION] = limits
    app.before_request(_count)


def are_set() -> bool:
    """Whether requests of the present site are counted."""
    return _limits().of(site()) is not None


def usage_of(resource: str) -> Usage:
    """What the caller has used of a resource: core, search, graphql or code_search."""
    return _limits().usage(_counted_as(), resource)


def charge(points: int) -> None:
    """Count points beyond the one that each request costs: for queries that cost more."""
    if g.get("charged") and points > 0:
        _limits().take(_counted_as(), resource_of_request(), points=points)


def resource_of_request() -> str:
    """Which count the present request is of."""
    if request.path == "/api/graphql":
        return "graphql"
    if not request.path.startswith("/api/v3/search/"):
        return "core"
    return "code_search" if request.path == "/api/v3/search/code" else "search"


def limit_headers(response: Response) -> Mapping[str, str]:
    """The X-RateLimit-* headers of a reply; a 304 is not counted any more."""
    resource = resource_of_request()
    if response.status_code == 304 and g.pop("charged", None):
        _limits().give_back(_counted_as(), resource)
    return _headers(usage_of(resource))


@lru_cache(maxsize=256)
def _headers(usage: Usage) -> Mapping[str, str]:
    return {
        "X-RateLimit-Limit": str(usage.limit),
        "X-RateLimit-Remaining": str(usage.remaining),
        "X-RateLimit-Reset": str(usage.reset),
        "X-RateLimit-Used": str(usage.used),
        "X-RateLimit-Resource": usage.resource,
    }


def _count() -> Response | None:
    if not request.path.startswith("/api/") or _limits().of(site()) is None or request.path in _FREE:
        return None
    if request.environ.get(WITHIN):
        return None
    with instance().database.reading() as connection:
        caller(connection)
    counted, resource = _counted_as(), resource_of_request()
    if counted.account_id is None and resource == "graphql":
        return None  # it is told to sign in
    if _limits().take(counted, resource) is not None:
        g.charged = True
        return None
    if resource == "graphql":  # 200, as GitHub does: docs.github.com/en/graphql/overview/rate-limits-and-query-limits
        return reply({"errors": [{"type": "RATE_LIMITED", "message": _words(counted)}]})
    raise RateLimitExceeded(_words(counted))


def _words(counted: Caller) -> str:
    if counted.account_id is None:
        return _OF_NOBODY.format(address=counted.address)
    return f"API rate limit exceeded for user ID {counted.account_id}."


def _counted_as() -> Caller:
    found = g.get("caller")
    if found is None:
        return Caller(site(), None, request.remote_addr or "")
    return Caller(site(), found.account.id)


def _limits() -> RateLimits:
    found: RateLimits = current_app.extensions[_EXTENSION]
    return found
