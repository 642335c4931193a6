"""The HTTP server under `serve` and `emulate`: a thread for each connection, on a socket bound before anything else is set up.

Between a client's request and the application stands no other thread, which is what makes it quick: docs/decisions/0012.
"""

from __future__ import annotations

import errno
import ipaddress
import logging
import selectors
import socket
import sys
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simulator.errors import SetupError
from simulator.run.crew import Crew
from simulator.run.http_connection import Connection

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

logger = logging.getLogger(__name__)

_MOST_CONNECTIONS = 1000
_PATIENCE_S = 5.0
_BACKLOG = 1024
_HERE = "127.0.0.1"
_REASONS = {
    errno.EADDRINUSE: ("the port is in use", "stop what listens there, or choose another one with --port"),
    errno.EACCES: ("this port may not be used", "choose one above 1023 with --port"),
    errno.EADDRNOTAVAIL: ("this machine has no such address", "use 127.0.0.1, or an address that `ip address` shows"),
}


@dataclass(frozen=True, slots=True)
class Listener:
    """A listening socket and the address under which it is reached. `loopback`: from this machine alone."""

    socket: socket.socket
    url: str
    loopback: bool


def bind(host: str, port: int) -> Listener:
    """Listen on an address. Raises SetupError when the port is taken or the address is not this machine's."""
    try:
        listener = _listening(host, port)
    except (OSError, UnicodeError) as exc:
        number, words = (exc.errno or 0, exc.strerror) if isinstance(exc, OSError) else (0, None)
        what, to_do = _REASONS.get(number, (f"cannot listen: {words or exc}", "check --host and --port"))
        raise SetupError(what, where=f"{host}:{port}", to_do=to_do) from exc
    address, taken = listener.getsockname()[:2]
    return Listener(listener, f"http://{_shown(host)}:{taken}", loopback=is_loopback(address))


def _listening(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(host or _HERE, port, type=socket.SOCK_STREAM)[0]
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(_BACKLOG)  # two may bind one port, but only one may listen there
    except OSError:
        listener.close()
        raise
    return listener


def is_loopback(host: str) -> bool:
    """Whether an address means this machine alone."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _shown(host: str) -> str:
    if host in ("", "0.0.0.0", "::"):  # noqa: S104 - recognised, not bound
        return _HERE
    return f"[{host}]" if ":" in host else host


class HttpServer:
    """A WSGI application served from background threads until `stop`: one a connection, `threads` of them at work at once."""

    def __init__(self, listener: Listener, application: WSGIApplication, *, threads: int) -> None:
        self._listener = listener.socket
        self._application = application
        self._server = _environ(listener.socket)
        self._turns = threading.BoundedSemaphore(threads)
        self._crew = Crew(idle=threads)
        self._room = threading.BoundedSemaphore(_MOST_CONNECTIONS)
        self._serving: set[Connection] = set()
        self._guard = threading.Lock()
        self._end, self._ending = socket.socketpair()
        self._thread = threading.Thread(target=self._accept_all, name="http", daemon=True)

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def stop(self) -> None:
        """Stop answering; requests under way are finished first, as far as they end within five seconds."""
        self._end.send(b".")
        self._thread.join()
        with self._guard:
            serving = set(self._serving)
        for connection in serving:
            connection.end()
        self._crew.dismiss(timeout_s=_PATIENCE_S)

    def _accept_all(self) -> None:
        with selectors.DefaultSelector() as selector, self._listener, self._ending, self._end:
            selector.register(self._listener, selectors.EVENT_READ)
            selector.register(self._ending, selectors.EVENT_READ)
            while True:
                ready = {key.fileobj for key, _ in selector.select()}
                if self._ending in ready:
                    return
                self._accept()

    def _accept(self) -> None:
        if not self._room.acquire(timeout=1):
            return  # full: the next ones wait in the backlog
        try:
            accepted, (peer, *_) = self._listener.accept()
        except OSError as exc:  # gone again, or no file left to open
            self._room.release()
            logger.debug("no connection: %s", exc)
            return
        server = {**self._server, "REMOTE_ADDR": peer}
        connection = Connection(accepted, self._application, server=server, turns=self._turns)
        with self._guard:
            self._serving.add(connection)
        self._crew.give(lambda: self._serve(connection))

    def _serve(self, connection: Connection) -> None:
        try:
            connection.serve()
        finally:
            with self._guard:
                self._serving.discard(connection)
            self._room.release()


def _environ(listener: socket.socket) -> dict[str, Any]:
    host, port = listener.getsockname()[:2]
    return {
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "SCRIPT_NAME": "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "wsgi.input_terminated": True,
    }
