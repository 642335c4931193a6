"""The pages where somebody says who they are: with a token, or by name for whoever sits at this machine."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from simulator.emulators.kit import accounts, sign_in
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.locality import is_foreign_page, is_local
from simulator.emulators.kit.pages import reader, show
from simulator.emulators.kit.web import site

_LONGEST = 2000

sign_in_pages = Blueprint("sign_in", __name__)


@sign_in_pages.get("/login")
def ask() -> Response:
    """The form. No counterpart in the services' documentation."""
    return _form()


@sign_in_pages.post("/login")
def answer() -> AnyResponse:
    """Sign in with `token`, or as `login` on this machine; then on to `to`."""
    if is_foreign_page():
        return _form("That form was sent from another site. Please sign in here.", status=403)
    with instance().database.reading() as connection:
        account = _asked_account(connection)
    if account is None:
        return _form("No account here has that token. It is the one that git and the REST API take.", status=403)
    response = Response(status=303, headers={"Location": local_path(request.form.get("to", ""))})
    sign_in.admit(response, account)
    return response


@sign_in_pages.post("/logout")
def leave() -> AnyResponse:
    """Sign out."""
    if is_foreign_page():
        return _form("That form was sent from another site.", status=403)
    response = redirect(f"{request.script_root}/login", 303, Response)
    assert isinstance(response, Response)
    sign_in.dismiss(response)
    return response


def local_path(wanted: str) -> str:
    """The wanted address when it is a path of this server, else the service's first page."""
    inside = wanted.startswith("/") and not wanted.startswith("//") and "\\" not in wanted
    if inside and wanted.isprintable() and len(wanted) <= _LONGEST:
        return wanted
    return f"{request.script_root}/"


def _asked_account(connection: Connection) -> Account | None:
    login, token = request.form.get("login"), request.form.get("token", "").strip()
    if login is not None and is_local():
        return next((person for person in sign_in.people_of(connection) if person.login == login), None)
    caller = accounts.by_token(connection, site(), token, now=instance().now()) if token and "\0" not in token else None
    return caller.account if caller else None


def _form(problem: str = "", *, status: int = 200) -> Response:
    people: list[Account] = []
    if is_local():
        with instance().database.reading() as connection:
            people = sign_in.people_of(connection)
    to = local_path(request.values.get("to", ""))
    return show("tools/sign_in.html", status, people=people, to=to, problem=problem, account=reader())
