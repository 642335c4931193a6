"""The Flask application of dashboard and API, put together from the office of a running server."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask

from simulator.run.office import Office
from simulator.settings import Settings
from web import pages
from web.api.blueprint import api
from web.api.openapi import openapi
from web.safety import guard

_LARGEST_BODY = 1_000_000


def create_app(office: Office, settings: Settings) -> Flask:
    """The application. It keeps nothing of its own: state lives in the office's stores."""
    app = Flask("web")
    app.config.update(
        MAX_CONTENT_LENGTH=_LARGEST_BODY,
        SECRET_KEY=office.key.session_secret(),
        SESSION_COOKIE_NAME=_cookie_name(office.queries.base_url),
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        TEMPLATES_AUTO_RELOAD=settings.log_level.upper() == "DEBUG",
    )
    app.json.sort_keys = False  # type: ignore[attr-defined]  # of Flask's default provider
    app.extensions["office"] = office
    guard(app)
    app.register_blueprint(api)
    app.register_blueprint(openapi)
    pages.register(app)
    return app


def _cookie_name(base_url: str) -> str:
    """One for each port: browsers send cookies to every port of a host, and two servers would sign one another's visitors out."""
    port = urlsplit(base_url).port
    return f"sprintdojo_{port}" if port else "sprintdojo"
