"""Threads that work on runs: one for each run that goes on, woken by alarms, hints and requests.

What the engine does on the services happens here and never on a request's thread, so that the server cannot starve itself.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from simulator.errors import AdapterError, SprintdojoError
from simulator.model.keys import RunId
from simulator.model.runs import RunState
from simulator.run.engine import Engine
from simulator.run.shelf import Shelf
from simulator.timekeeping.clock import Clock

logger = logging.getLogger(__name__)

_JOBS_KEPT = 200
_HEARTBEAT_S = 1.0
_MOST_START_FAILURES = 4
_LONGEST_BACKOFF_S = 30.0
_ALIVE = (RunState.PREPARING, RunState.RUNNING, RunState.PAUSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Something that was asked for on a run: working, done or failed (`problem`, `to_do`)."""

    run: RunId
    number: int
    what: str
    state: Literal["working", "done", "failed"] = "working"
    problem: str = ""
    to_do: str = ""


@dataclass(frozen=True, slots=True)
class _Asked:
    job: Job
    do: Callable[[], None]


class Workroom:
    """Keeps one worker for each run that goes on. `look_s` gives the wall seconds between two looks at a run's services."""

    def __init__(
        self,
        engine: Engine,
        shelf: Shelf,
        *,
        clock: Clock,
        look_s: Callable[[RunId], float],
        set_alarm: Callable[[RunId, datetime | None], None],
    ) -> None:
        self.engine = engine
        self._shelf = shelf
        self._clock = clock
        self._look_s = look_s
        self._set_alarm = set_alarm
        self._workers: dict[RunId, _Worker] = {}
        self._jobs: dict[tuple[RunId, int], Job] = {}
        self._seen: dict[RunId, datetime] = {}
        self._lock = threading.Lock()
        self._closing = False

    def open(self) -> None:
        """Take up every run that goes on."""
        for run in self._shelf.runs.all():
            if run.state in _ALIVE:
                self.wake(run.id)

    def close(self) -> None:
        """Stop all workers; each finishes the entry it is at."""
        with self._lock:
            self._closing = True
            self.engine.stop()
            workers = list(self._workers.values())
        for worker in workers:
            worker.stop()
        self.engine.close()

    def wake(self, run_id: RunId) -> None:
        """Have a run worked on now: its alarm rang, or somebody hinted that something is new."""
        self._worker(run_id).inbox.put(None)

    def ask(self, run_id: RunId, what: str, do: Callable[[], None]) -> Job:
        """Have something done on the run's own thread; follow it with `job`."""
        with self._lock:
            number = 1 + max((n for run, n in self._jobs if run == run_id), default=0)
            job = Job(run=run_id, number=number, what=what)
            self._jobs[run_id, number] = job
            for old in list(self._jobs)[:-_JOBS_KEPT]:
                del self._jobs[old]
        self._worker(run_id).inbox.put(_Asked(job, do))
        return job

    def job(self, run_id: RunId, number: int) -> Job | None:
        """A job as it stands, None when it is not known (any more)."""
        return self._jobs.get((run_id, number))

    def _worker(self, run_id: RunId) -> _Worker:
        with self._lock:
            worker = self._workers.get(run_id)
            if worker is None or not worker.is_alive():
                worker = _Worker(self, run_id)
                self._workers[run_id] = worker
                if not self._closing:
                    worker.start()
            return worker

    # --- what workers do ------------------------------------------------------------------------------------------

    def _run_job(self, asked: _Asked) -> None:
        job = asked.job
        try:
            asked.do()
        except SprintdojoError as exc:
            job = replace(job, state="failed", problem=exc.what, to_do=exc.to_do)
        except Exception:
            logger.exception("run %s: %s failed", job.run, job.what)
            job = replace(job, state="failed", problem="this failed inside Sprintdojo", to_do="see the server's log")
        else:
            job = replace(job, state="done")
        self._jobs[job.run, job.number] = job

    def _work(self, run_id: RunId) -> bool:
        """Do what is due; whether the run goes on."""
        self._note_alive(run_id)
        ring = self.engine.work(run_id)
        self._set_alarm(run_id, ring)
        return self._shelf.runs.get(run_id).state in _ALIVE

    def _note_alive(self, run_id: RunId) -> None:
        now = self._clock()
        last = self._seen.get(run_id)
        if last is None or (now - last).total_seconds() >= _HEARTBEAT_S:
            self._shelf.runs.touch(run_id, now)
            self._seen[run_id] = now

    def _failed(self, run_id: RunId, error: SprintdojoError, failures: int) -> None:
        run = self._shelf.runs.get(run_id)
        retryable = isinstance(error, AdapterError) and error.retryable and failures < _MOST_START_FAILURES
        if run.state is RunState.PREPARING and not retryable:
            self._shelf.runs.update(run_id, state=RunState.FAILED, problem=_in_one_line(error))
        elif run.problem != _in_one_line(error):
            self._shelf.runs.update(run_id, problem=_in_one_line(error))

    def _recovered(self, run_id: RunId) -> None:
        if self._shelf.runs.get(run_id).problem is not None:
            self._shelf.runs.update(run_id, problem=None)


def _in_one_line(error: SprintdojoError) -> str:
    return "; ".join(part for part in (error.what, error.where, error.to_do) if part)


class _Worker(threading.Thread):
    """The thread of one run."""

    def __init__(self, room: Workroom, run_id: RunId) -> None:
        super().__init__(name=f"run-{run_id}", daemon=True)
        self.inbox: queue.Queue[_Asked | None] = queue.Queue()
        self._room = room
        self._run_id = run_id
        self._stopping = threading.Event()
        self._failures = 0
        self._sound = (
            False  # whether its last look went well; unknown at first, when an older problem may be written down
        )

    def stop(self) -> None:
        self._stopping.set()
        self.inbox.put(None)
        if self.is_alive():
            self.join(timeout=30)

    def run(self) -> None:
        going_on = True
        while not self._stopping.is_set():
            asked = self._wait(idle=not going_on)
            if self._stopping.is_set():
                return
            if asked is not None:
                self._room._run_job(asked)
            going_on = self._work()

    def _wait(self, *, idle: bool) -> _Asked | None:
        pause = None if idle else min(self._room._look_s(self._run_id) * 2**self._failures, _LONGEST_BACKOFF_S)
        try:
            asked = self.inbox.get(timeout=pause)
            while asked is None and not self.inbox.empty():  # several hints are one
                asked = self.inbox.get_nowait()
        except queue.Empty:
            return None
        return asked

    def _work(self) -> bool:
        room, run_id = self._room, self._run_id
        try:
            going_on = room._work(run_id)
        except SprintdojoError as exc:
            self._failures, self._sound = min(self._failures + 1, 8), False
            room._failed(run_id, exc, self._failures)
            logger.warning("run %s: %s", run_id, exc.what)
            return room._shelf.runs.get(run_id).state in _ALIVE
        except Exception:
            self._failures, self._sound = min(self._failures + 1, 8), False
            logger.exception("run %s: the work on it failed; it is tried again", run_id)
            return True
        if going_on and not self._sound:
            self._failures, self._sound = 0, True
            room._recovered(run_id)
        return going_on
