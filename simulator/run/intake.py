"""What is new on the services, taken in: observations become facts, facts get their reactions, and the score follows."""

from __future__ import annotations

from datetime import timedelta

from simulator.activity.collect import place
from simulator.adapters.fill import fill
from simulator.model.actions import FollowSlip, Happen, PostNote
from simulator.model.agenda import AgendaEntry, Phase
from simulator.model.facts import Fact, FactKind
from simulator.model.keys import SeatId
from simulator.plan.react import react
from simulator.plan.sightings import sightings
from simulator.ports import Bindings
from simulator.run.coach.levels import finding_of, hint_taken
from simulator.run.happenings import Happenings
from simulator.run.judge import judge
from simulator.run.knowing import Knowing
from simulator.run.live import Live
from simulator.run.shelf import Shelf, entries_of
from simulator.run.watching import Watching
from simulator.scenario.view import View
from simulator.timekeeping.clock import Clock

_JUDGED_EVERY = timedelta(minutes=30)  # simulated


class Intake:
    """Takes in. With `only_final_score` nothing is scored before the end."""

    def __init__(self, shelf: Shelf, *, clock: Clock, only_final_score: bool) -> None:
        self._shelf = shelf
        self._clock = clock
        self._only_final_score = only_final_score
        self._knowing = Knowing(shelf, clock=clock)
        self._happenings = Happenings(shelf, clock=clock)
        self._watching = Watching(shelf, clock=clock)

    def look(self, live: Live, *, closely: bool = False) -> None:
        """Look at the services once; `closely` before time leaps, or something would be found days late.

        Raises AdapterError; then nothing is lost, the next look begins where this one did.
        """
        begun = self._clock()
        cursor = self._shelf.facts.cursor(live.run_id)
        observations, following = live.observer.observe(cursor, closely=closely)
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
        bindings = self._shelf.runs.bindings(live.run_id)
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
                "text": fill(note.text, bindings, strict=False),
                "day": live.story.calendar.day_number(live.story.first_day, at),
                **({"subject": fill(note.subject, bindings, strict=False)} if note.subject else {}),
                **({"to": list(note.to)} if note.to else {}),
            },
        )
        self._take_in(live, (posted,), cursor=None)

    def take(self, live: Live, *facts: Fact) -> None:
        """Take in facts of the run itself; those that are known already change nothing."""
        self._take_in(live, facts, cursor=None)

    def view(self, live: Live) -> View:
        """What is known of the run now."""
        return self._knowing.view(live)

    def let_happen(self, live: Live, entry: AgendaEntry, happen: Happen) -> str:
        """Let an event take place if it may: its fact first, then its actions. Returns why not, empty when it does."""
        decided, why = self._happenings.decided(live, happen, self.view(live))
        if decided is not None:
            self.take(live, self._happenings.fact(live, decided))
            self._happenings.follow(live, entry, decided, self.view(live))
        return why

    def react_to_all(self, live: Live) -> None:
        """Add what a crash may have left undone; reactions that are known already are ignored."""
        self._react(live, self._shelf.facts.all(live.run_id))
        self._watching.catch_up(live, self.view)

    def follow(self, live: Live, entry: AgendaEntry, follow: FollowSlip) -> str:
        """Let come what a slip brings about. Returns why it does not come, empty when it does."""
        return self._watching.follow(live, entry, follow, self.view(live))

    def take_hint(self, live: Live, seat: SeatId, *, moment: str, level: int | None) -> None:
        """Write down that somebody takes a hint, on a moment or on a finding. Raises RunError when there is none."""
        view, finding = self.view(live), finding_of(moment)
        if finding is None:
            self.take(live, self._watching.hint(view, seat, moment=moment, level=level))
        else:
            self.take(live, hint_taken(finding, view.history, seat, level=level, clock=self._clock))

    def judge(self, live: Live) -> None:
        """Score everybody as things stand."""
        if self._only_final_score:
            return
        history = self.view(live).history
        live.judged_at = history.now
        judge(self._shelf, live, history, wall=self._clock(), final=False)

    def judge_in_time(self, live: Live) -> None:
        """Score again when time has passed, for time alone changes a score: more evidence is expected by and by."""
        watched_at = live.watched_at
        self._watching.watch_in_time(live, self.view)
        if live.watched_at != watched_at:
            self._consider(live)
        if live.judged_at is None or live.timeline.simulated(self._clock()) - live.judged_at > _JUDGED_EVERY:
            self.judge(live)

    def judge_finally(self, live: Live) -> None:
        """Write the final scorecards."""
        self._watching.watch(live, self.view)
        judge(self._shelf, live, self.view(live).history, wall=self._clock(), final=True)

    def _take_in(self, live: Live, facts: tuple[Fact, ...], *, cursor: Bindings | None) -> None:
        if not facts and cursor is None:
            return
        new = self._shelf.facts.append(live.run_id, facts, cursor=cursor)
        if new:
            live.stirred_at = self._clock()
            self._react(live, new)
            self.judge(live)

    def _react(self, live: Live, facts: tuple[Fact, ...]) -> None:
        known = self._shelf.facts.all(live.run_id)
        bindings = self._shelf.runs.bindings(live.run_id)
        for fact in facts:
            timed = react(
                fact,
                scenario=live.story.scenario,
                facts=known,
                bindings=bindings,
                seed=live.seed,
                wordings=live.wordings,
            )
            if timed:
                self._shelf.agenda.add(live.run_id, entries_of(timed, phase=Phase.PLAY))
        odd = sightings(facts, known=known, scenario=live.story.scenario, bindings=bindings)
        if odd:
            self._shelf.facts.append(live.run_id, odd)
        if facts:
            self._watching.watch(live, self.view)
            self._consider(live)

    def _consider(self, live: Live) -> None:
        if live.story.scenario.conditional_events:
            self._happenings.consider(live, self.view(live))
