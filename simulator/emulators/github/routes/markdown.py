"""Markdown as HTML."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, Response, request

from simulator.emulators.github.auth import account_of_caller, reads_as
from simulator.emulators.github.errors import InvalidRequest, UnsupportedMediaType
from simulator.emulators.github.fields import Fields
from simulator.emulators.github.markdown_references import addresses_of
from simulator.emulators.github.pages.texts import plain_html
from simulator.emulators.github.state.permissions import permission_of
from simulator.emulators.github.state.repositories import by_name
from simulator.emulators.github.state.work import Place
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import JSON_LIMIT, json_body, site

blueprint = Blueprint("markdown", __name__, url_prefix="/api/v3/markdown")

_LONGEST = 400 * 1024
"""Characters of a text: docs.github.com/en/rest/markdown/markdown#render-a-markdown-document"""


@blueprint.post("")
def render() -> Response:
    """https://docs.github.com/en/rest/markdown/markdown#render-a-markdown-document"""
    fields = Fields(json_body(), "Markdown")
    text, mode = fields.required("text", limit=_LONGEST), fields.choice("mode", ("markdown", "gfm"))
    context = fields.text("context") or ""
    with instance().database.reading() as connection:
        account_of_caller(connection)
        addresses = _addresses(connection, text, context) if mode == "gfm" else {}
    return _html(text, breaks=mode == "gfm", addresses=addresses)


@blueprint.post("/raw")
def render_raw() -> Response:
    """https://docs.github.com/en/rest/markdown/markdown#render-a-markdown-document-in-raw-mode"""
    if request.mimetype not in ("text/plain", "text/x-markdown"):
        raise UnsupportedMediaType("Invalid request media type (expecting 'text/plain')")
    with instance().database.reading() as connection:
        account_of_caller(connection)
    request.max_content_length = JSON_LIMIT
    text = request.get_data(cache=False).decode(errors="replace")
    if len(text) > _LONGEST:
        raise InvalidRequest("Invalid request.\n\nThe text is too long.")
    return _html(text, breaks=False)


def _addresses(connection: Connection, text: str, context: str) -> Mapping[str, str]:
    # a context that is no repository, or none that the caller may see, is passed over
    found = by_name(connection, site(), *context.split("/", 1)) if "/" in context else None
    if found is None or permission_of(connection, found, reads_as(connection)) == "none":
        return {}
    place = Place(connection=connection, instance=instance(), site=site(), repository=found)
    return addresses_of(place, text, Urls.of_request())


def _html(text: str, *, breaks: bool, addresses: Mapping[str, str] | None = None) -> Response:
    html = str(plain_html(text, breaks=breaks, addresses=addresses))
    return Response(html, content_type="text/html; charset=utf-8")
