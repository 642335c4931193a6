"""One client's connection: its requests answered in turn by a WSGI application, until it goes away."""

from __future__ import annotations

import io
import logging
import socket
import sys
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager, suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes, urlsplit

from simulator.run.http_replies import Reply
from simulator.run.http_requests import BadRequest, Body, Request, Requests

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

logger = logging.getLogger(__name__)

_SILENCE_S = 120.0
_SMALL_BODY = 1024 * 1024  # read before the application is called, so that no slow sender holds its place
_LINGER = 256  # times 256 KiB at most that are read of a body nobody wanted, so that its sender sees the answer
_LINGER_S = 2.0
_BROKEN = ("500 Internal Server Error", [("Content-Type", "text/plain; charset=utf-8")], b"Internal Server Error\n")


class Connection:
    """A connection with a thread of its own. `turns` lets so many requests through at once as the application can take."""

    def __init__(
        self,
        connection: socket.socket,
        application: WSGIApplication,
        *,
        server: Mapping[str, Any],
        turns: AbstractContextManager[object],
    ) -> None:
        self._socket = connection
        self._application = application
        self._server = server
        self._turns = turns
        self._is_busy = False
        self._is_ending = False

    def serve(self) -> None:
        """Answer until the client, or `end`, says that it is enough."""
        self._socket.settimeout(_SILENCE_S)
        try:
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._answer_all(Requests(self._socket))
        except OSError as exc:  # the client went away, or said nothing for too long
            logger.debug("a connection ended: %s", exc)
        finally:
            self._socket.close()

    def end(self) -> None:
        """Let the request under way be answered and take no other."""
        self._is_ending = True
        if not self._is_busy:
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RD)

    def _answer_all(self, requests: Requests) -> None:
        try:
            while not self._is_ending and (request := requests.next()) is not None:
                self._is_busy = True
                if not self._answer(request, requests):
                    break
                self._is_busy = False
        except BadRequest as refused:
            self._refuse(refused)

    def _refuse(self, refused: BadRequest) -> None:
        text = f"{refused.status}\n".encode()
        head = f"HTTP/1.1 {refused.status}\r\nContent-Type: text/plain\r\nContent-Length: {len(text)}\r\n"
        self._socket.sendall(f"{head}Connection: close\r\n\r\n".encode() + text)
        self._linger()

    def _answer(self, request: Request, requests: Requests) -> bool:
        """Whether the connection can be gone on with."""
        reply = Reply(self._socket, request)
        environ = self._environ(request, requests, reply)
        try:
            self._run(environ, reply)
        except (ConnectionError, TimeoutError):  # the client is gone, or the application wants it to think so of us
            raise
        except Exception:
            logger.exception("%s %s failed", request.method, environ["PATH_INFO"])
            if reply.is_begun:
                return False
            status, headers, body = _BROKEN
            reply.start(status, list(headers), sys.exc_info())
            reply.send_whole(body)
        if not request.is_complete:
            self._linger()
        return reply.keeps_connection and request.is_complete

    def _run(self, environ: dict[str, Any], reply: Reply) -> None:
        with self._turns:
            made: Iterable[bytes] = self._application(environ, reply.start)
            try:
                pieces = iter(made)
                first, is_all = reply.only_piece(pieces)
                if not is_all:
                    return reply.stream(first, pieces)
            finally:
                if hasattr(made, "close"):
                    made.close()
        return reply.send_whole(first)  # a slow reader holds nobody's place

    def _environ(self, request: Request, requests: Requests, reply: Reply) -> dict[str, Any]:
        target = request.target.decode("latin-1")
        host, path, query = _parts(target) if request.method != "CONNECT" else (None, "/", "")
        environ = {
            **self._server,
            "REQUEST_METHOD": request.method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "REQUEST_URI": target,
            "SERVER_PROTOCOL": f"HTTP/{request.version}",
            "wsgi.input": _input(request, requests, reply),
        }
        for name, value in request.headers.items():
            environ[_key(name)] = value
        if host is not None:
            environ["HTTP_HOST"] = host
        return environ

    def _linger(self) -> None:
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_WR)
            self._socket.settimeout(_LINGER_S)
            for _ in range(_LINGER):
                if not self._socket.recv(262_144):
                    return


def _input(request: Request, requests: Requests, reply: Reply) -> io.BufferedIOBase:
    body = Body(request, requests, may_go_on=lambda: not reply.is_begun)
    length = request.headers.get("content-length")
    if length is not None and int(length) <= _SMALL_BODY and not request.is_awaited:
        while not request.is_complete:
            if not requests.read_more():
                raise ConnectionError("the body broke off")
    if not request.is_complete:
        return io.BufferedReader(body, 65_536)
    whole, request.pending = bytes(request.pending), bytearray()
    return io.BytesIO(whole)


def _parts(target: str) -> tuple[str | None, str, str]:
    """The host of an absolute target (None for any other), the path decoded as PEP 3333 has it, and the query."""
    host = None
    if target[:1] not in ("/", "*"):
        split = urlsplit(target)
        host, target = split.netloc.rpartition("@")[2], split._replace(scheme="", netloc="").geturl() or "/"
    path, _, query = target.partition("#")[0].partition("?")
    return host, unquote_to_bytes(path).decode("latin-1") if "%" in path else path, query


@lru_cache(maxsize=1024)
def _key(name: str) -> str:
    key = name.upper().replace("-", "_")
    return key if name in ("content-type", "content-length") else f"HTTP_{key}"
