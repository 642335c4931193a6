"""The HTTP side: a WSGI application."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from payments.errors import Invalid, NotFound, PaymentError, WrongMethod
from payments.service import Payments

StartResponse = Callable[[str, list[tuple[str, str]]], Any]
Answer = Callable[..., tuple[int, Any]]
LARGEST_BODY = 10_000


class Api:
    """Answers requests with JSON."""

    def __init__(self, payments: Payments) -> None:
        self._payments = payments
        self._routes: tuple[tuple[str, re.Pattern[str], Answer], ...] = (
            ("POST", re.compile("payments"), self._authorise),
            ("GET", re.compile("payments"), self._all),
            ("GET", re.compile("payments/([^/]+)"), self._find),
            ("POST", re.compile("payments/([^/]+)/capture"), self._capture),
            ("POST", re.compile("payments/([^/]+)/cancel"), self._cancel),
            ("POST", re.compile("payments/([^/]+)/refund"), self._refund),
        )

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
        path = environ["PATH_INFO"].strip("/")
        fitting = [(method, match, answer) for method, route, answer in self._routes if (match := route.fullmatch(path))]
        for method, match, answer in fitting:
            if method == environ["REQUEST_METHOD"]:
                return answer(environ, *match.groups())
        raise WrongMethod(f"{path} does not know {environ['REQUEST_METHOD']}") if fitting else NotFound("no such page")

    def _authorise(self, environ: dict[str, Any]) -> tuple[int, Any]:
        asked = _body(environ)
        payment = self._payments.authorise(asked.get("amount"), asked.get("currency"), asked.get("reference"))
        return 201, payment.plain()

    def _all(self, environ: dict[str, Any]) -> tuple[int, Any]:
        return 200, [payment.plain() for payment in self._payments.all()]

    def _find(self, environ: dict[str, Any], payment_id: str) -> tuple[int, Any]:
        return 200, self._payments.find(payment_id).plain()

    def _capture(self, environ: dict[str, Any], payment_id: str) -> tuple[int, Any]:
        return 200, self._payments.capture(payment_id).plain()

    def _cancel(self, environ: dict[str, Any], payment_id: str) -> tuple[int, Any]:
        return 200, self._payments.cancel(payment_id).plain()

    def _refund(self, environ: dict[str, Any], payment_id: str) -> tuple[int, Any]:
        asked = _body(environ) if int(environ.get("CONTENT_LENGTH") or 0) else {}
        return 200, self._payments.refund(payment_id, asked.get("amount")).plain()


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
