"""The control app of a site: `/emulator/…`. One module beside this one for each thing that can be controlled.

For whoever sits at this machine, or an admin of the site. Refuses web pages of other origins, which a browser on this machine
would otherwise let in.
"""

from __future__ import annotations

from collections.abc import Iterable

from flask import Blueprint, Flask, Response

from simulator.emulators.control.wire import Refused, refuse
from simulator.emulators.kit import accounts
from simulator.emulators.kit.app import instance, make_app
from simulator.emulators.kit.instance import Instance
from simulator.emulators.kit.locality import is_foreign_page, is_local
from simulator.emulators.kit.web import caller_token, reply, site


def create_control(served: Instance, parts: Iterable[Blueprint]) -> Flask:
    """The Flask app with the endpoints of `parts`."""
    app = make_app(__name__, served, render_error=_render_error)
    app.before_request(_guard)
    app.register_error_handler(Refused, refuse)
    for part in parts:
        app.register_blueprint(part)
    return app


def _render_error(status: int, message: str) -> Response:
    return reply({"message": message}, status)


def _guard() -> Response | None:
    if is_foreign_page():
        return _render_error(403, "Pages of other origins may not control the emulators")
    if is_local() or _is_admin():
        return None
    return _render_error(403, "Only this machine itself, or an admin's token, may control the emulators")


def _is_admin() -> bool:
    token = caller_token()
    if token is None:
        return False
    with instance().database.reading() as connection:
        caller = accounts.by_token(connection, site(), token, now=instance().now())
    return caller is not None and caller.account.admin
