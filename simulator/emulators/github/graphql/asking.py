"""REST routes asked from within: what REST can do, mutations let it do, so that both permit and refuse the same.

A mutation's request goes through the routes as a request of the caller's would: tokens and their scopes, permissions, checks of
fields, locks, webhooks. Only the rate limit has counted it already.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import orjson
from flask import current_app, request

from simulator.emulators.github.graphql.problems import Problem, forbidden
from simulator.emulators.github.limits import WITHIN

_API = "/api/v3"
_DROPPED = ("HTTP_ACCEPT", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "QUERY_STRING")
_PHRASES = {
    "missing_field": "can't be blank",
    "missing": "does not exist",
    "already_exists": "has already been taken",
    "invalid": "is invalid",
}
_PERMISSION_WORDS = ("Must have", "Resource not accessible")


class Refused(Exception):
    """A REST route said no."""

    def __init__(self, status: int, body: Mapping[str, Any]) -> None:
        super().__init__(f"{status}: {body.get('message')}")
        self.status = status
        self.body = body

    def problem(self, *, login: str, mutation: str) -> Problem:
        """The same as GraphQL says it."""
        message = str(self.body.get("message", ""))
        if self.status in (401, 403):
            of_permission = message.startswith(_PERMISSION_WORDS)
            return forbidden(login, mutation) if of_permission else Problem("FORBIDDEN", message)
        if self.status == 404:
            return Problem("NOT_FOUND", message if message != "Not Found" else "Could not resolve to a node.")
        if self.status >= 500:
            return Problem("INTERNAL", "Something went wrong while executing your query.")
        return Problem("UNPROCESSABLE", self._words() or message.removeprefix("Invalid request.").strip())

    def _words(self) -> str:
        return ", ".join(_sentence(each) for each in self.body.get("errors") or ())


def ask(method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
    """What a REST route answers to the caller; `path` is below the API's root and not quoted. Raises Refused."""
    content = orjson.dumps(body) if body is not None else b""
    environ = {
        name: value
        for name, value in request.environ.items()
        if name not in _DROPPED and not name.startswith(("werkzeug.", "flask."))
    }
    environ |= {
        "REQUEST_METHOD": method,
        "PATH_INFO": (_API + path).encode().decode("latin-1"),  # PEP 3333
        "QUERY_STRING": "",
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(content)),
        "wsgi.input": io.BytesIO(content),
        WITHIN: True,
    }
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    with app.app_context(), app.request_context(environ):
        response = app.full_dispatch_request()
        answer = response.get_data()
    found = orjson.loads(answer) if answer else None
    if response.status_code >= 300:
        raise Refused(response.status_code, found if isinstance(found, dict) else {})
    return found


def _sentence(error: Any) -> str:
    if isinstance(error, str):
        return error
    message = error.get("message")
    field = str(error.get("field") or error.get("resource") or "")
    if message:
        return str(message[:1].upper() + message[1:])
    name = field.replace("_", " ")
    return f"{name[:1].upper()}{name[1:]} {_PHRASES.get(error.get('code'), 'is invalid')}"
