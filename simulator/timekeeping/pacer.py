"""Rings when a run's next moment has come. The only place that knows APScheduler.

Holds one alarm for each run and nothing else: what is due is in the database, and whoever starts the pacer sets the
alarms from there. Refuses to know simulated time: alarms are wall instants, by the `clock` that is given.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Lock

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.background import BackgroundScheduler

from simulator.model.keys import RunId
from simulator.timekeeping.clock import Clock, wall_clock

logger = logging.getLogger(__name__)

_JOB_DEFAULTS = {
    "coalesce": True,
    "misfire_grace_time": None,  # an alarm that is late rings all the same
    # APScheduler drops a ring while as many of the same job are at work. Ours never overlap (see _ring), so none is dropped.
    "max_instances": 1_000,
}


class Pacer:
    """Calls `ring` with a run's id at the alarm set for it, in a thread of its own, never twice at once for one run."""

    def __init__(self, ring: Callable[[RunId], None], *, clock: Clock = wall_clock, threads: int = 8) -> None:
        self._ring_bell = ring
        self._clock = clock
        self._threads = threads
        self._lock = Lock()
        self._scheduler: BackgroundScheduler | None = None
        self._ringing: dict[RunId, bool] = {}  # runs whose ring is at work, and whether to ring again after it

    def start(self) -> None:
        """Begin to ring, with no alarm set. Does nothing when already started."""
        with self._lock:
            if self._scheduler is None:
                scheduler = BackgroundScheduler(
                    timezone=UTC, job_defaults=_JOB_DEFAULTS, executors={"default": ThreadPoolExecutor(self._threads)}
                )
                scheduler.start()
                self._scheduler = scheduler

    def stop(self) -> None:
        """Forget all alarms and wait for the rings at work. Not to be called from a ring."""
        with self._lock:
            scheduler, self._scheduler = self._scheduler, None
        if scheduler is not None:
            # APScheduler's thread stumbles over an alarm that is due while it shuts down: take them all off before.
            scheduler.remove_all_jobs()
            scheduler.shutdown(wait=True)

    def set_alarm(self, run_id: RunId, instant: datetime | None) -> None:
        """Ring for a run at a wall instant instead of any set before, at once for a past one; None takes the alarm off.

        Does nothing while the pacer is stopped.
        """
        with self._lock:
            if self._scheduler is None:
                return
            if instant is None:
                self._take_off(self._scheduler, run_id)
            else:
                ahead = self._clock() - wall_clock()  # of the machine's clock, by which APScheduler goes
                self._scheduler.add_job(
                    self._ring, "date", run_date=instant - ahead, args=[run_id], id=run_id, replace_existing=True
                )

    @staticmethod
    def _take_off(scheduler: BackgroundScheduler, run_id: RunId) -> None:
        try:
            scheduler.remove_job(run_id)
        except JobLookupError:
            logger.debug("no alarm was set for run %s", run_id)

    def _ring(self, run_id: RunId) -> None:
        with self._lock:
            if run_id in self._ringing:
                self._ringing[run_id] = True
                return
            self._ringing[run_id] = False
        while True:
            self._ring_once(run_id)
            with self._lock:
                if not self._ringing[run_id]:
                    del self._ringing[run_id]
                    return
                self._ringing[run_id] = False

    def _ring_once(self, run_id: RunId) -> None:
        try:
            self._ring_bell(run_id)
        except Exception:
            # A ring has nobody to answer to; the run's other alarms must go on.
            logger.exception("the ring of run %s failed", run_id)
