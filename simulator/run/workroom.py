"""Where runs are worked on: a few threads for all of them, woken by alarms, hints and requests.

What the engine does on the services happens here and never on a request's thread, so that the server cannot starve itself. A run
is in one thread's hands at a time. A run at which nothing happens costs nothing but a slow look now and then.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from time import monotonic
from typing import Literal

from simulator.errors import AdapterError, RateLimited, RunError, SprintdojoError, StorageError
from simulator.model.keys import RunId
from simulator.model.runs import RunState
from simulator.run.bench import Bench
from simulator.run.engine import Engine
from simulator.run.heart import BEAT_S, Heart
from simulator.run.shelf import Shelf
from simulator.timekeeping.clock import Clock

logger = logging.getLogger(__name__)

_JOBS_KEPT = 200
_AWAY = timedelta(seconds=5)
_MOST_START_FAILURES = 4
_LONGEST_BACKOFF_S = 30.0
_FIRST_BACKOFF_S = 0.5
_LONGEST_WAIT_S = 3600.0  # who goes on asking while a limit holds may be shut out
_OURS = "this failed inside Sprintdojo"
_SEE_LOG = "see the server's log"
_GOES_ON = "the clock goes on by itself when the service answers again, see `sprintdojo status`"
_THREADS = 10
_ALIVE = (RunState.PREPARING, RunState.RUNNING, RunState.PAUSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Something that was asked for on a run: working, done or failed (`problem`, `to_do`); `result` is what came of it."""

    run: RunId
    number: int
    what: str
    state: Literal["working", "done", "failed"] = "working"
    problem: str = ""
    to_do: str = ""
    result: str = ""


@dataclass(frozen=True, slots=True)
class _Asked:
    job: Job
    do: Callable[[], object]


