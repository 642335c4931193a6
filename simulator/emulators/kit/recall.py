"""Answers that are given again as long as nothing has changed: what polling costs most of the time.

An answer is kept with the number that the database gives its present state (`Database.version`), and forgotten with the first
commit of anybody, this process or another. Each part of the request that can matter is part of the key, so nobody is told what
was meant for somebody else. On PostgreSQL, which has no such number, nothing is kept.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from simulator.emulators.kit.instance import Instance
from simulator.emulators.kit.urls import BY_HOST, ROOT
from simulator.emulators.kit.web import SITE

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

KEEP = "emulators.keep"
"""Key of the WSGI environment: the application puts there until when, in seconds since 1970, its answer holds at most."""

_Headers: TypeAlias = list[tuple[str, str]]
_MOST_BYTES = 32 * 1024 * 1024
_LONGEST = 2 * 1024 * 1024
_PARTS = ("PATH_INFO", "QUERY_STRING", "wsgi.url_scheme", ROOT, SITE, "REMOTE_ADDR")
_NO_MATTER = frozenset({"HTTP_CONNECTION", "HTTP_ACCEPT_ENCODING", "HTTP_USER_AGENT"})


@dataclass(frozen=True, slots=True)
class _Answer:
    status: str
    headers: _Headers
    body: bytes
    until: float


class Recall:
    """A WSGI app in front of another one. `renewed` gives the headers that every answer has of its own, in place of the kept."""

    def __init__(self, inner: WSGIApplication, instance: Instance, *, renewed: Callable[[], dict[str, str]]) -> None:
        self._inner = inner
        self._instance = instance
        self._renewed = renewed
        self._guard = threading.Lock()
        self._version: int | None = None
        self._kept: dict[bytes, _Answer] = {}
        self._bytes = 0

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        version = self._instance.database.version() if environ["REQUEST_METHOD"] == "GET" else None
        if version is None:
            return self._inner(environ, start_response)
        key = _key(environ)
        known = self._known(key, version)
        if known is not None:
            start_response(known.status, self._with_renewed(known.headers))
            return [known.body]
        return self._ask(environ, start_response, key, version)

    def _known(self, key: bytes, version: int) -> _Answer | None:
        with self._guard:
            if version != self._version:
                self._version, self._bytes = version, 0
                self._kept.clear()
                return None
            known = self._kept.get(key)
        return known if known and self._instance.now().timestamp() < known.until else None

    def _ask(
        self, environ: WSGIEnvironment, start_response: StartResponse, key: bytes, version: int
    ) -> Iterable[bytes]:
        begun: list[tuple[str, _Headers]] = []

        def start(status: str, headers: _Headers, exc_info: Any = None, /) -> Callable[[bytes], object]:
            begun.append((status, headers))
            return start_response(status, headers, exc_info) if exc_info else start_response(status, headers)

        pieces = self._inner(environ, start)
        until = environ.get(KEEP)
        if until is None or len(begun) != 1:
            return pieces
        try:
            body = b"".join(pieces)
        finally:
            if hasattr(pieces, "close"):
                pieces.close()
        if len(body) <= _LONGEST:
            self._keep(key, version, _Answer(*begun[0], body, until))
        return [body]

    def _keep(self, key: bytes, version: int, answer: _Answer) -> None:
        with self._guard:
            if version != self._version:
                return
            if self._bytes + len(answer.body) > _MOST_BYTES:
                self._kept.clear()
                self._bytes = 0
            self._kept[key] = answer
            self._bytes += len(answer.body)

    def _with_renewed(self, headers: _Headers) -> _Headers:
        renewed = self._renewed()
        return [(name, renewed.get(name, value)) for name, value in headers]


def _key(environ: WSGIEnvironment) -> bytes:
    parts = [str(environ.get(name, "")) for name in _PARTS]
    parts.append(str(environ.get(BY_HOST, "")))
    parts += [
        f"{name}:{value}" for name, value in environ.items() if name.startswith("HTTP_") and name not in _NO_MATTER
    ]
    text = "\0".join(parts).encode("utf-8", "surrogateescape")
    return hashlib.blake2b(text, digest_size=32).digest()  # a token is part of it, so it is not kept as it came
