"""Listens at the door of the emulators: every exchange of the REST API, to be held against GitHub's own description."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import orjson

from simulator.emulators.kit.web import DEFAULT_SITE, SITE
from tests.emulators.github.description import findings

_ADDRESS = re.compile(r"^(?:/sites/[^/]+)?/github/api/v3(/.*)$")
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

    def flaws(self) -> list[str]:
        """What GitHub's description has against it, without what allowed.yaml explains."""
        found = findings(self.method, self.path, self.status, self.body)
        return [str(each) for each in found if each.severity == "error"]


class Recorder:
    """A WSGI app around another one that keeps its GitHub exchanges."""

    def __init__(self, app: Callable[..., Iterable[bytes]]) -> None:
        self._app = app
        self._lock = threading.Lock()
        self._kept: list[Exchange] = []

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one request."""
        path = _path(environ)
        if path is None:
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


def _path(environ: dict[str, Any]) -> str | None:
    """The path that the description knows, None when this is not the REST API."""
    path: str = environ.get("PATH_INFO", "")
    if environ.get("HTTP_HOST", "").partition(":")[0] == _BY_HOST:
        return None if path == "/graphql" else path
    found = _ADDRESS.match(path)
    return found[1] if found else None
