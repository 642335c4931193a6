"""The emulated Jira as a Flask app: every module of `routes` is registered, the platform ones for each version.

Refuses to know a route: look into `pages/` for what people read, one `blueprint` a module, and into `routes/` for the API. A
module of `routes` has `platform` (below `/rest/api/2`, `/3` and `/latest`), `agile` (below `/rest/agile/1.0`) or `software`
(below `/rest/software/1.0`) blueprints; `dev_status` and `webhooks` lie below `/rest/dev-status/1.0` and `/rest/webhooks/1.0`.
"""

from __future__ import annotations

import importlib
import pkgutil
import re

from flask import Blueprint, Flask, Response

from simulator.emulators.jira import errors, pages, routes
from simulator.emulators.jira.jql.errors import JqlError
from simulator.emulators.jira.pages.desk import rich_text
from simulator.emulators.jira.payloads.attachments import size_in_words
from simulator.emulators.jira.session import META_CACHE, is_known_caller
from simulator.emulators.jira.state.durations import pretty
from simulator.emulators.jira.state.meta import MetaCache
from simulator.emulators.kit.app import make_app
from simulator.emulators.kit.instance import Instance
from simulator.emulators.kit.pages import Frame, register
from simulator.emulators.kit.sign_in_pages import sign_in_pages
from simulator.emulators.kit.web import reply

_PLACES = {
    "platform": ("/rest/api/2", "/rest/api/3", "/rest/api/latest"),
    "agile": ("/rest/agile/1.0",),
    "software": ("/rest/software/1.0",),
    "auth": ("/rest/auth/1", "/rest/auth/latest"),
    "applinks": ("/rest/applinks/1.0", "/rest/applinks/latest"),
    "greenhopper": ("/rest/greenhopper/1.0", "/rest/greenhopper/latest"),
    "dev_status": ("/rest/dev-status/1.0", "/rest/dev-status/latest"),
    "webhooks": ("/rest/webhooks/1.0", "/rest/webhooks/latest"),
}
_LACKING = re.compile(r"/rest/api/[^/]+/filter/[A-Za-z]+")
_FRAME = Frame(service="jira", title="Projects", is_api=lambda path: path.startswith("/rest/"))


def create_app(instance: Instance) -> Flask:
    """The app that answers `/rest/…` and the pages for all sites of an instance."""
    app = make_app(__name__, instance, render_error=_render, lacking=_LACKING)
    app.extensions[META_CACHE] = MetaCache()
    app.register_error_handler(errors.JiraError, _refuse)
    app.register_error_handler(JqlError, lambda exc: _refuse(errors.BadRequest(*exc.messages)))
    app.after_request(_add_headers)
    for module in pkgutil.iter_modules(routes.__path__):
        loaded = importlib.import_module(f"{routes.__name__}.{module.name}")
        for place, prefixes in _PLACES.items():
            for prefix in prefixes if hasattr(loaded, place) else ():
                name = f"{module.name}{prefix.replace('/', '-').replace('.', '_')}"
                app.register_blueprint(getattr(loaded, place), url_prefix=prefix, name=name)
    app.jinja_env.filters |= {"rich_text": rich_text, "size": size_in_words, "duration": pretty}
    register(app, _FRAME, sign_in_pages, *_page_blueprints())
    return app


def _page_blueprints() -> list[Blueprint]:
    names = [f"{pages.__name__}.{module.name}" for module in pkgutil.iter_modules(pages.__path__)]
    loaded = [importlib.import_module(name) for name in names]
    return [module.blueprint for module in loaded if hasattr(module, "blueprint")]


def _render(status: int, message: str) -> Response:
    if status == 400 and not is_known_caller():
        return _refuse(errors.Unauthorized())
    return reply({"errorMessages": [message], "errors": {}}, status)


def _refuse(exc: errors.JiraError) -> Response:
    exc = exc if exc.status == 401 or is_known_caller() else errors.Unauthorized()
    response = reply(exc.body(), exc.status)
    if exc.status == 401:
        response.headers["X-Seraph-LoginReason"] = "AUTHENTICATED_FAILED"
        response.headers["WWW-Authenticate"] = 'Basic realm="Jira"'
    return response


def _add_headers(response: Response) -> Response:
    response.headers.setdefault("Cache-Control", "no-cache, no-store, no-transform")
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
