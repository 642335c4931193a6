"""The emulated GitHub as a Flask app: every module of `routes` is registered by itself.

Refuses to know a route: look into `routes/` for the API and git, into `pages/` for what people read; one module for each
resource, each with a `blueprint`.
"""

from __future__ import annotations

import importlib
import pkgutil
import secrets

from flask import Blueprint, Flask, Response, g, request

from simulator.emulators.github import errors, pages, routes
from simulator.emulators.github.limits import rate_limit
from simulator.emulators.github.pages.desk import OwnerName
from simulator.emulators.github.pages.texts import comment_html
from simulator.emulators.gitserver.receiving import HOOKS, install_hooks
from simulator.emulators.kit.app import make_app
from simulator.emulators.kit.instance import Instance
from simulator.emulators.kit.pages import Frame, register
from simulator.emulators.kit.sign_in_pages import sign_in_pages
from simulator.emulators.kit.web import add_etag

API_VERSION = "2022-11-28"
_FRAME = Frame(service="github", title="Repositories", is_api=lambda path: path.startswith("/api/"))


def create_app(instance: Instance) -> Flask:
    """The app that answers `/api/v3/…`, `/OWNER/REPO.git/…` and `/OWNER/REPO` for all sites of an instance."""
    app = make_app(__name__, instance, render_error=errors.render)
    errors.register(app)
    install_hooks(instance.repositories.with_name(HOOKS))
    app.after_request(lambda response: _add_headers(response, instance))
    app.after_request(add_etag)  # the last registered runs first: before the headers that change from second to second
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


def _add_headers(response: Response, instance: Instance) -> Response:
    if not request.path.startswith("/api/"):
        return response
    caller = g.get("caller")
    limit = rate_limit(instance.now())
    response.headers.setdefault("X-GitHub-Media-Type", "github.v3; format=json")
    response.headers.update(
        {
            "X-GitHub-Request-Id": secrets.token_hex(12).upper(),
            "X-GitHub-Api-Version-Selected": API_VERSION,
            **{f"X-RateLimit-{name.capitalize()}": str(value) for name, value in limit.items()},
            "X-RateLimit-Resource": "search" if request.path.startswith("/api/v3/search/") else "core",
        }
    )
    if caller is not None:
        response.headers["X-OAuth-Scopes"] = ", ".join(sorted(caller.scopes))
        response.headers["X-Accepted-OAuth-Scopes"] = "repo"
    if response.status_code == 201 and "Location" not in response.headers:
        _add_location(response)
    return response


def _add_location(response: Response) -> None:
    body = response.get_json(silent=True)
    if isinstance(body, dict) and isinstance(body.get("url"), str):
        response.headers["Location"] = body["url"]
