"""The one thread of a server for what comes by itself: that it is alive, and that it is time for something.

Refuses to know runs.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from time import monotonic

logger = logging.getLogger(__name__)

BEAT_S = 2.0
_SHORTEST_PAUSE_S = 0.05


class Heart(threading.Thread):
    """Calls `beat` every two seconds of wall time, and `wake` after the seconds that it gave last, at most as many."""

    def __init__(self, beat: Callable[[], None], wake: Callable[[], float]) -> None:
        super().__init__(name="heart", daemon=True)
        self._beat = beat
        self._wake = wake
        self._stopping = threading.Event()

    def stop(self) -> None:
        """End it, and wait for what it is at."""
        self._stopping.set()
        if self.is_alive():
            self.join(timeout=30)

    def run(self) -> None:
        """What the thread does."""
        last_s, pause_s = 0.0, 0.0
        while not self._stopping.wait(min(max(pause_s, _SHORTEST_PAUSE_S), BEAT_S)):
            try:
                if monotonic() - last_s >= BEAT_S:
                    last_s = monotonic()
                    self._beat()
                pause_s = self._wake()
            except Exception:
                logger.exception("the heartbeat failed; it is tried again")
                pause_s = BEAT_S
