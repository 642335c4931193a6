"""A few threads for many runs: each run is in one thread's hands at a time, and wanted twice meanwhile is wanted once more.

Refuses to know what the work is.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable

from simulator.model.keys import RunId

logger = logging.getLogger(__name__)

_PATIENCE_S = 30.0


class Bench:
    """Calls `work` with a run's id for each run that was put there, in the order of putting."""

    def __init__(self, work: Callable[[RunId], None], *, threads: int) -> None:
        self._work = work
        self._count = threads
        self._waiting: deque[RunId] = deque()
        self._wanted: set[RunId] = set()
        self._at_work: set[RunId] = set()
        self._change = threading.Condition()
        self._is_open = False
        self._threads: list[threading.Thread] = []

    def open(self) -> None:
        """Begin with what was put there."""
        with self._change:
            self._is_open = True
            self._add_thread()
            self._change.notify_all()

    def close(self) -> None:
        """Take up nothing more, and wait for what is under way."""
        with self._change:
            self._is_open = False
            self._change.notify_all()
            threads = list(self._threads)
        for thread in threads:
            thread.join(timeout=_PATIENCE_S)

    def put(self, run_id: RunId) -> None:
        """Have a run worked on: now, or once more when it is in hand already."""
        with self._change:
            if run_id in self._wanted:
                return
            self._wanted.add(run_id)
            if run_id not in self._at_work:
                self._offer(run_id)

    def _offer(self, run_id: RunId) -> None:
        self._waiting.append(run_id)
        if self._is_open and len(self._at_work) + len(self._waiting) > len(self._threads):
            self._add_thread()
        self._change.notify()

    def _add_thread(self) -> None:
        if len(self._threads) < self._count:
            thread = threading.Thread(target=self._serve, name=f"work-{len(self._threads) + 1}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self) -> None:
        while (run_id := self._next()) is not None:
            try:
                self._work(run_id)
            except Exception:
                logger.exception("the work on run %s failed", run_id)
            with self._change:
                self._at_work.discard(run_id)
                if run_id in self._wanted:
                    self._offer(run_id)

    def _next(self) -> RunId | None:
        with self._change:
            while self._is_open and not self._waiting:
                self._change.wait()
            if not self._is_open:
                return None
            run_id = self._waiting.popleft()
            self._wanted.discard(run_id)
            self._at_work.add(run_id)
            return run_id
