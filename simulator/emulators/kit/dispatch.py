"""The front door: which service and which site a request means, by path or by host name.

Puts the site into the WSGI environment and the prefix into SCRIPT_NAME, so that the services see their own paths only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import orjson
from werkzeug.wrappers import Response

from simulator.emulators.kit import accounts, sites
from simulator.emulators.kit.instance import Instance
from simulator.emulators.kit.journal import Entry, Journal
from simulator.emulators.kit.urls import BY_HOST, ROOT
from simulator.emulators.kit.web import DEFAULT_SITE, SITE, read_authorization

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_HOST = re.compile(r"[A-Za-z0-9._-]+(?::\d{1,5})?|\[[0-9A-Fa-f:.]+\](?::\d{1,5})?")
_CONTROL = "emulator"


class Dispatcher:
    """A WSGI app: `/github`, `/jira`, `/emulator`, the same below `/sites/SITE`, and the host names that `gh` needs.

    `services` are the apps by the first part of their paths. What is none of these goes to `fallback`, or is 404.
    """

    def __init__(
        self,
        services: Mapping[str, WSGIApplication],
        *,
        instance: Instance,
        journal: Journal,
        fallback: WSGIApplication | None = None,
    ) -> None:
        self._services = services
        self._instance = instance
        self._journal = journal
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
        """Answer one request."""
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
        if service != _CONTROL:
            start_response = self._journalled(service, site, environ, start_response)
        return self._services[service](environ, start_response)

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
