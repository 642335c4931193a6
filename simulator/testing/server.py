"""One server with both emulators for a whole test session, on a free port of this machine. Sites come and go in milliseconds."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from simulator.emulators.kit.seed import Seed
from simulator.emulators.server import Emulators
from simulator.run.http_server import HttpServer, bind
from simulator.testing.emulated import Site
from simulator.timekeeping.clock import wall_clock

_THREADS = 16


class Server:
    """A context manager: serves from the beginning to the end of its block. Nothing in `folder` outlives the session."""

    def __init__(self, folder: Path) -> None:
        self._emulators = Emulators(
            database_url=f"sqlite:///{folder / 'emulators.db'}", folder=folder, now=wall_clock, durable=False
        )
        self._listener = bind("127.0.0.1", 0)
        self._http = HttpServer(self._listener, self._emulators.wsgi, threads=_THREADS)
        self._numbers = itertools.count(1)

    def __enter__(self) -> Server:
        self._http.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.stop()
        self._listener.socket.close()
        self._emulators.close()

    @contextmanager
    def fresh_site(self, seed: Seed) -> Iterator[Site]:
        """A site of its own, gone at the end."""
        key = f"test-{next(self._numbers)}"
        self._emulators.create_site(key, seed)
        try:
            yield Site(self._emulators, key, f"{self._listener.url}/sites/{key}", seed)
        finally:
            self._emulators.delete_site(key)
