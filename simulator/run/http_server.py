"""The HTTP server under `serve` and `emulate`: waitress in threads, on a socket bound before anything else is set up."""

from __future__ import annotations

import errno
import ipaddress
import socket
import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from waitress import wasyncore
from waitress.server import create_server

from simulator.errors import SetupError
from simulator.run.keep_alive import KeepAliveChannel

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


_LARGEST_BODY = 1 << 30
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
    """A WSGI application served from a background thread until `stop`."""

    def __init__(self, listener: Listener, application: WSGIApplication, *, threads: int) -> None:
        self._sockets: dict[int, Any] = {}  # of waitress: by file descriptor, its own channels
        self._server: Any = create_server(  # its types leave the trigger out
            application,
            map=self._sockets,
            sockets=[listener.socket],
            threads=threads,
            connection_limit=1000,
            channel_timeout=120,
            max_request_body_size=_LARGEST_BODY,
            clear_untrusted_proxy_headers=False,  # nothing believes them; they tell that a proxy stands between
            ident=None,
        )
        self._thread = threading.Thread(target=self._server.run, name="http", daemon=True)

    def start(self) -> None:
        """Begin to answer."""
        self._server.channel_class = KeepAliveChannel
        self._thread.start()

    def stop(self) -> None:
        """Stop answering; requests under way are finished first."""
        self._server.task_dispatcher.shutdown(timeout=5)
        # in its own thread, which else waits for every connection that a client keeps open
        with suppress(OSError):  # the loop has ended by itself, and its trigger with it
            self._server.trigger.pull_trigger(lambda: wasyncore.close_all(self._sockets, ignore_all=True))
        self._thread.join(timeout=5)
