"""Who may ask what: the Host that was meant, the access code beyond loopback, forms that are our own, headers of every reply.

Sources: https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html,
https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Site
"""

from __future__ import annotations

import ipaddress
import secrets
from urllib.parse import urlsplit

from flask import Flask, Response, abort, redirect, request, session
from werkzeug.wrappers import Response as BaseResponse

from simulator.run.office import Office
from simulator.run.secrets import same
from web.desk import office
from web.throttle import Throttle

_WRITES = ("POST", "PUT", "PATCH", "DELETE")
_POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
)
_NOT_OURS = (
    "this form does not belong to your visit as it is now: send it again, or copy what you typed and reload the page"
)
ENTRANCE = "/enter"
_OPEN_PATHS = (ENTRANCE, "/static/")


def guard(app: Flask) -> None:
    """Check every request before it is answered, and put safety headers on every reply."""
    throttle = app.extensions["throttle"] = Throttle()

    @app.before_request
    def check() -> BaseResponse | None:
        desk = office()
        if not desk.guarded and not _is_local(_host_name(request.host)):
            abort(400, description="this server answers under 127.0.0.1 and localhost only")
        if desk.guarded and not _is_admitted(desk, throttle):
            if request.path.startswith(_OPEN_PATHS):
                return None
            if request.path.startswith("/api/"):
                abort(401, description="show the access code as a bearer token")
            return redirect(ENTRANCE)
        if request.method in _WRITES and not _is_our_own(desk):
            abort(403, description=_NOT_OURS)
        return None

    @app.after_request
    def protect(reply: Response) -> Response:
        reply.headers.setdefault("Content-Security-Policy", _POLICY)
        reply.headers.setdefault("X-Content-Type-Options", "nosniff")
        reply.headers.setdefault("Referrer-Policy", "same-origin")
        reply.headers.setdefault("X-Frame-Options", "DENY")
        return reply

    app.jinja_env.globals["csrf_token"] = csrf_token


def csrf_token() -> str:
    """The token that every form of this session carries in a field named csrf_token."""
    if "csrf" not in session:
        session["csrf"] = secrets.token_hex(16)
    return str(session["csrf"])


def _is_admitted(desk: Office, throttle: Throttle) -> bool:
    peer = request.remote_addr or ""
    if _is_local(peer) and _is_local(_host_name(request.host)):
        return True
    if session.get("admitted"):
        return True
    scheme, _, code = request.headers.get("Authorization", "").partition(" ")
    if request.path == ENTRANCE and request.method == "POST":
        scheme, code = "Bearer", request.form.get("code", "")
    if scheme.lower() != "bearer" or not code:
        return False
    now = desk.clock().timestamp()
    if throttle.is_full(peer, now):
        abort(429, description="too many wrong access codes; wait a minute")
    if desk.admits(code.strip()):
        if request.path == ENTRANCE:
            session["admitted"] = True
        return True
    throttle.note(peer, now)
    return False


def _is_our_own(desk: Office) -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site not in ("same-origin", "none"):
        return False
    origin = request.headers.get("Origin")
    if origin is not None and origin.partition("://")[2] != request.host:
        return False
    if request.path.startswith("/api/"):
        return request.mimetype == "application/json"  # a foreign page cannot send it without asking first (CORS)
    if request.path == ENTRANCE and desk.guarded and "csrf" not in session:
        return True  # nobody is signed in yet, so there is nothing to ride on
    return same(request.form.get("csrf_token", ""), str(session.get("csrf", ""))) and "csrf" in session


def _host_name(host: str) -> str:
    return (urlsplit(f"//{host}").hostname or "").lower()


def _is_local(name: str) -> bool:
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost" or name.endswith(".localhost")
