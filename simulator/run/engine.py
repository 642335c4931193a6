"""The engine: what may be asked of a run. The loop (run/loop.py) closes agenda → adapters → facts → reactions → agenda.

Refuses to know threads, requests and pages. All waiting and all randomness are elsewhere; the clock is an argument, so that a
sprint of ten days can be played in seconds.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from simulator.errors import AdapterError, RunError
from simulator.model.actions import Action, AnswerPrompt
from simulator.model.keys import RunId, SeatId
from simulator.model.runs import Journey, Run, RunState
from simulator.run.absence import ended_unseen
from simulator.run.clockwork import Clockwork
from simulator.run.coach.comments import Commenting
from simulator.run.days import Days
from simulator.run.doing import Doing
from simulator.run.going_back import GoingBack, not_going_on
from simulator.run.intake import Intake
from simulator.run.live import Live
from simulator.run.loop import Loop
from simulator.run.shelf import Shelf
from simulator.run.talking import Talk
from simulator.run.turns import Turns
from simulator.scenario.view import View
from simulator.timekeeping.clock import Clock

logger = logging.getLogger(__name__)


class Engine:
    """Works on runs. Not safe for two threads on one run: the workroom gives each run one thread.

    With `only_final_score` nothing is scored before the end; with `days` the beginnings of days are kept, to go back to; with a
    `coach` findings are commented on where they are.
    """

    def __init__(
        self,
        shelf: Shelf,
        *,
        clock: Clock,
        open_run: Callable[[Run], Live],
        only_final_score: bool = False,
        days: Days | None = None,
        coach: Commenting | None = None,
    ) -> None:
        self._shelf = shelf
        self._clock = clock
        self._open_run = open_run
        self._intake = Intake(shelf, clock=clock, only_final_score=only_final_score)
        self._talk = Talk(shelf, self._intake, clock=clock)
        self._days = days
        self._coach = coach
        self._clockwork = Clockwork(shelf, clock=clock)
        turns = Turns(shelf, self._intake, self._clockwork, clock=clock)
        self._doing = Doing(shelf, self._intake, self._talk, end=self._end, ways=turns.ways)
        self._loop = Loop(
            shelf, clock=clock, clockwork=self._clockwork, intake=self._intake, doing=self._doing, days=days
        )
        self._live: dict[RunId, Live] = {}
        self._going_back = GoingBack(
            shelf, days, forget=self.forget, judge=lambda run_id: self._intake.judge(self.open(run_id))
        )

    # --- what the workroom asks -----------------------------------------------------------------------------------

    def work(self, run_id: RunId) -> datetime | None:
        """Do what is due: prepare, look, release. Returns the wall instant of the next entry, None when nothing waits.

        Raises AdapterError when a service does not answer; nothing is lost, the next call goes on from there.
        """
        run = self._shelf.runs.get(run_id)
        if run.state is RunState.PREPARING:
            self._loop.prepare(self._open(run), run)
        elif run.state in (RunState.RUNNING, RunState.PAUSED):
            self._go_on(run_id)
        else:
            self.forget(run_id)
            return None
        return self._next_ring(run_id)

    def advance(self, run_id: RunId, to: datetime | None) -> None:
        """Let simulated time go at once to an instant, or to the next entry; everything on the way happens in its order.

        Raises RunError when the run is not going on or the instant is past; AdapterError when a service does not answer: it
        stands then, and goes on to a given instant when the run is worked on again.
        """
        live = self._open(self._going_on(run_id))
        now = self.simulated_now(live)
        if to is not None and to < now:
            raise RunError(
                f"simulated time is {now:%Y-%m-%d %H:%M} already", where=f"run {run_id}", to_do="name a later time"
            )
        if to is not None:
            self._clockwork.stand(live, journey=Journey(to=to))
        self._intake.look(live, closely=True)
        journey = Journey(to=to or self._next_instant(live))
        self._clockwork.stand(live, journey=journey)
        self._loop.travel(live, journey)

    def lead(self, run_id: RunId, to: datetime) -> None:
        """The same for a scripted learner's next step: short ways, none of them written down, and nothing is scored on them."""
        self._loop.travel(self._open(self._going_on(run_id)), Journey(to=to), scored=False)

    def pause(self, run_id: RunId) -> None:
        """Stop the simulated clock; harmless when it stands. A journey ends where it is."""
        self._clockwork.stand(self._open(self._going_on(run_id)), state=RunState.PAUSED, journey=None)

    def resume(self, run_id: RunId) -> None:
        """Let the simulated clock go on at the run's pace; harmless when it goes."""
        run = self._going_on(run_id)
        live = self._open(run)
        if run.journey is None:
            self._clockwork.go(live, run.pace_s, state=RunState.RUNNING)
        else:
            self._shelf.runs.update(run_id, state=RunState.RUNNING)

    def set_pace(self, run_id: RunId, pace_s: float) -> None:
        """Change the pace: wall seconds of one working day."""
        self._clockwork.pace(self._open(self._going_on(run_id)), pace_s)

    def rewind(self, run_id: RunId, day: int) -> RunId:
        """Take a run back to the beginning of a day, where its clock stands; the id under which what it was can still be read.

        Raises RunError when that state is not kept, or the services are not ours.
        """
        return self._going_back.rewind(self._shelf.runs.get(run_id), day)

    def branch(self, run_id: RunId, day: int) -> RunId:
        """A second run that stands where this one was as a day began; its id. Raises RunError as `rewind` does."""
        return self._going_back.branch(self._shelf.runs.get(run_id), day)

    def retime(self, run_id: RunId) -> None:
        """Read a run's timeline anew: time without a server was settled."""
        live = self._live.get(run_id)
        if live is not None:
            self._clockwork.retime(live)

    def finish(self, run_id: RunId) -> None:
        """End the run now: look a last time, write the final scorecards, stop the clock. A service that is away keeps no run."""
        run = self._going_on(run_id)
        live = self._open(run)
        try:
            self._intake.look(live)
        except AdapterError as exc:
            logger.warning("run %s: it ends without a last look: %s", run_id, exc.what)
            self._intake.take(live, ended_unseen(run, exc.what, now=self._clock(), at=self._clockwork.now(live)))
        self._end(live)

    def answer(self, run_id: RunId, action: AnswerPrompt) -> None:
        """Take in a human's answer to a prompt; what is agreed on by it is done at once, in a pause too.

        Raises UnknownPrompt, BadAnswer or RunError.
        """
        run = self._going_on(run_id)
        live = self._open(run)
        self._talk.answer(live, action)
        if run.journey is not None:
            return
        try:
            self._loop.release(live)
        except AdapterError as exc:
            logger.warning("run %s: what was agreed on is done later: %s", run_id, exc.what)

    def say(self, run_id: RunId, seat: SeatId, text: str) -> None:
        """Take in what a human says in the run's chat. Raises BadAnswer or RunError."""
        self._talk.say(self._open(self._going_on(run_id)), seat, text)

    def take_hint(self, run_id: RunId, seat: SeatId, *, moment: str, level: int | None) -> None:
        """Take in that a human takes a hint. Raises RunError when there is none."""
        self._intake.take_hint(self._open(self._going_on(run_id)), seat, moment=moment, level=level)

    def as_persona(self, run_id: RunId, action: Action) -> bool:
        """Whether a scripted learner's action belongs to the run itself; then it is done. Raises RunError when it is refused."""
        return self._talk.as_persona(self._open(self._going_on(run_id)), action)

    def stop(self) -> None:
        """Take up no further entry of a preparation or of what is due: the next start goes on from there."""
        self._loop.stopped = True

    @property
    def stopped(self) -> bool:
        """Whether the server is about to end."""
        return self._loop.stopped

    def close(self) -> None:
        """Let go of every run."""
        for run_id in list(self._live):
            self.forget(run_id)

    def rest(self, run_id: RunId) -> None:
        """Let a run's connections go until it is worked on again."""
        live = self._live.get(run_id)
        if live is not None:
            live.rest()

    def forget(self, run_id: RunId) -> None:
        """Let go of a run and close its connections; it opens again when it is worked on."""
        live = self._live.pop(run_id, None)
        if live is not None:
            live.close()

    def simulated_now(self, live: Live) -> datetime:
        """The simulated instant of now."""
        return self._clockwork.now(live)

    def open(self, run_id: RunId) -> Live:
        """The run as the engine has it in hand."""
        return self._open(self._shelf.runs.get(run_id))

    def view(self, run_id: RunId) -> View:
        """What is known of a run now."""
        return self._intake.view(self._open(self._shelf.runs.get(run_id)))

    def look(self, run_id: RunId) -> None:
        """Take in what is new on the services now."""
        self._intake.look(self._open(self._shelf.runs.get(run_id)))

    def fresh(self, run_id: RunId, *, closely: bool = False) -> Live:
        """The run with everything taken in and scored that is new on its services; `closely` also by the time that has passed.

        Raises AdapterError when a service does not answer, RunError for a run that does not go on.
        """
        live = self._open(self._going_on(run_id))
        before = live.judged_at
        self._intake.look(live, closely=closely)
        if not live.cards or (closely and live.judged_at is before):
            self._intake.judge(live)
        return live

    # --- going on -------------------------------------------------------------------------------------------------

    def _go_on(self, run_id: RunId) -> None:
        run = self._going_on(run_id)
        live = self._open(run)
        self._intake.look(live)
        if run.journey is not None:
            self._loop.travel(live, run.journey)
        elif run.state is RunState.RUNNING:
            self._loop.release(live)
        state = self._shelf.runs.get(run_id).state
        if state is RunState.RUNNING:
            self._intake.judge_in_time(live)
        if self._coach is not None and state in (RunState.RUNNING, RunState.PAUSED):
            live.speaks_at = self._coach.speak(live, self._intake.view(live).history)

    def _next_instant(self, live: Live) -> datetime:
        """The simulated instant of the next entry. Raises RunError when nothing is to come."""
        following = self._shelf.agenda.next(live.run_id)
        if following is None:
            raise RunError("nothing is to come", where=f"run {live.run_id}", to_do="end it with `sprintdojo finish`")
        return max(following.at, self.simulated_now(live))

    def _next_ring(self, run_id: RunId) -> datetime | None:
        """The wall instant of the next entry, of the next morning, whose state is kept, or of the coach's next word."""
        live = self._live.get(run_id)
        if live is None or live.timeline.paused:
            return live.speaks_at if live else None
        following = self._shelf.agenda.next(run_id)
        instants = [following.at] if following else []
        if self._days is not None and live.emulated:
            calendar, story = live.story.calendar, live.story
            today = calendar.day_number(story.first_day, self._clockwork.now(live))
            instants.append(self._clockwork.morning(live, today + 1))
        walls = [wall for instant in instants if (wall := live.timeline.wall(instant)) is not None]
        return min([*walls, *([live.speaks_at] if live.speaks_at else [])], default=None)

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
        if run.rewinding is not None:  # a crash on the way back: what is asked now is asked of the day it goes back to
            self._going_back.bring_back(run, run.rewinding)
            run = self._shelf.runs.get(run_id)
        if run.state not in (RunState.RUNNING, RunState.PAUSED):
            raise not_going_on(run)
        return run

    def _end(self, live: Live) -> None:
        self._clockwork.stand(live, journey=Journey(to=self._clockwork.now(live)))  # until it is ended
        self._intake.judge_finally(live)
        self._shelf.runs.update(
            live.run_id, state=RunState.FINISHED, finished_at=self._clock(), journey=None, problem=None
        )
