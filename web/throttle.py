"""Guesses at a code, counted: ten wrong ones in a minute, and no more is looked at for the rest of it."""

from __future__ import annotations

import threading
from collections import deque

_TRIES = 10
_WINDOW_S = 60.0
_PEERS = 1000  # more addresses than this are not remembered


class Throttle:
    """Counts wrong access codes for each peer: ten in a minute, then none is looked at for the rest of it."""

    def __init__(self) -> None:
        self._wrong: dict[str, deque[float]] = {}
        self._lock = threading.Lock()

    def is_full(self, peer: str, now: float) -> bool:
        """Whether this peer has to wait."""
        with self._lock:
            tries = self._wrong.get(peer)
            while tries and tries[0] < now - _WINDOW_S:
                tries.popleft()
            if tries is not None and not tries:
                del self._wrong[peer]
            return bool(tries) and len(tries or ()) >= _TRIES

    def note(self, peer: str, now: float) -> None:
        """One more wrong code."""
        with self._lock:
            self._wrong.setdefault(peer, deque(maxlen=_TRIES)).append(now)
            if len(self._wrong) > _PEERS:
                del self._wrong[min(self._wrong, key=lambda other: self._wrong[other][-1])]
