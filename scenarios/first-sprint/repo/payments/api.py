"""The HTTP side: a WSGI application."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from payments.errors import Invalid, NotFound, PaymentError
from payments.service import Payments

StartResponse = Callable[[str, list[tuple[str, str]]], Any]
LARGEST_BODY = 10_000


class Api:
    """Answers requests with JSON."""

    def __init__(self, payments: Payments) -> None:
        self._payments = payments

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        try:
            status, answer = self._answer(environ)
        except PaymentError as exc:
            status, answer = exc.status, {"error": str(exc)}
        body = json.dumps(answer).encode()
        headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
        start_response(f"{status} {HTTPStatus(status).phrase}", headers)
        return [body]

    def _answer(self, environ: dict[str, Any]) -> tuple[int, Any]:
        method = environ["REQUEST_METHOD"]
        path = environ["PATH_INFO"].strip("/").split("/")
        if path[0] != "payments":
            raise NotFound("no such page")
        if method == "POST" and len(path) == 1:
            asked = _body(environ)
            payment = self._payments.authorise(asked.get("amount"), asked.get("currency"), asked.get("reference"))
            return 201, payment.plain()
        elif method == "GET" and len(path) == 1:
            return 200, [payment.plain() for payment in self._payments.all()]
        elif method == "GET" and len(path) == 2:
            return 200, self._payments.find(path[1]).plain()
        elif method == "POST" and len(path) == 3 and path[2] == "capture":
            return 200, self._payments.capture(path[1]).plain()
        elif method == "POST" and len(path) == 3 and path[2] == "cancel":
            return 200, self._payments.cancel(path[1]).plain()
        raise NotFound("no such page")


def _body(environ: dict[str, Any]) -> dict[str, Any]:
    length = int(environ.get("CONTENT_LENGTH") or 0)
    if length > LARGEST_BODY:
        raise Invalid("too much")
    try:
        body = json.loads(environ["wsgi.input"].read(length))
    except ValueError:
        raise Invalid("error") from None
    if not isinstance(body, dict):
        raise Invalid("error")
    return body
