"""The gate of each site: requests go in and out, and wait outside while a site is exchanged for another state of itself.

One gate for one process. Where several processes share a database, requests of the others are not held up.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

_LONGEST_WAIT_S = 5.0


class Gate:
    """Counts the requests inside each site, and can close one."""

    def __init__(self) -> None:
        self._changed = threading.Condition(threading.Lock())
        self._inside: Counter[str] = Counter()
        self._closed: set[str] = set()

    def enter(self, site: str) -> None:
        """Go in; waits while the site is closed."""
        with self._changed:
            while site in self._closed:
                self._changed.wait()
            self._inside[site] += 1

    def leave(self, site: str) -> None:
        """Go out."""
        with self._changed:
            self._inside[site] -= 1
            if not self._inside[site]:
                del self._inside[site]
            if self._closed:
                self._changed.notify_all()

    @contextmanager
    def closed(self, site: str) -> Iterator[None]:
        """Nobody is inside during the block, but who has not come out within five seconds."""
        with self._changed:
            while site in self._closed:
                self._changed.wait()
            self._closed.add(site)
            self._changed.wait_for(lambda: not self._inside[site], timeout=_LONGEST_WAIT_S)
        try:
            yield
        finally:
            with self._changed:
                self._closed.discard(site)
                self._changed.notify_all()
