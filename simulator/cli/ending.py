"""How a server's process is told to end."""

from __future__ import annotations

import signal
import threading
from types import FrameType

_LOOK_S = 0.5  # a signal may land on another thread, and is heard only when the main one moves


class Ending:
    """Hears Ctrl-C (SIGINT) and SIGTERM from its making on, also while the server is still being set up.

    The first one asks for an orderly end; a second Ctrl-C ends at once. Made on the main thread, which signals belong to.
    """

    def __init__(self) -> None:
        self._heard = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._hear)

    def wait(self) -> None:
        """Wait until somebody asks for the end."""
        while not self._heard.wait(_LOOK_S):
            pass

    def _hear(self, number: int, _frame: FrameType | None) -> None:
        if self._heard.is_set() and number == signal.SIGINT:
            raise KeyboardInterrupt
        self._heard.set()
