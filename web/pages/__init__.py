"""The pages: one module each, server-rendered; every page works without JavaScript. Registered on the application here."""

from __future__ import annotations

from flask import Flask

from web.pages.catalogue import catalogue
from web.pages.coach import coach
from web.pages.comparing import comparing
from web.pages.entrance import entrance
from web.pages.errors import show_errors
from web.pages.feeds import feeds
from web.pages.formats import add_filters
from web.pages.objections import objections
from web.pages.prompts import prompts
from web.pages.reports import reports
from web.pages.rules import rules
from web.pages.runs import runs
from web.pages.steering import steering


def register(app: Flask) -> None:
    """Put every page, the filters of their templates and the error pages on the application."""
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    add_filters(app)
    for page in (catalogue, runs, feeds, coach, prompts, objections, steering, reports, comparing, rules, entrance):
        app.register_blueprint(page)
    show_errors(app)
