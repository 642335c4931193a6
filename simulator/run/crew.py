"""Threads that take one job after another, so that what a thread keeps (open repositories, connections) is used again."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from queue import SimpleQueue

logger = logging.getLogger(__name__)

Job = Callable[[], object]


class Crew:
    """As many threads as there are jobs at once. A job never waits for another; `idle` threads are kept for the next ones."""

    def __init__(self, *, idle: int) -> None:
        self._most_idle = idle
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._idle = 0
        self._threads: set[threading.Thread] = set()
        self._guard = threading.Lock()

    @property
    def idle(self) -> int:
        """How many threads have nothing to do."""
        return self._idle

    def give(self, job: Job) -> None:
        """Do a job, at once, in another thread."""
        with self._guard:
            if self._idle:
                self._idle -= 1
                self._jobs.put(job)
                return
            thread = threading.Thread(target=self._work, args=(job,), name="http-client", daemon=True)
            self._threads.add(thread)
        thread.start()

    def dismiss(self, *, timeout_s: float) -> None:
        """Let everybody go who has nothing to do, and wait for the others, though not for ever."""
        with self._guard:
            self._most_idle = 0
            for _ in range(self._idle):
                self._jobs.put(None)
            self._idle = 0
            present = set(self._threads)
        end = time.monotonic() + timeout_s
        for thread in present:
            thread.join(max(0.0, end - time.monotonic()))

    def _work(self, job: Job | None) -> None:
        while job is not None:
            try:
                job()
            except Exception:  # whatever it is, the next job has nothing to do with it
                logger.exception("a connection failed")
            job = self._jobs.get() if self._stays() else None
        with self._guard:
            self._threads.discard(threading.current_thread())

    def _stays(self) -> bool:
        with self._guard:
            stays = self._idle < self._most_idle
            self._idle += stays
        return stays
