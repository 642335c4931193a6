"""One POST to a receiver: to a judged address, within a time that nothing can stretch, without following anything."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache
from urllib.parse import SplitResult, quote, urlsplit

from simulator.emulators.kit.destinations import Destinations, Refused, Unknown

LARGEST_ANSWER = 64 * 1024
"""Bytes of an answer's body that are read; more is of no interest, and may be endless."""

_CONNECT_TIMEOUT_S = 3
_KEPT_IN_TARGETS = "/?#[]@!$&'()*+,;=%:~"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a receiver answered. `status_code` is 0 when none was asked; `status` is OK, or says what went wrong."""

    status: str
    status_code: int
    duration_s: float = 0.0
    headers: dict[str, str] | None = None
    body: str | None = None

    @property
    def is_answer(self) -> bool:
        """Whether the receiver said anything; the codes 502 and 504 are ours else, as GitHub writes them down."""
        return self.headers is not None


_TIMED_OUT = Answer(status="timed out", status_code=504)
_NO_CONNECTION = Answer(status="failed to connect to host", status_code=502)
_BAD_CERTIFICATE = Answer(status="peer certificate cannot be authenticated with given CA certificates", status_code=502)


def post(
    url: str, headers: Mapping[str, str], body: bytes, *, verify_tls: bool, allowed: Destinations, timeout_s: float
) -> Answer:
    """Send a body and wait for the answer, `timeout_s` seconds at most. Never raises for what the receiver does."""
    begun = time.monotonic()
    try:
        answer = _ask(url, headers, body, verify_tls=verify_tls, allowed=allowed, timeout_s=timeout_s)
    except Refused as exc:
        answer = Answer(status=str(exc), status_code=0)
    except ssl.SSLCertVerificationError:
        answer = _BAD_CERTIFICATE
    except (OSError, http.client.HTTPException, Unknown, ValueError) as exc:
        late = isinstance(exc, TimeoutError) or time.monotonic() - begun >= timeout_s
        answer = _TIMED_OUT if late else _NO_CONNECTION
    return replace(answer, duration_s=time.monotonic() - begun)


def _ask(
    url: str, headers: Mapping[str, str], body: bytes, *, verify_tls: bool, allowed: Destinations, timeout_s: float
) -> Answer:
    parts = urlsplit(url)
    with _line(parts, verify_tls=verify_tls, allowed=allowed) as line, _deadline(line, timeout_s):
        line.settimeout(timeout_s)
        if isinstance(line, ssl.SSLSocket):
            line.do_handshake()
        connection = http.client.HTTPConnection(parts.netloc.rpartition("@")[2])
        connection.sock = line
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", quote(target, safe=_KEPT_IN_TARGETS), body=body, headers=dict(headers))
        return _read(connection.getresponse())


def _line(parts: SplitResult, *, verify_tls: bool, allowed: Destinations) -> socket.socket:
    secure = parts.scheme == "https"
    host, port = parts.hostname or "", parts.port or (443 if secure else 80)
    line = socket.create_connection((str(allowed.address_of(host, port)), port), _CONNECT_TIMEOUT_S)
    if not secure:
        return line
    return _tls(verify_tls).wrap_socket(line, server_hostname=host, do_handshake_on_connect=False)


def _read(response: http.client.HTTPResponse) -> Answer:
    body = response.read(LARGEST_ANSWER).decode("utf-8", "replace").replace("\0", "\ufffd")
    good = 200 <= response.status < 300
    return Answer(
        status="OK" if good else f"Invalid HTTP Response: {response.status}",
        status_code=response.status,
        headers=dict(response.getheaders()),
        body=body,
    )


@contextmanager
def _deadline(line: socket.socket, timeout_s: float) -> Iterator[None]:
    # a socket's own timeout counts from byte to byte, and a receiver that sends one now and then would never end
    def cut_off() -> None:
        with suppress(OSError):
            socket.socket.shutdown(line, socket.SHUT_RDWR)  # not TLS's own, which would meddle with the reader

    timer = threading.Timer(timeout_s, cut_off)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


@cache
def _tls(verify: bool) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if not verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context
