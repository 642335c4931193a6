"""What the pages of both services share: their frame, who reads them, safety headers, errors that a person can read.

Pages only read. Refuses to know what is on them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from flask import Blueprint, Flask, Response, current_app, g, render_template, request
from werkzeug.http import HTTP_STATUS_CODES

from simulator.emulators.kit import sign_in
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.urls import Urls

_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_STYLE = (Path(__file__).parent / "static" / "tools.css").read_bytes()
_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="4" fill="#2b4d80"/>'
    '<path d="M4 5h8M4 8h8M4 11h5" stroke="#fff" stroke-width="1.6" stroke-linecap="round"/></svg>'
)
_STYLE_NAME = f"tools-{hashlib.sha256(_STYLE).hexdigest()[:12]}.css"
_FRAME = "emulators.pages"
_SAID = {
    400: "This address cannot be read.",
    403: "You may not see this.",
    404: "There is no such page, or none that you may see.",
}


class SignInWanted(Exception):
    """Whoever asks has to say first who they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What a service's pages have around them. `is_api` says of a path that programs ask for it, not people."""

    service: str
    title: str
    is_api: Callable[[str], bool]


tools = Blueprint("tools", __name__, template_folder="templates")


@tools.get(f"/-/{_STYLE_NAME}")
def style() -> Response:
    """The one style sheet; its name changes with it."""
    response = Response(_STYLE, content_type="text/css; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@tools.get("/-/icon.svg")
def icon() -> Response:
    """The sign in the browser's tab."""
    response = Response(_ICON, content_type="image/svg+xml")
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


def register(app: Flask, frame: Frame, *blueprints: Blueprint) -> None:
    """Give a service's app these pages, and the readable form of its errors for browsers."""
    app.extensions[_FRAME] = frame
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["instant"] = instant
    app.register_error_handler(SignInWanted, lambda _wanted: _to_sign_in())
    app.after_request(_readable)
    for blueprint in (tools, *blueprints):
        app.register_blueprint(blueprint)


def reader() -> Account | None:
    """Who reads the present page, looked up once."""
    if "reader" not in g:
        with instance().database.reading() as connection:
            g.reader = sign_in.visitor(connection)
    found: Account | None = g.reader
    return found


def wants_page() -> bool:
    """Whether a browser asks, not a program: its Accept header names HTML."""
    return request.method in {"GET", "HEAD"} and "text/html" in request.headers.get("Accept", "").lower()


def show(template: str, status: int = 200, **values: object) -> Response:
    """A page in the service's frame. Its texts may hold anything: they are escaped, and what is no Unicode is replaced."""
    frame: Frame = current_app.extensions[_FRAME]
    urls = Urls.of_request()
    around = {
        "frame": frame,
        "root": request.script_root,
        "style": f"{request.script_root}/-/{_STYLE_NAME}",
        "github_home": f"{urls.html_base}/",
        "jira_home": f"{urls.jira_base}/",
        "reader": g.get("reader"),
    }
    text = render_template(template, **around, **values).encode("utf-8", "replace")
    return secured(Response(text, status=status, content_type="text/html; charset=utf-8"))


def secured(response: Response, policy: str = _POLICY) -> Response:
    """The same response with the headers that keep what strangers wrote from acting."""
    response.headers.update(
        {
            "Content-Security-Policy": policy,
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Referrer-Policy": "same-origin",  # with no-referrer browsers send `Origin: null` from our own forms
            "Cache-Control": "private, no-cache",
            "Vary": "Cookie",
        }
    )
    return response


def instant(value: datetime | str) -> datetime:
    """An instant in UTC from either service's way of writing it."""
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    return found.astimezone(UTC)


def lowered_headings(used: Iterable[str]) -> dict[str, str]:
    """What the headings of a text become inside a page: its own levels, without a gap, from `h3` on."""
    return {level: f"h{min(6, 3 + place)}" for place, level in enumerate(sorted(used))}


def _to_sign_in() -> Response:
    query = f"?{request.query_string.decode('latin-1')}" if request.query_string else ""
    to = quote(quote(f"{request.script_root}{request.path}") + query, safe="/")
    return secured(Response(status=302, headers={"Location": quote(request.script_root) + f"/login?to={to}"}))


def _readable(response: Response) -> Response:
    """An error of a page as a page; what programs ask for stays as the service says it."""
    frame: Frame = current_app.extensions[_FRAME]
    if response.status_code < 400 or not response.is_json or not wants_page() or frame.is_api(request.path):
        return response
    status = 404 if response.status_code == 501 else response.status_code
    if status < 500:  # else the database may be what is broken
        reader()
    said = _reason(response) or _SAID.get(status, "Something went wrong here. The server's log says what.")
    name = "Page not found" if status == 404 else HTTP_STATUS_CODES.get(status, "Error")
    return show("tools/error.html", status, name=name, said=said, to=f"{request.script_root}{request.path}")


def _reason(response: Response) -> str | None:
    """What the service says beyond its usual word; nothing about gaps, which tell a reader nothing."""
    body = response.get_json(silent=True)
    if response.status_code != 404 or not isinstance(body, dict):
        return None
    said = body.get("message") or next(iter(body.get("errorMessages") or ()), None)
    return said if isinstance(said, str) and said != "Not Found" else None
