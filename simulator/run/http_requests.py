"""Requests as they come in on one connection: heads read by httptools, bodies as streams.

Refuses what it would have to guess about: anything the parser does not take, long heads, an HTTP/1.1 request without a Host.
Source: https://www.rfc-editor.org/rfc/rfc9112
"""

from __future__ import annotations

import io
import socket
from collections import deque
from collections.abc import Callable

from httptools import HttpParserError, HttpParserUpgrade, HttpRequestParser

LONGEST_HEAD = 64 * 1024
"""Bytes of a request's line and headers together."""

LONGEST_BODY = 1 << 30
"""Bytes of a body; the applications have smaller limits of their own."""

_PIECE = 64 * 1024
_CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


class BadRequest(Exception):
    """What came is no request that can be answered; the connection cannot be gone on with. `status` says why."""

    def __init__(self, status: str = "400 Bad Request") -> None:
        super().__init__(status)
        self.status = status


class Request:
    """One request. `pending` is what has come of its body and was not read yet."""

    def __init__(self) -> None:
        self.method = ""
        self.target = bytearray()
        self.version = ""
        self.headers: dict[str, str] = {}
        self.pending = bytearray()
        self.is_headed = False
        self.is_complete = False
        self.is_awaited = False
        """Whether the client holds its body back until it is told to go on."""

    @property
    def keeps_connection(self) -> bool:
        """Whether the client wants the connection kept for the next request."""
        asked_to_close = "close" in self.headers.get("connection", "").lower()
        return self.version == "1.1" and not asked_to_close and self.method != "CONNECT"


class Requests:
    """The requests of a connection, one after another. The parser calls the methods that begin with `on_`."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._parser = HttpRequestParser(self)
        self._waiting: deque[Request] = deque()
        self._coming: Request | None = None
        self._head = 0
        self._body = 0

    def next(self) -> Request | None:
        """The next request, whole or with its body still to come; None when the client is gone.

        Raises BadRequest; TimeoutError when nothing comes.
        """
        while not self._waiting:
            if not self.read_more():
                return None
        return self._waiting.popleft()

    def read_more(self) -> bool:
        """Take in what has come; says whether there was anything. Raises BadRequest."""
        piece = self._connection.recv(_PIECE)
        if not piece:
            return False
        self._head += len(piece)
        self._feed(piece)
        if self._head > LONGEST_HEAD and not (self._coming and self._coming.is_headed) and not self._waiting:
            raise BadRequest("431 Request Header Fields Too Large")
        return True

    def go_on(self) -> None:
        """Tell the client to send the body that it holds back."""
        self._connection.sendall(_CONTINUE)

    def _feed(self, piece: bytes) -> None:
        try:
            self._parser.feed_data(piece)
        except HttpParserUpgrade as upgrade:  # nothing else is spoken here, so what follows is the next request
            self._parser = HttpRequestParser(self)
            self._feed(piece[upgrade.args[0] :])
        except HttpParserError as exc:
            if isinstance(exc.__context__, BadRequest):
                raise exc.__context__ from None
            raise BadRequest from exc

    def on_message_begin(self) -> None:
        """A request begins."""
        self._coming = Request()

    def on_url(self, piece: bytes) -> None:
        """A part of the target."""
        assert self._coming is not None
        self._coming.target += piece

    def on_header(self, name: bytes, value: bytes) -> None:
        """A whole header. Names with underscores are dropped: in a WSGI environment they could pass for others."""
        assert self._coming is not None
        key, text = name.decode("latin-1").lower(), value.decode("latin-1")
        if "_" in key:
            return
        present = self._coming.headers.get(key)
        joint = "; " if key == "cookie" else ", "
        self._coming.headers[key] = text if present is None else f"{present}{joint}{text}"

    def on_headers_complete(self) -> None:
        """The head is whole."""
        coming = self._coming
        assert coming is not None
        coming.method = self._parser.get_method().decode("latin-1")
        coming.version = self._parser.get_http_version()
        if coming.version not in ("1.0", "1.1"):
            raise BadRequest("505 HTTP Version Not Supported")
        if coming.version == "1.1" and "host" not in coming.headers:
            raise BadRequest
        if int(coming.headers.get("content-length") or 0) > LONGEST_BODY:
            raise BadRequest("413 Content Too Large")
        coming.is_headed = True
        coming.is_awaited = coming.headers.get("expect", "").lower() == "100-continue"
        self._body = 0
        self._waiting.append(coming)

    def on_body(self, piece: bytes) -> None:
        """A part of the body."""
        assert self._coming is not None
        self._body += len(piece)
        if self._body > LONGEST_BODY:
            raise BadRequest("413 Content Too Large")
        self._coming.pending += piece

    def on_message_complete(self) -> None:
        """The request is whole."""
        assert self._coming is not None
        self._coming.is_complete = True
        self._coming = None
        self._head = 0


class Body(io.RawIOBase):
    """A body read as it comes. Raises ConnectionError when it breaks off."""

    def __init__(self, request: Request, requests: Requests, *, may_go_on: Callable[[], bool]) -> None:
        self._request = request
        self._requests = requests
        self._may_go_on = may_go_on

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]  # Buffer has a name from 3.12 on only
        """Fill the buffer as far as something has come; 0 at the end."""
        request = self._request
        while not request.pending and not request.is_complete:
            self._wait()
        size = min(len(buffer), len(request.pending))
        buffer[:size] = request.pending[:size]
        del request.pending[:size]
        return size

    def _wait(self) -> None:
        if self._request.is_awaited and self._may_go_on():
            self._requests.go_on()
        self._request.is_awaited = False
        try:
            if not self._requests.read_more():
                raise ConnectionError("the body broke off")
        except BadRequest as exc:
            raise ConnectionError("the body is malformed") from exc
