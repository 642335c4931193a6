"""Listens at the door of the emulators: every exchange of the REST APIs, to be held against the vendors' own descriptions."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import orjson

from simulator.emulators.kit.web import DEFAULT_SITE, SITE
from tests.emulators.github.description import findings
from tests.emulators.jira.description import violations

_ADDRESSES = {
    "github": re.compile(r"^(?:/sites/[^/]+)?/github/api/v3(/.*)$"),
    "jira": re.compile(r"^(?:/sites/[^/]+)?/jira(/rest/(?:api/(?:2|3|latest)|agile/1\.0|software/1\.0)/.*)$"),
}
_BY_HOST = "api.github.localhost"


@dataclass(frozen=True)
class Exchange:
    """One request and its reply, as far as the description speaks of them."""

    site: str
    method: str
    path: str
    status: int
    body: Any
    agent: str = ""
    service: str = "github"

    def flaws(self) -> list[str]:
        """What the vendor's description has against it, without what allowed.yaml explains."""
        if self.service == "jira":
            return violations(self.method, self.path, self.status, self.body)
        found = findings(self.method, self.path, self.status, self.body)
        return [str(each) for each in found if each.severity == "error"]


class Recorder:
    """A WSGI app around another one that keeps its exchanges."""

    def __init__(self, app: Callable[..., Iterable[bytes]]) -> None:
        self._app = app
        self._lock = threading.Lock()
        self._kept: list[Exchange] = []

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one request."""
        service, path = _address(environ)
        if not service:
            return self._app(environ, start_response)
        replied: dict[str, Any] = {}

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            replied.update(status=int(status[:3]), kind=dict(headers).get("Content-Type", ""))
            return start_response(status, headers, exc_info) if exc_info else start_response(status, headers)

        pieces = self._app(environ, start)
        if replied["kind"] and "json" not in replied["kind"]:
            return pieces  # diffs, archives, pages: the description has nothing to say of them
        text = _whole(pieces)
        self._keep(
            Exchange(
                site=environ.get(SITE, DEFAULT_SITE),
                method=environ["REQUEST_METHOD"],
                path=path.encode("latin-1").decode(errors="replace"),
                status=replied["status"],
                body=orjson.loads(text) if text else None,
                agent=environ.get("HTTP_USER_AGENT", ""),
                service=service,
            )
        )
        return [text]

    def take(self, site: str | None = None) -> list[Exchange]:
        """The exchanges so far, of one site or of all, each once."""
        with self._lock:
            taken = [each for each in self._kept if site in (None, each.site)]
            self._kept = [each for each in self._kept if site not in (None, each.site)]
        return taken

    def _keep(self, exchange: Exchange) -> None:
        with self._lock:
            self._kept.append(exchange)


def _whole(pieces: Iterable[bytes]) -> bytes:
    try:
        return b"".join(pieces)
    finally:
        close = getattr(pieces, "close", None)
        if close is not None:
            close()


def _address(environ: dict[str, Any]) -> tuple[str, str]:
    """The service and the path that its description knows, two empty texts when this is no REST API."""
    path: str = environ.get("PATH_INFO", "")
    if environ.get("HTTP_HOST", "").partition(":")[0] == _BY_HOST:
        return ("", "") if path == "/graphql" else ("github", path)
    found = ((service, shape.match(path)) for service, shape in _ADDRESSES.items())
    return next(((service, match[1]) for service, match in found if match), ("", ""))
