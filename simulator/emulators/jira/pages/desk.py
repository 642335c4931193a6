"""What the pages begin with: a transaction in which the person who is signed in reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from flask import current_app, request
from markupsafe import Markup

from simulator.emulators.jira.errors import Unauthorized
from simulator.emulators.jira.session import META_CACHE, Session
from simulator.emulators.jira.state.callers import context_of
from simulator.emulators.jira.state.documents import loaded
from simulator.emulators.jira.state.meta import MetaCache
from simulator.emulators.jira.text.adf import Node
from simulator.emulators.jira.text.html import render
from simulator.emulators.kit import web
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.pages import SignInWanted, lowered_headings, reader, wants_page

_HEADING = re.compile(r"<(/?)(h[1-6])>")


@contextmanager
def reading_page() -> Iterator[Session]:
    """A transaction of the reader. Raises SignInWanted when a browser asks that nobody is signed in with, else Unauthorized."""
    account = reader()
    if account is None:
        raise SignInWanted if wants_page() else Unauthorized
    cache: MetaCache = current_app.extensions[META_CACHE]
    with instance().database.reading() as connection:
        context = context_of(connection, cache, site=web.site(), account=account, now=instance().now())
        yield Session(context=context, api="2")


def rich_text(kept: str | Node | None) -> Markup:
    """A document, or the JSON text of one, as HTML, its headings below the page's own."""
    doc = loaded(kept) if isinstance(kept, str) else kept
    html = render(doc) if doc else ""
    levels = lowered_headings({found[2] for found in _HEADING.finditer(html)})
    lowered = _HEADING.sub(lambda found: f"<{found[1]}{levels[found[2]]}>", html)
    return Markup(lowered)  # noqa: S704 - render passes everything through nh3


def board_path(project_key: str, board_id: int) -> str:
    """Where a board's page is, on this server."""
    return f"{request.script_root}/jira/software/projects/{project_key}/boards/{board_id}"
