"""The loop of a run: what is due is taken from the agenda in its order, done, and what it brought is looked at.

Time either runs, and what is due is released; or it is led in steps to a later instant, so that everything on the way happens at
the very instant of its entry. An entry is marked begun before it is done and done after it: after a `kill -9` at most one is done
again, and that one looks first whether it was done already.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from simulator.errors import AdapterError, RateLimited, SprintdojoError, StorageError
from simulator.model.actions import Happen, unpack
from simulator.model.agenda import AgendaEntry, EntryState, Phase
from simulator.model.facts import Fact, FactKind
from simulator.model.runs import Journey, Run, RunState
from simulator.run.absence import caught_up
from simulator.run.clockwork import Clockwork
from simulator.run.days import Days
from simulator.run.doing import Doing, Done
from simulator.run.intake import Intake
from simulator.run.live import Live
from simulator.run.shelf import Shelf
from simulator.timekeeping.clock import Clock

logger = logging.getLogger(__name__)

_MOST_ATTEMPTS = 5
_MOST_ATTEMPTS_AT_A_FAULT_OF_OURS = 3
_PATIENCE = timedelta(minutes=3)  # wall: for so long a service may refuse one entry while it answers otherwise
_LONGEST_LIMIT = timedelta(minutes=65)  # wall: GitHub's limits are of an hour; what they hold up is done after it
_STILL_MORNING = timedelta(seconds=30)  # wall
_MOST_ENTRIES_AT_ONCE = 5_000
_OURS = "this failed inside Sprintdojo; the server's log says more"


class Loop:
    """Takes entries. With `days` the beginning of each day is kept."""

    def __init__(
        self, shelf: Shelf, *, clock: Clock, clockwork: Clockwork, intake: Intake, doing: Doing, days: Days | None
    ) -> None:
        self._shelf = shelf
        self._clock = clock
        self._clockwork = clockwork
        self._intake = intake
        self._doing = doing
        self._days = days
        self.stopped = False

    def prepare(self, live: Live, run: Run) -> None:
        """Do the set-up, or what is left of it, and let the first day begin."""
        while (entry := self._shelf.agenda.next(run.id)) is not None and entry.phase is Phase.SETUP:
            if self.stopped:
                return
            self.take(live, entry)
        self._intake.look(live)
        self.keep_day(live, 1)
        begun = {"started_at": self._clock(), "problem": None}
        if run.starts_paused:
            self._clockwork.stand(live, state=RunState.PAUSED, **begun)
        else:
            self._clockwork.go(live, run.pace_s, state=RunState.RUNNING, **begun)
        self._intake.judge(live)

    def release(self, live: Live) -> None:
        """Do what is due by now."""
        for _ in range(_MOST_ENTRIES_AT_ONCE):
            entry = self._shelf.agenda.next(live.run_id)
            now = self._clockwork.now(live)
            due = entry is not None and entry.at <= now
            self._begin_days(live, min(entry.at, now) if entry else now)
            if self.stopped or entry is None or not due:
                return
            self.take(live, entry)
            self._intake.look(live)

    def travel(self, live: Live, journey: Journey, *, scored: bool = True) -> None:
        """Lead time to a later instant; everything on the way happens in its order, at its own instant.

        Raises AdapterError when a service does not answer; called again, it goes on from there.
        """
        self._clockwork.stand(live)
        for _ in range(_MOST_ENTRIES_AT_ONCE):
            entry = self._shelf.agenda.next(live.run_id)
            if self.stopped:
                return
            if entry is None or entry.at > journey.to:
                self._arrive(live, journey, scored=scored)
                return
            self._step(live, entry.at)
            self.take(live, entry)
            self._intake.look(live)

    def take(self, live: Live, entry: AgendaEntry) -> None:
        """Do one entry and write down how it ended; what can no longer be done is told and left."""
        again = self._shelf.agenda.begin(live.run_id, entry.id, self._clock())
        try:
            done = self._doing.do(live, entry, unpack(entry.action), again=again)
        except (AdapterError, StorageError) as exc:
            if isinstance(exc, StorageError) or self._may_pass(entry, exc):
                raise
            done = self._given_up(live, entry, exc.what)
        except SprintdojoError as exc:
            if entry.phase is Phase.SETUP:
                raise
            done = self._given_up(live, entry, exc.what)
        except Exception:
            if entry.phase is Phase.SETUP or entry.attempts + 1 < _MOST_ATTEMPTS_AT_A_FAULT_OF_OURS:
                raise
            logger.exception("run %s: entry %s failed", live.run_id, entry.id)
            done = self._given_up(live, entry, _OURS)
        self._shelf.agenda.finish(
            live.run_id, entry.id, wall=self._clock(), outcome=done.outcome, note=done.note, bindings=done.made
        )

    def keep_day(self, live: Live, day: int) -> None:
        """Keep the present state as the beginning of a day."""
        if self._days is not None and live.emulated:
            self._days.keep(live.run_id, day, live.timeline)
            live.days_kept = day

    # --- on the way -----------------------------------------------------------------------------------------------

    def _step(self, live: Live, to: datetime) -> None:
        now = self._clockwork.now(live)
        for day, morning in self._missing_days(live, to):
            if morning >= now:
                self._clockwork.jump(live, morning)
                self.keep_day(live, day)
        self._clockwork.jump(live, to)

    def _begin_days(self, live: Live, until: datetime) -> None:
        """Keep the beginning of today, when today has but begun: of a morning long ago nobody knows how it was."""
        for day, morning in self._missing_days(live, until)[-1:]:
            begun = live.timeline.wall(morning)
            if begun is not None and self._clock() - begun < _STILL_MORNING:
                self.keep_day(live, day)

    def _missing_days(self, live: Live, until: datetime) -> list[tuple[int, datetime]]:
        if self._days is None or not live.emulated:
            return []
        return list(self._clockwork.mornings(live, after=live.days_kept, until=until))

    def _arrive(self, live: Live, journey: Journey, *, scored: bool) -> None:
        run = self._shelf.runs.get(live.run_id)
        if run.state is RunState.FINISHED:
            return
        self._step(live, journey.to)
        happened = self._since(live, journey)
        at = self._clockwork.now(live)
        told = caught_up(run, journey, happened=happened, now=self._clock(), at=at)
        if told is not None:
            self._intake.take(live, told)
        if run.state is RunState.RUNNING:
            self._clockwork.go(live, run.pace_s, journey=None)
        else:
            self._shelf.runs.update(live.run_id, journey=None)
        if scored:
            self._intake.judge(live)

    def _since(self, live: Live, journey: Journey) -> int:
        """How many things happened since the server was back."""
        if journey.back is None:
            return 0
        ended = self._shelf.agenda.entries(live.run_id, upcoming=False)
        return sum(
            entry.state is EntryState.DONE
            and entry.done_at is not None
            and entry.done_at >= journey.back
            and entry.action.get("do") != Happen.__name__  # what it brings about counts
            for entry in ended
        )

    # --- what fails -----------------------------------------------------------------------------------------------

    def _may_pass(self, entry: AgendaEntry, exc: AdapterError) -> bool:
        """Whether the entry is worth another attempt: a look at the services went well before each."""
        if entry.phase is Phase.SETUP:
            return True
        tried_for = self._clock() - (entry.begun_at or self._clock())
        patience = _LONGEST_LIMIT if isinstance(exc, RateLimited) else _PATIENCE
        return exc.retryable and (entry.attempts < _MOST_ATTEMPTS or tried_for < patience)

    def _given_up(self, live: Live, entry: AgendaEntry, why: str) -> Done:
        logger.warning("run %s: entry %s failed: %s", live.run_id, entry.id, why)
        self._intake.take(live, self._missed(live, entry, why))
        return Done(outcome=EntryState.FAILED, note=why)

    def _missed(self, live: Live, entry: AgendaEntry, why: str) -> Fact:
        seat = entry.action.get("actor")
        who = next((person.name for person in live.story.roster if person.seat == seat), "somebody")
        now = self._clock()
        return Fact(
            source_id=f"run:missed:{entry.id}",
            kind=FactKind.SIGHTED,
            subject=f"run:{live.run_id}",
            actor=None,
            url="",
            recorded_at=now,
            at=live.timeline.simulated(now),
            detail={"what": "missed", "text": f"Something {who} meant to do could not be done: {why}"},
        )
