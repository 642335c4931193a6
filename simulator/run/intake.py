"""What is new on the services, taken in: observations become facts, facts get their reactions, and the score follows."""

from __future__ import annotations

from datetime import timedelta

from simulator.activity.collect import place
from simulator.adapters.fill import fill
from simulator.model.actions import PostNote
from simulator.model.agenda import AgendaEntry, Phase
from simulator.model.facts import Fact, FactKind
from simulator.plan.react import react
from simulator.ports import Bindings
from simulator.run.judge import judge
from simulator.run.live import Live
from simulator.run.shelf import Shelf, entries_of
from simulator.timekeeping.clock import Clock

_JUDGED_EVERY = timedelta(minutes=30)  # simulated


class Intake:
    """Takes in. With `only_final_score` nothing is scored before the end."""

    def __init__(self, shelf: Shelf, *, clock: Clock, only_final_score: bool) -> None:
        self._shelf = shelf
        self._clock = clock
        self._only_final_score = only_final_score

    def look(self, live: Live) -> None:
        """Look at the services once. Raises AdapterError; then nothing is lost, the next look begins where this one did."""
        begun = self._clock()
        cursor = self._shelf.facts.cursor(live.run_id)
        observations, following = live.observer.observe(cursor)
        facts = place(
            observations,
            timeline=live.timeline,
            roster=live.story.roster,
            seen_until=live.seen_until,
            now=self._clock(),
        )
        live.seen_until = begun
        changed = dict(following) != dict(cursor)
        self._take_in(live, facts, cursor=following if changed else None)

    def post(self, live: Live, entry: AgendaEntry, note: PostNote) -> None:
        """Put a note into the run's feed, once for its entry."""
        now = self._clock()
        at = live.timeline.simulated(now)
        posted = Fact(
            source_id=f"run:note:{entry.id}",
            kind=FactKind.NOTE_POSTED,
            subject=f"run:{live.run_id}",
            actor=note.actor,
            url="",
            recorded_at=now,
            at=at,
            detail={
                "channel": str(note.channel),
                "text": fill(note.text, self._shelf.runs.bindings(live.run_id), strict=False),
                "day": live.story.calendar.day_number(live.story.first_day, at),
            },
        )
        self._take_in(live, (posted,), cursor=None)

    def react_to_all(self, live: Live) -> None:
        """Add what a crash may have left undone; reactions that are known already are ignored."""
        self._react(live, self._shelf.facts.all(live.run_id))

    def judge(self, live: Live) -> None:
        """Score everybody as things stand."""
        if self._only_final_score:
            return
        wall = self._clock()
        live.judged_at = live.timeline.simulated(wall)
        judge(self._shelf, live, now=live.judged_at, wall=wall, final=False)

    def judge_in_time(self, live: Live) -> None:
        """Score again when time has passed, for time alone changes a score: more evidence is expected by and by."""
        if live.judged_at is None or live.timeline.simulated(self._clock()) - live.judged_at > _JUDGED_EVERY:
            self.judge(live)

    def judge_finally(self, live: Live) -> None:
        """Write the final scorecards."""
        wall = self._clock()
        judge(self._shelf, live, now=live.timeline.simulated(wall), wall=wall, final=True)

    def _take_in(self, live: Live, facts: tuple[Fact, ...], *, cursor: Bindings | None) -> None:
        if not facts and cursor is None:
            return
        new = self._shelf.facts.append(live.run_id, facts, cursor=cursor)
        if new:
            self._react(live, new)
            self.judge(live)

    def _react(self, live: Live, facts: tuple[Fact, ...]) -> None:
        known = self._shelf.facts.all(live.run_id)
        bindings = self._shelf.runs.bindings(live.run_id)
        for fact in facts:
            timed = react(fact, scenario=live.story.scenario, facts=known, bindings=bindings, seed=live.seed)
            if timed:
                self._shelf.agenda.add(live.run_id, entries_of(timed, phase=Phase.PLAY))
