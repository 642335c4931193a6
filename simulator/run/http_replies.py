"""A reply on its way out: head and first piece in one go, the rest as the application makes it.

Source: https://www.rfc-editor.org/rfc/rfc9112, https://peps.python.org/pep-3333
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterable, Iterator
from email.utils import formatdate
from functools import lru_cache
from types import TracebackType
from typing import TypeAlias

from simulator.run.http_requests import Request

Headers: TypeAlias = list[tuple[str, str]]
_Cause: TypeAlias = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
_OURS = frozenset({"connection", "transfer-encoding", "keep-alive", "upgrade", "date"})


@lru_cache(maxsize=2)
def _date(_second: int) -> str:
    return f"Date: {formatdate(usegmt=True)}"  # made once a second


class Reply:
    """One reply to one request. `keeps_connection` is settled with the head."""

    def __init__(self, connection: socket.socket, request: Request) -> None:
        self._connection = connection
        self._request = request
        self._status = ""
        self._headers: Headers = []
        self._length: int | None = None
        self._is_chunked = False
        self.is_begun = False
        self.keeps_connection = request.keeps_connection

    def start(self, status: str, headers: Headers, exc_info: _Cause | None = None, /) -> Callable[[bytes], object]:
        """What the application calls: `start_response` of PEP 3333."""
        if exc_info and self.is_begun and exc_info[1] is not None:
            raise exc_info[1]
        if self._status and not exc_info:
            raise AssertionError("start_response was called twice")
        self._status, self._headers = status, headers
        self._length = next((int(value) for name, value in headers if name.lower() == "content-length"), None)
        return self.write

    def only_piece(self, pieces: Iterator[bytes]) -> tuple[bytes, bool]:
        """The first piece that is not empty, and whether it is all there is to send."""
        piece = next((piece for piece in pieces if piece), b"")
        return piece, not self._has_body() or not piece or len(piece) == self._length

    def send_whole(self, piece: bytes) -> None:
        """Send a reply of one piece."""
        if self._length is None and self._has_body():
            self._length = len(piece)
            self._headers = [*self._headers, ("Content-Length", str(len(piece)))]
        body = piece if self._has_body() else b""
        self._connection.sendall(self._begin() + body)

    def write(self, piece: bytes) -> None:
        """Send a piece, after the head if it is the first."""
        head = b"" if self.is_begun else self._begin()
        if not self._has_body():
            self._connection.sendall(head)
        elif self._is_chunked:
            self._connection.sendall(b"%b%x\r\n%b\r\n" % (head, len(piece), piece) if piece else head)
        else:
            self._connection.sendall(head + piece)

    def stream(self, first: bytes, pieces: Iterable[bytes]) -> None:
        """Send a reply piece by piece."""
        self.write(first)
        for piece in pieces:
            if piece:
                self.write(piece)
        if self._is_chunked:
            self._connection.sendall(b"0\r\n\r\n")

    def _has_body(self) -> bool:
        return self._request.method != "HEAD" and self._status[:3] not in ("204", "304")

    def _begin(self) -> bytes:
        assert self._status, "the application began no reply"
        lines = [f"HTTP/1.1 {self._status}"]
        lines += [f"{name}: {value}" for name, value in self._headers if name.lower() not in _OURS]
        lines.append(_date(int(time.monotonic())))
        if self._length is None and self._has_body():
            self._is_chunked = self._request.version == "1.1"
            self.keeps_connection = self.keeps_connection and self._is_chunked
        if self._is_chunked:
            lines.append("Transfer-Encoding: chunked")
        if not self.keeps_connection:
            lines.append("Connection: close")
        head = "\r\n".join(lines)
        if head.count("\n") != len(lines) - 1 or head.count("\r") != len(lines) - 1:
            raise ValueError("a header holds a line break")
        self.is_begun = True
        return f"{head}\r\n\r\n".encode("latin-1")
