"""The front door: which service and which site a request means, by path or by host name.

Puts the site into the WSGI environment and the prefix into SCRIPT_NAME, so that the services see their own paths only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import orjson
from werkzeug.wrappers import Response
from werkzeug.wsgi import ClosingIterator

from simulator.emulators.kit import accounts, sites
from simulator.emulators.kit.faults import Faults, as_documented
from simulator.emulators.kit.gate import Gate
from simulator.emulators.kit.instance import Instance
from simulator.emulators.kit.journal import Entry, Journal
from simulator.emulators.kit.suffering import Dialect, suffer
from simulator.emulators.kit.urls import BY_HOST, ROOT
from simulator.emulators.kit.web import DEFAULT_SITE, SITE, read_authorization

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_HOST = re.compile(r"[A-Za-z0-9._-]+(?::\d{1,5})?|\[[0-9A-Fa-f:.]+\](?::\d{1,5})?")
_CONTROL = "emulator"
_ONLY_READ = ("GET", "HEAD", "OPTIONS")
_FETCH = "/git-upload-pack"
_SELF = ("127.0.0.1", "localhost", "[::1]")
_NO_PROXY = (
    "This is Sprintdojo and no proxy: with HTTP_PROXY set as `sprintdojo env` prints it, only http://github.localhost, "
    "http://api.github.localhost and http://jira.localhost lead here. Unset HTTP_PROXY for anything else."
)


class Dispatcher:
    """A WSGI app: `/github`, `/jira`, `/emulator`, the same below `/sites/SITE`, and the host names that `gh` needs.

    `services` are the apps by the first part of their paths. What is none of these goes to `fallback`, or is 404. Faults befall
    the services that have a dialect to say them in. `written` is told of a site on which something may just have been changed.
    """

    def __init__(
        self,
        services: Mapping[str, WSGIApplication],
        *,
        instance: Instance,
        journal: Journal,
        gate: Gate | None = None,
        faults: Faults | None = None,
        dialects: Mapping[str, Dialect] | None = None,
        fallback: WSGIApplication | None = None,
        written: Callable[[str], None] | None = None,
    ) -> None:
        self._services = services
        self._written = written
        self._instance = instance
        self._journal = journal
        self._gate = gate or Gate()
        self._faults = faults or Faults(instance)
        self._dialects = dialects or {}
        self._fallback = fallback or _not_found
        self._known: set[str] = set()
        self._hosts: Mapping[str, Callable[[WSGIEnvironment], str]] = {
            "api.github.localhost": _to_github_api,
            "github.localhost": lambda _environ: "github",
            "jira.localhost": lambda _environ: "jira",
        }

    def forget(self, site: str) -> None:
        """The site is gone."""
        self._known.discard(site)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request. Raises ConnectionDropped when a fault wants it."""
        if _wants_a_proxy(environ, self._hosts):
            return _say(501, _NO_PROXY)(environ, start_response)
        host = environ.get("HTTP_HOST", "")
        if host and not _HOST.fullmatch(host):
            return _say(400, "Bad Host header")(environ, start_response)
        by_host = self._hosts.get(host.partition(":")[0].lower())
        if by_host:
            environ[BY_HOST] = True
            return self._serve(by_host(environ), self._site_of_token(environ), environ, start_response)
        return self._by_path(environ, start_response)

    def _by_path(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        parts = environ.get("PATH_INFO", "").split("/", 4)
        site, depth = DEFAULT_SITE, 1
        if len(parts) > 2 and parts[1] == "sites":
            site, depth = parts[2], 3
        service = parts[depth] if len(parts) > depth else ""
        if service not in self._services:
            app = self._fallback if depth == 1 else _not_found
            return app(environ, start_response)
        _shift(environ, parts, depth)
        return self._serve(service, site, environ, start_response)

    def _serve(
        self, service: str, site: str, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        if not self._knows(site):
            return _say(404, f"There is no site {site[:80]}")(environ, start_response)
        environ[SITE] = site
        if service == _CONTROL:
            return self._services[service](environ, start_response)
        start_response = self._journalled(service, site, environ, start_response)
        self._gate.enter(site)
        try:
            struck = self._struck(service, site, environ)
            body = (struck or self._services[service])(environ, start_response)
            if self._written is None or not _may_write(environ):
                return body
            return ClosingIterator(body, partial(self._written, site))  # a push is taken in while it is answered
        finally:
            self._gate.leave(site)

    def _struck(self, service: str, site: str, environ: WSGIEnvironment) -> Response | None:
        dialect = self._dialects.get(service)
        if dialect is None or not self._faults.of(site):
            return None
        path = as_documented(_as_text(environ.get("PATH_INFO", "")))
        fault = self._faults.strike(site, service, environ["REQUEST_METHOD"], path)
        return suffer(fault, dialect, self._instance.now()) if fault else None

    def _knows(self, site: str) -> bool:
        if site not in self._known:
            with self._instance.database.reading() as connection:
                if not sites.exists(connection, site):
                    return False
            self._known.add(site)
        return True

    def _site_of_token(self, environ: WSGIEnvironment) -> str:
        presented = read_authorization(environ.get("HTTP_AUTHORIZATION", ""))
        if presented is None:
            return DEFAULT_SITE
        with self._instance.database.reading() as connection:
            found = accounts.sites_of_token(connection, presented.token)
        return DEFAULT_SITE if DEFAULT_SITE in found or not found else found[0]

    def _journalled(
        self, service: str, site: str, environ: WSGIEnvironment, start_response: StartResponse
    ) -> StartResponse:
        at, method, path = self._instance.now(), environ["REQUEST_METHOD"], _as_text(environ.get("PATH_INFO", ""))

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None, /) -> Callable[[bytes], object]:
            number = int(status[:3])
            self._journal.add(Entry(site=site, at=at, service=service, method=method, path=path, status=number))
            return start_response(status, headers, exc_info) if exc_info else start_response(status, headers)

        return start


def _may_write(environ: WSGIEnvironment) -> bool:
    return environ["REQUEST_METHOD"] not in _ONLY_READ and not environ.get("PATH_INFO", "").endswith(_FETCH)


def _wants_a_proxy(environ: WSGIEnvironment, hosts: Mapping[str, object]) -> bool:
    """Whether somebody takes us for the way to another server: by CONNECT, or by a whole URL that is not one of ours."""
    if environ["REQUEST_METHOD"] == "CONNECT":
        return True
    target = environ.get("REQUEST_URI", "")
    if not target.startswith(("http:", "https:")):
        return False
    name, _, port = target.partition("://")[2].partition("/")[0].rpartition(":")
    return (name or port).lower() not in hosts and (name, port) not in ((here, _port(environ)) for here in _SELF)


def _port(environ: WSGIEnvironment) -> str:
    return str(environ.get("SERVER_PORT", ""))


def _shift(environ: WSGIEnvironment, parts: list[str], depth: int) -> None:
    outer = environ.get("SCRIPT_NAME", "")
    environ[ROOT] = outer + "/".join(parts[:depth])
    environ["SCRIPT_NAME"] = outer + "/".join(parts[: depth + 1])
    rest = "/".join(parts[depth + 1 :])
    environ["PATH_INFO"] = f"/{rest}" if len(parts) > depth + 1 else ""


def _to_github_api(environ: WSGIEnvironment) -> str:
    path = environ.get("PATH_INFO", "")
    environ["PATH_INFO"] = f"/api{path}" if path == "/graphql" else f"/api/v3{path}"
    return "github"


def _as_text(path: str) -> str:
    return path.encode("latin-1", "replace").decode("utf-8", "replace")  # PEP 3333 hands bytes over as latin-1


def _say(status: int, message: str) -> Response:
    return Response(orjson.dumps({"message": message}), status=status, content_type="application/json; charset=utf-8")


def _not_found(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    return _say(404, "Not Found")(environ, start_response)
