"""The engine: closes the loop agenda → adapters → facts → reactions → agenda, one run at a time.

Refuses to know threads, requests and pages. All waiting and all randomness are elsewhere; the clock is an argument, so that a
sprint of ten days can be played in seconds. Each entry of an agenda is marked begun before it is done and done after it, so
that after a `kill -9` at most one is done again, and that one looks first whether it was done already.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from simulator.errors import AdapterError, RunError
from simulator.model.actions import Action, FinishRun, PostNote, ReviewWhenRead, unpack
from simulator.model.agenda import AgendaEntry, EntryState, Phase
from simulator.model.keys import RunId
from simulator.model.runs import Run, RunState
from simulator.plan.teammates import decide
from simulator.ports import Bindings
from simulator.run.intake import Intake
from simulator.run.live import Live
from simulator.run.shelf import Shelf
from simulator.timekeeping.clock import Clock
from simulator.timekeeping.pace import rate_of
from simulator.timekeeping.timeline import Timeline

logger = logging.getLogger(__name__)

_MOST_ATTEMPTS = 5
_MOST_ENTRIES_AT_ONCE = 5_000


class Engine:
    """Works on runs. Not safe for two threads on one run: the workroom gives each run one thread.

    With `only_final_score` nothing is scored before the end.
    """

    def __init__(
        self, shelf: Shelf, *, clock: Clock, open_run: Callable[[Run], Live], only_final_score: bool = False
    ) -> None:
        self._shelf = shelf
        self._clock = clock
        self._open_run = open_run
        self._intake = Intake(shelf, clock=clock, only_final_score=only_final_score)
        self._live: dict[RunId, Live] = {}
        self._stopped = False

    # --- what the workroom asks -----------------------------------------------------------------------------------

    def work(self, run_id: RunId) -> datetime | None:
        """Do what is due: prepare, look, release. Returns the wall instant of the next entry, None when nothing waits.

        Raises AdapterError when a service does not answer; nothing is lost, the next call goes on from there.
        """
        run = self._shelf.runs.get(run_id)
        if run.state is RunState.PREPARING:
            self._prepare(run)
        elif run.state in (RunState.RUNNING, RunState.PAUSED):
            live = self._open(run)
            self._intake.look(live)
            if run.state is RunState.RUNNING:
                self._release(live)
                self._intake.judge_in_time(live)
        else:
            self.forget(run_id)
            return None
        return self._next_ring(run_id)

    def advance(self, run_id: RunId, to: datetime | None) -> None:
        """Let simulated time go at once to an instant, or to the next entry; everything on the way happens in its order.

        Raises RunError when the run is not going on or the instant is past.
        """
        run = self._going_on(run_id)
        live = self._open(run)
        self._intake.look(live)
        now = self.simulated_now(live)
        if to is None:
            following = self._shelf.agenda.next(run_id)
            if following is None:
                raise RunError(
                    "nothing is to come", where=f"run {run_id}", to_do="finish the run with `sprintdojo finish`"
                )
            to = max(following.at, now)
        if to < now:
            raise RunError(
                f"simulated time is {now:%Y-%m-%d %H:%M} already", where=f"run {run_id}", to_do="name a later time"
            )
        for _ in range(_MOST_ENTRIES_AT_ONCE):
            if self._stopped:
                return
            entry = self._shelf.agenda.next(run_id)
            if entry is None or entry.at > to:
                break
            self._jump(live, entry.at)
            self._take(live, entry)
            self._intake.look(live)
        if self._shelf.runs.get(run_id).state is not RunState.FINISHED:
            self._jump(live, to)
            self._intake.judge(live)

    def pause(self, run_id: RunId) -> None:
        """Stop the simulated clock; harmless when it stands."""
        live = self._open(self._going_on(run_id))
        if not live.timeline.paused:
            self._steer(live, live.timeline.pause(self._clock()))
        self._shelf.runs.update(run_id, state=RunState.PAUSED)

    def resume(self, run_id: RunId) -> None:
        """Let the simulated clock go on at the run's pace; harmless when it goes."""
        run = self._going_on(run_id)
        live = self._open(run)
        if live.timeline.paused:
            self._steer(live, live.timeline.resume(self._clock(), self._rate(live, run.pace_s)))
        self._shelf.runs.update(run_id, state=RunState.RUNNING)

    def set_pace(self, run_id: RunId, pace_s: float) -> None:
        """Change the pace: wall seconds of one working day."""
        run = self._going_on(run_id)
        live = self._open(run)
        if not live.timeline.paused:
            self._steer(live, live.timeline.paced(self._clock(), self._rate(live, pace_s)))
        self._shelf.runs.update(run_id, pace_s=pace_s)

    def finish(self, run_id: RunId) -> None:
        """End the run now: look a last time, write the final scorecards, stop the clock."""
        live = self._open(self._going_on(run_id))
        self._intake.look(live)
        self._end(live)

    def stop(self) -> None:
        """Take up no further entry of a preparation or of what is due: the next start goes on from there."""
        self._stopped = True

    def close(self) -> None:
        """Let go of every run."""
        for run_id in list(self._live):
            self.forget(run_id)

    def forget(self, run_id: RunId) -> None:
        """Let go of a run and close its connections; it opens again when it is worked on."""
        live = self._live.pop(run_id, None)
        if live is not None:
            live.close()

    def simulated_now(self, live: Live) -> datetime:
        """The simulated instant of now."""
        return live.timeline.simulated(self._clock())

    def open(self, run_id: RunId) -> Live:
        """The run as the engine has it in hand."""
        return self._open(self._shelf.runs.get(run_id))

    def look(self, run_id: RunId) -> None:
        """Take in what is new on the services now."""
        self._intake.look(self._open(self._shelf.runs.get(run_id)))

    # --- preparing ------------------------------------------------------------------------------------------------

    def _prepare(self, run: Run) -> None:
        live = self._open(run)
        while (entry := self._shelf.agenda.next(run.id)) is not None and entry.phase is Phase.SETUP:
            if self._stopped:
                return
            self._take(live, entry)
        self._intake.look(live)
        timeline = live.timeline
        if timeline.paused and not run.starts_paused:
            self._steer(live, timeline.resume(self._clock(), self._rate(live, run.pace_s)))
        state = RunState.PAUSED if run.starts_paused else RunState.RUNNING
        self._shelf.runs.update(run.id, state=state, started_at=self._clock(), problem=None)
        self._intake.judge(live)

    # --- the loop -------------------------------------------------------------------------------------------------

    def _release(self, live: Live) -> None:
        for _ in range(_MOST_ENTRIES_AT_ONCE):
            entry = self._shelf.agenda.next(live.run_id)
            if self._stopped or entry is None or entry.at > self.simulated_now(live):
                return
            self._take(live, entry)
            self._intake.look(live)

    def _take(self, live: Live, entry: AgendaEntry) -> None:
        again = self._shelf.agenda.begin(live.run_id, entry.id, self._clock())
        try:
            made = self._do(live, entry, unpack(entry.action), again=again)
        except AdapterError as exc:
            if entry.phase is Phase.SETUP or (exc.retryable and entry.attempts < _MOST_ATTEMPTS):
                raise
            logger.warning("run %s: entry %s failed: %s", live.run_id, entry.id, exc.what)
            self._shelf.agenda.finish(
                live.run_id, entry.id, wall=self._clock(), outcome=EntryState.FAILED, note=exc.what, bindings={}
            )
            return
        self._shelf.agenda.finish(
            live.run_id, entry.id, wall=self._clock(), outcome=EntryState.DONE, note="", bindings=made
        )

    def _do(self, live: Live, entry: AgendaEntry, action: Action, *, again: bool) -> Bindings:
        if isinstance(action, PostNote):
            self._intake.post(live, entry, action)
            return {}
        if isinstance(action, FinishRun):
            self._end(live)
            return {}
        chosen = self._decide(live, action) if isinstance(action, ReviewWhenRead) else (action,)
        made: dict[str, str] = {}
        for step in chosen:
            bindings = {**self._shelf.runs.bindings(live.run_id), **made}
            made |= live.performer.perform(step, bindings=bindings, again=again)
        return made

    def _decide(self, live: Live, action: ReviewWhenRead) -> tuple[Action, ...]:
        facts, bindings = self._shelf.facts.all(live.run_id), self._shelf.runs.bindings(live.run_id)
        return decide(action, facts=facts, scenario=live.story.scenario, bindings=bindings, seed=live.seed)

    # --- the clock ------------------------------------------------------------------------------------------------

    def _jump(self, live: Live, to: datetime) -> None:
        wall = self._clock()
        if to > live.timeline.simulated(wall):
            self._steer(live, live.timeline.jumped(wall, to))
            live.seen_until = wall

    def _steer(self, live: Live, timeline: Timeline) -> None:
        self._shelf.runs.add_segment(live.run_id, timeline.segments[-1])
        live.timeline = timeline

    def _rate(self, live: Live, pace_s: float) -> float:
        return rate_of(pace_s, live.story.calendar.day_length)

    def _next_ring(self, run_id: RunId) -> datetime | None:
        live = self._live.get(run_id)
        following = self._shelf.agenda.next(run_id)
        if live is None or following is None or live.timeline.paused:
            return None
        return live.timeline.wall(following.at)

    # --- opening and ending ---------------------------------------------------------------------------------------

    def _open(self, run: Run) -> Live:
        live = self._live.get(run.id)
        if live is None:
            live = self._open_run(run)
            self._live[run.id] = live
            self._intake.react_to_all(live)
        return live

    def _going_on(self, run_id: RunId) -> Run:
        run = self._shelf.runs.get(run_id)
        if run.state not in (RunState.RUNNING, RunState.PAUSED):
            to_do = (
                "begin a new one with `sprintdojo start`"
                if run.state is RunState.FINISHED
                else "wait until it is prepared"
            )
            raise RunError(f"the run is {run.state}", where=f"run {run_id}", to_do=to_do)
        return run

    def _end(self, live: Live) -> None:
        wall = self._clock()
        if not live.timeline.paused:
            self._steer(live, live.timeline.pause(wall))
        self._intake.judge_finally(live)
        self._shelf.runs.update(live.run_id, state=RunState.FINISHED, finished_at=wall)
