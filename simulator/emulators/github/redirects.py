"""Addresses that have moved: what lies under a repository's former name, and branches by their former names.

The API answers 301 (307 when the method is to be kept) with an address by the repository's number, pages with its new name.
Source: https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#follow-redirects
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import quote

from flask import Flask, Response, request

from simulator.emulators.github.state import repositories
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.kit.instance import Instance
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import DEFAULT_SITE, SITE, reply

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_PAGE = "https://docs.github.com/rest/guides/best-practices-for-using-the-rest-api#follow-redirects"
_API = "/api/v3"
_BY_NUMBER = f"{_API}/repositories/"
_LONGEST_NUMBER = 18


class Moved(Exception):
    """What is asked for is at another address."""

    def __init__(self, location: str) -> None:
        super().__init__(location)
        self.location = location


def send_on(repository: Repository, owner: str, name: str) -> None:
    """Raise Moved when the request's address calls the repository by this former name; other requests just go on."""
    for start, there in ((f"{_API}/repos", _to_number), ("", _to_page)):
        former = f"{start}/{owner}/{name}"
        if request.path == former or request.path.startswith(f"{former}/"):
            raise Moved(there(repository, request.path[len(former) :]) + _query())


def branch_moved(repository: Repository, branch: str) -> Moved:
    """What says that a branch has this name now."""
    return Moved(Urls.of_request().api(f"{repository.path}/branches/{quote(branch)}"))


def register(app: Flask) -> None:
    """Teach an app to send callers on, and to find repositories by their numbers."""
    app.register_error_handler(Moved, _redirect)


class ByNumber:
    """A WSGI app in front of another: `/repositories/ID/…` means what `/repos/OWNER/NAME/…` means.

    A number that no repository has becomes a name that none can have.
    """

    def __init__(self, inner: WSGIApplication, instance: Instance) -> None:
        self._inner = inner
        self._instance = instance

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        path: str = environ.get("PATH_INFO", "")
        if path.startswith(_BY_NUMBER):
            number, slash, rest = path[len(_BY_NUMBER) :].partition("/")
            if slash and number.isascii() and number.isdigit() and len(number) <= _LONGEST_NUMBER:
                name = self._name_of(environ.get(SITE, DEFAULT_SITE), int(number)) or f"./{number}"
                environ["PATH_INFO"] = f"{_API}/repos/{name}/{rest}"
        return self._inner(environ, start_response)

    def _name_of(self, site: str, number: int) -> str | None:
        with self._instance.database.reading() as connection:
            found = repositories.by_id(connection, site, number)
        return None if found is None else found.full_name


def _to_number(repository: Repository, rest: str) -> str:
    return Urls.of_request().api(f"/repositories/{repository.id}{quote(rest)}")


def _to_page(repository: Repository, rest: str) -> str:
    return Urls.of_request().html(f"/{repository.full_name}{quote(rest)}")


def _query() -> str:
    query = request.query_string.decode("ascii", "replace")
    return f"?{query}" if query else ""


def _redirect(moved: Moved) -> Response:
    plain = request.method in ("GET", "HEAD")
    status, message = (301, "Moved Permanently") if plain else (307, "Temporary Redirect")
    body = {"message": message, "url": moved.location, "documentation_url": _PAGE}
    return reply(body, status, {"Location": moved.location})