class Workroom:
    """Works on the runs that go on.

    `look_s` gives the wall seconds until a run's services are looked at again, when nothing was new at them for so many seconds.
    `settle` takes up a run that nobody worked on for a while: it writes down what becomes of that time. `wait` lets a run's time
    stand while its services do not answer. Both say whether the run's timeline is another one now.
    """

    def __init__(
        self,
        engine: Engine,
        shelf: Shelf,
        *,
        clock: Clock,
        look_s: Callable[[RunId, float], float],
        set_alarm: Callable[[RunId, datetime | None], None],
        settle: Callable[[RunId], bool] = lambda _run_id: False,
        wait: Callable[[RunId], bool] = lambda _run_id: False,
    ) -> None:
        self.engine = engine
        self._shelf = shelf
        self._clock = clock
        self._look_s = look_s
        self._set_alarm = set_alarm
        self._settle = settle
        self._wait = wait
        self._bench = Bench(self._work_on, threads=_THREADS)
        self._asked: dict[RunId, list[_Asked]] = {}
        self._jobs: dict[tuple[RunId, int], Job] = {}
        self._cases: dict[RunId, _Case] = {}
        self._doing: dict[RunId, str] = {}
        self._lock = threading.Lock()
        self._beaten_at = clock()
        self._heart = Heart(self._beat, self._wake_due)

    def open(self) -> None:
        """Take up every run that goes on."""
        self._bench.open()
        for run in self._shelf.runs.all():
            if run.state in _ALIVE:
                self.wake(run.id)
        self._heart.start()

    def close(self) -> None:
        """Stop all work; what is under way is finished up to its next entry."""
        self.engine.stop()
        self._heart.stop()
        self._bench.close()
        self.engine.close()

    def wake(self, run_id: RunId) -> None:
        """Have a run worked on now: its alarm rang, or somebody hinted that something is new."""
        self._bench.put(run_id)

    def hint(self, run_id: RunId) -> None:
        """The same for a run that is worked on; of others nothing is wanted."""
        if run_id in self._cases:
            self._bench.put(run_id)

    def ask(self, run_id: RunId, what: str, do: Callable[[], object]) -> Job:
        """Have something done when the run is free; follow it with `job`. What `do` returns is the job's result."""
        with self._lock:
            number = 1 + max((n for run, n in self._jobs if run == run_id), default=0)
            job = Job(run=run_id, number=number, what=what)
            self._jobs[run_id, number] = job
            for old in list(self._jobs)[:-_JOBS_KEPT]:
                del self._jobs[old]
            self._asked.setdefault(run_id, []).append(_Asked(job, do))
        self._bench.put(run_id)
        return job

    def job(self, run_id: RunId, number: int) -> Job | None:
        """A job as it stands, None when it is not known (any more)."""
        return self._jobs.get((run_id, number))

    def doing(self, run_id: RunId) -> str:
        """Which job a run is busy with, empty for none."""
        return self._doing.get(run_id, "")

    # --- what the threads do --------------------------------------------------------------------------------------

    def _work_on(self, run_id: RunId) -> None:
        case = self._cases.setdefault(run_id, _Case())
        try:
            self._settle_absence(run_id, case)
            with self._lock:
                asked = self._asked.pop(run_id, [])
            for one in asked:
                self._run_job(one)
            going_on = self._do_what_is_due(run_id, case)
        except SprintdojoError as exc:
            going_on = self._failed(run_id, exc, case)
        except Exception:
            logger.exception("run %s: the work on it failed; it is tried again", run_id)
            going_on = self._failed(run_id, RunError(_OURS, to_do=_SEE_LOG), case)
        self.engine.rest(run_id)
        if going_on:
            case.rest(self._pause_s(run_id, case))
        else:
            self._cases.pop(run_id, None)

    def _run_job(self, asked: _Asked) -> None:
        job = asked.job
        self._doing[job.run] = job.what
        try:
            result = asked.do()
        except SprintdojoError as exc:
            if isinstance(exc, StorageError):
                self.engine.forget(job.run)
            to_do = "; ".join(filter(None, (exc.to_do, self._goes_on(job.run, exc))))
            job = replace(job, state="failed", problem=exc.what, to_do=to_do)
        except Exception:
            logger.exception("run %s: %s failed", job.run, job.what)
            self.engine.forget(job.run)
            job = replace(job, state="failed", problem=_OURS, to_do=_SEE_LOG)
        else:
            job = replace(job, state="done", result="" if result is None else str(result))
        finally:
            self._doing.pop(asked.job.run, None)
        self._jobs[job.run, job.number] = job

    def _goes_on(self, run_id: RunId, error: SprintdojoError) -> str:
        """What is said of a failure with which the clock's way is not at an end."""
        passing = isinstance(error, AdapterError) and error.retryable
        return _GOES_ON if passing and self._shelf.runs.get(run_id).journey is not None else ""

    def _do_what_is_due(self, run_id: RunId, case: _Case) -> bool:
        """Whether the run goes on."""
        before = self._shelf.facts.last_sequence(run_id)
        ring = self.engine.work(run_id)
        self._set_alarm(run_id, ring)
        if self._shelf.facts.last_sequence(run_id) != before:
            case.stir()
        run = self._shelf.runs.get(run_id)
        if run.problem is not None and run.state in _ALIVE:
            self._shelf.runs.update(run_id, problem=None)
        case.failures = 0
        return run.state in _ALIVE

    def _settle_absence(self, run_id: RunId, case: _Case) -> None:
        """A machine that slept is a server that was away: nobody noticed, but the clock on the wall went on."""
        if self._clock() - self._shelf.runs.get(run_id).seen_at > _AWAY:
            if self._settle(run_id):
                self.engine.retime(run_id)
            self._shelf.runs.touch(run_id, self._clock())
            case.stir()

    def _failed(self, run_id: RunId, error: SprintdojoError, case: _Case) -> bool:
        logger.warning("run %s: %s", run_id, error.what)
        case.fail()
        case.asked_to_wait_s = error.retry_after_s if isinstance(error, RateLimited) else 0.0
        if not isinstance(error, AdapterError):
            self.engine.forget(run_id)  # opened again, it adds what was left undone
        elif self._wait(run_id):
            self.engine.retime(run_id)
        run = self._shelf.runs.get(run_id)
        passing = isinstance(error, StorageError) or (isinstance(error, AdapterError) and error.retryable)
        if run.state is RunState.PREPARING and not (passing and case.failures < _MOST_START_FAILURES):
            self._shelf.runs.update(run_id, state=RunState.FAILED, problem=_in_one_line(error))
            return False
        if run.problem != _in_one_line(error):
            self._shelf.runs.update(run_id, problem=_in_one_line(error))
        return run.state in _ALIVE

    def _pause_s(self, run_id: RunId, case: _Case) -> float:
        if case.failures:
            return pause_after_s(case.failures, case.asked_to_wait_s)
        return self._look_s(run_id, case.quiet_s)

    def _beat(self) -> None:
        """Say that the server is alive; where nobody said so for too long, the machine slept, and every run is to be settled."""
        now = self._clock()
        self._shelf.runs.touch_all(now, seen_since=now - _AWAY)
        slept, self._beaten_at = now - self._beaten_at > _AWAY, now
        if slept:
            for run_id in list(self._cases):
                self._bench.put(run_id)

    def _wake_due(self) -> float:
        """Wake the runs whose time for a look has come; the seconds until the next one's."""
        now_s = monotonic()
        cases = list(self._cases.items())
        for run_id, case in cases:
            if case.due_s <= now_s:
                case.due_s = now_s + _LONGEST_BACKOFF_S  # until it was worked on, which sets it anew
                self._bench.put(run_id)
        return min((case.due_s for _, case in cases), default=now_s + BEAT_S) - now_s


def pause_after_s(failures: int, asked_to_wait_s: float = 0.0) -> float:
    """Wall seconds until a run is worked on again after so many failures in a row, the last with a wish to be left alone."""
    backoff_s = min(_FIRST_BACKOFF_S * float(2**failures), _LONGEST_BACKOFF_S)
    return max(backoff_s, min(asked_to_wait_s, _LONGEST_WAIT_S))


def _in_one_line(error: SprintdojoError) -> str:
    return "; ".join(part for part in (error.what, error.where, error.to_do) if part)


class _Case:
    """How the work on one run stands, in seconds of the machine's own clock."""

    def __init__(self) -> None:
        self.failures = 0
        self.asked_to_wait_s = 0.0
        self.stirred_s = monotonic()
        self.due_s = self.stirred_s + _LONGEST_BACKOFF_S

    @property
    def quiet_s(self) -> float:
        """For how long nothing was new."""
        return monotonic() - self.stirred_s

    def stir(self) -> None:
        self.stirred_s = monotonic()

    def fail(self) -> None:
        self.failures = min(self.failures + 1, 8)

    def rest(self, pause_s: float) -> None:
        self.due_s = monotonic() + pause_s
