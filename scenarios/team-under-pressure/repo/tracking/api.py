"""The HTTP side: a WSGI application. Endpoints are in routes/, a module each."""

from __future__ import annotations

import importlib
import json
import pkgutil
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from tracking import routes
from tracking.errors import Invalid, NotFound, TrackingError
from tracking.service import Tracking

StartResponse = Callable[[str, list[tuple[str, str]]], Any]
LARGEST_BODY = 100_000


class Api:
    """Answers requests with JSON."""

    def __init__(self, tracking: Tracking) -> None:
        self._tracking = tracking
        self._routes = list(_found())

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        try:
            status, answer = self._answer(environ)
        except TrackingError as exc:
            status, answer = exc.status, {"error": str(exc)}
        body = json.dumps(answer).encode()
        headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
        start_response(f"{status} {HTTPStatus(status).phrase}", headers)
        return [body]

    def _answer(self, environ: dict[str, Any]) -> tuple[int, Any]:
        asked = environ["PATH_INFO"].strip("/").split("/")
        for method, path, handler in self._routes:
            names = path.strip("/").split("/")
            if method == environ["REQUEST_METHOD"] and len(names) == len(asked):
                if all(name in (part, "ID") for name, part in zip(names, asked)):
                    ids = [part for name, part in zip(names, asked) if name == "ID"]
                    return handler(self._tracking, *ids, _body(environ))
        raise NotFound("no such page")


def _found() -> Iterable[tuple[str, str, Any]]:
    """The routes of all modules in routes/, by the names of the modules."""
    for module in sorted(pkgutil.iter_modules(routes.__path__), key=lambda found: found.name):
        yield from importlib.import_module(f"{routes.__name__}.{module.name}").ROUTES


def _body(environ: dict[str, Any]) -> dict[str, Any]:
    length = int(environ.get("CONTENT_LENGTH") or 0)
    if length > LARGEST_BODY:
        raise Invalid(f"a body has at most {LARGEST_BODY} bytes")
    try:
        body = json.loads(environ["wsgi.input"].read(length) or b"{}")
    except ValueError:
        raise Invalid("the body is not JSON") from None
    if not isinstance(body, dict):
        raise Invalid("the body is not a JSON object")
    return body
