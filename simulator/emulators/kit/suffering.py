"""What a client gets when a fault strikes its request."""

from __future__ import annotations

import http
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import orjson
from werkzeug.wrappers import Response

from simulator.emulators.kit.faults import Fault


class ConnectionDropped(ConnectionAbortedError):
    """The connection is to be closed without a word, as the HTTP server does with every broken one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How a service says that something went wrong, and that there were too many requests."""

    error: Callable[[int, str], Response]
    rate_limited: Callable[[str, int, datetime], Response]


def suffer(fault: Fault, dialect: Dialect, now: datetime) -> Response | None:
    """Wait, and give the answer; None when the true one follows. Raises ConnectionDropped."""
    if fault.latency_ms:
        threading.Event().wait(fault.latency_ms / 1000)
    if fault.drop:
        raise ConnectionDropped
    if fault.is_late_only:
        return None
    answer = _answer(fault, dialect, now)
    answer.headers.update(fault.headers)
    return answer


def _answer(fault: Fault, dialect: Dialect, now: datetime) -> Response:
    if fault.rate_limit is not None:
        return dialect.rate_limited(fault.rate_limit, fault.retry_after_s, now)
    status = fault.status or 500
    if isinstance(fault.body, str):
        return Response(fault.body, status=status, content_type="text/plain; charset=utf-8")
    if fault.body is not None:
        return Response(orjson.dumps(fault.body), status=status, content_type="application/json; charset=utf-8")
    return dialect.error(status, _phrase(status))


def _phrase(status: int) -> str:
    try:
        return http.HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"
