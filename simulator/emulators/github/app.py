"""The emulated GitHub as a Flask app: every module of `routes` is registered by itself.

Refuses to know a route: look into `routes/` for the API and git, into `pages/` for what people read; one module for each
resource, each with a `blueprint`.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import secrets
from collections.abc import Mapping
from functools import lru_cache

from flask import Blueprint, Flask, Response, g, request

from simulator.emulators.github import errors, limits, pages, recovery, redirects, routes
from simulator.emulators.github.auth import accepted
from simulator.emulators.github.body_forms import add_forms
from simulator.emulators.github.pages.desk import OwnerName
from simulator.emulators.github.pages.texts import comment_html
from simulator.emulators.github.redirects import ByNumber
from simulator.emulators.gitserver.judging import HOOKS, install_hooks
from simulator.emulators.kit.app import make_app
from simulator.emulators.kit.instance import Instance
from simulator.emulators.kit.pages import Frame, register
from simulator.emulators.kit.rate_limits import RateLimits
from simulator.emulators.kit.recall import KEEP, Recall
from simulator.emulators.kit.sign_in_pages import sign_in_pages
from simulator.emulators.kit.web import JsonResponse, add_etag

API_VERSION = "2022-11-28"
_REPOSITORY = "/api/v3/repos/<owner>/<name>"
KEPT_RULES = frozenset(
    _REPOSITORY + path
    for path in (
        "",
        "/branches",
        "/collaborators",
        "/commits",
        "/issues",
        "/issues/<int:number>",
        "/issues/<int:number>/comments",
        "/issues/<int:number>/events",
        "/issues/<int:number>/timeline",
        "/issues/comments",
        "/issues/events",
        "/labels",
        "/milestones",
        "/pulls",
        "/pulls/<int:number>",
        "/pulls/<int:number>/comments",
        "/pulls/<int:number>/commits",
        "/pulls/<int:number>/files",
        "/pulls/<int:number>/reviews",
    )
)
"""Routes whose answers depend on nothing but the request and what is kept: those are given again while nothing changes."""

_LACKING = re.compile(r"/api/v3/(?:user/[a-z_]+|(?:repos/[^/]+/[^/]+|orgs/[^/]+)/rulesets/rule-suites)")
_FRAME = Frame(service="github", title="Repositories", is_api=lambda path: path.startswith("/api/"))


def create_app(instance: Instance, rate_limits: RateLimits | None = None) -> Flask:
    """The app that answers `/api/v3/…`, `/OWNER/REPO.git/…` and `/OWNER/REPO` for all sites of an instance."""
    app = make_app(__name__, instance, render_error=errors.render, lacking=_LACKING)
    errors.register(app)
    redirects.register(app)
    asked_anew = ByNumber(app.wsgi_app, instance)
    app.wsgi_app = Recall(asked_anew, instance, renewed=_renewed)  # type: ignore[method-assign] # Flask's way of putting an app in front
    install_hooks(instance.repositories.with_name(HOOKS))
    limits.install(app, rate_limits or RateLimits(instance))
    app.before_request(recovery.look_around)
    app.after_request(recovery.look_again)
    app.after_request(_add_headers)
    app.after_request(add_etag)  # the last registered runs first: before the headers that change from second to second
    app.after_request(add_forms)
    for module in pkgutil.iter_modules(routes.__path__):
        app.register_blueprint(importlib.import_module(f"{routes.__name__}.{module.name}").blueprint)
    app.url_map.converters["owner"] = OwnerName
    app.jinja_env.filters["prose"] = comment_html
    register(app, _FRAME, sign_in_pages, *_page_blueprints())
    return app


def _page_blueprints() -> list[Blueprint]:
    names = [f"{pages.__name__}.{module.name}" for module in pkgutil.iter_modules(pages.__path__)]
    loaded = [importlib.import_module(name) for name in names]
    return [module.blueprint for module in loaded if hasattr(module, "blueprint")]


def _add_headers(response: Response) -> Response:
    if not request.path.startswith("/api/"):
        return response
    caller = g.get("caller")
    every = {**_renewed(), "X-GitHub-Api-Version-Selected": API_VERSION, **limits.limit_headers(response)}
    if "X-GitHub-Media-Type" not in response.headers:
        every["X-GitHub-Media-Type"] = "github.v3; format=json"
    if caller is not None:
        every["X-OAuth-Scopes"] = _listed(caller.scopes)
        every["X-Accepted-OAuth-Scopes"] = accepted().header
        if caller.expires_at is not None:
            every["GitHub-Authentication-Token-Expiration"] = caller.expires_at.strftime("%Y-%m-%d %H:%M:%S UTC")
    if request.method == "GET" and response.status_code in (200, 304) and not response.is_streamed:
        _let_keep(every)
    if response.status_code == 201 and "Location" not in response.headers:
        _add_location(response)
    if isinstance(response, JsonResponse):
        response.further = tuple(every.items())
    else:
        response.headers.extend(every)
    return response


@lru_cache(maxsize=256)
def _listed(scopes: frozenset[str]) -> str:
    return ", ".join(sorted(scopes))


def _renewed() -> dict[str, str]:
    return {"X-GitHub-Request-Id": secrets.token_hex(12).upper()}


def _let_keep(headers: Mapping[str, str]) -> None:
    """Let an answer be given again until the hour of its X-RateLimit-Reset is over, unless more than the state decides on it."""
    rule = request.url_rule.rule if request.url_rule else ""
    ends = "GitHub-Authentication-Token-Expiration" in headers
    if rule in KEPT_RULES and not ends and not limits.are_set():
        request.environ[KEEP] = float(headers["X-RateLimit-Reset"])


def _add_location(response: Response) -> None:
    body = response.content if isinstance(response, JsonResponse) else None
    if isinstance(body, dict) and isinstance(body.get("url"), str):
        response.headers["Location"] = body["url"]
