"""The control app of a site: `/emulator/journal`, `/emulator/reset`.

For whoever sits at this machine, or an admin of the site. Refuses web pages of other origins, which a browser on this machine
would otherwise let in.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, Response, request

from simulator.emulators.kit import accounts
from simulator.emulators.kit.app import instance, make_app
from simulator.emulators.kit.instance import Instance
from simulator.emulators.kit.journal import KEPT, Journal
from simulator.emulators.kit.locality import is_foreign_page, is_local
from simulator.emulators.kit.web import caller_token, reply, site, stamp_millis


def create_control(served: Instance, *, journal: Journal, reset: Callable[[str], None]) -> Flask:
    """The Flask app. `reset` takes a site's key and brings the site back to its seed."""
    app = make_app(__name__, served, render_error=_render_error)
    app.before_request(_guard)
    app.add_url_rule("/journal", "journal", lambda: _show_journal(journal))
    app.add_url_rule("/reset", "reset", lambda: _reset(reset), methods=["POST"])
    return app


def _render_error(status: int, message: str) -> Response:
    return reply({"message": message}, status)


def _show_journal(journal: Journal) -> Response:
    limit = request.args.get("limit", KEPT, type=int)
    entries = journal.read(site(), status=request.args.get("status", type=int), limit=min(max(limit, 1), 2 * KEPT))
    return reply({"entries": [{**entry, "at": stamp_millis(entry["at"])} for entry in entries]})


def _reset(reset: Callable[[str], None]) -> Response:
    reset(site())
    return reply({"site": site(), "state": "as seeded"})


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
        caller = accounts.by_token(connection, site(), token)
    return caller is not None and caller.account.admin
