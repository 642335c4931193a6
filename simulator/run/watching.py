"""Moments of a run: what is seen in them becomes facts, and slips get their consequence on the agenda.

Each sign is a fact once, each consequence an entry once; after a `kill -9` what is missing is added. Refuses to decide:
plan/moments.py does.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from simulator.errors import RunError
from simulator.model.actions import FollowSlip
from simulator.model.agenda import AgendaEntry, Phase
from simulator.model.facts import Fact, FactKind
from simulator.model.history import Seen
from simulator.model.keys import SeatId
from simulator.plan.card import LEVELS
from simulator.plan.moments import State, consequences, followed, has_moments, new_signs, standings
from simulator.run.live import Live
from simulator.run.shelf import Shelf, entries_of
from simulator.scenario.timed import Rank, TimedAction
from simulator.scenario.view import View
from simulator.timekeeping.clock import Clock

_WATCHED_EVERY = timedelta(minutes=30)  # simulated


class Watching:
    """Watches the moments of runs."""

    def __init__(self, shelf: Shelf, *, clock: Clock) -> None:
        self._shelf = shelf
        self._clock = clock

    def watch(self, live: Live, view: Callable[[Live], View]) -> None:
        """Write down what can be seen now and was not before, and what follows from it."""
        if not has_moments(live.story.scenario):
            return
        seen = view(live)
        live.watched_at = seen.now
        signs = new_signs(seen)
        if signs:
            self._shelf.facts.append(live.run_id, [self._fact(sign, seen) for sign in signs])
            self.catch_up(live, view)

    def watch_in_time(self, live: Live, view: Callable[[Live], View]) -> None:
        """Look again when time has passed, for some signs are that nothing happened."""
        now = live.timeline.simulated(self._clock())
        if live.watched_at is None or now - live.watched_at > _WATCHED_EVERY:
            self.watch(live, view)

    def catch_up(self, live: Live, view: Callable[[Live], View]) -> None:
        """Put what follows from the slips that were seen onto the agenda; what is there already is ignored."""
        if not has_moments(live.story.scenario):
            return
        timed = consequences(view(live))
        if timed:
            self._shelf.agenda.add(live.run_id, entries_of(timed, phase=Phase.PLAY))

    def follow(self, live: Live, entry: AgendaEntry, follow: FollowSlip, view: View) -> str:
        """Let a consequence come, each action as an entry of its own. Returns why it does not come, empty when it does."""
        timed = [
            TimedAction(id=f"{entry.id}.{number}", at=entry.at, priority=Rank.REACTION, action=action)
            for number, action in enumerate(followed(follow, view), start=1)
        ]
        self._shelf.agenda.add(live.run_id, entries_of(timed, phase=Phase.PLAY))
        return "" if timed else "it was made good meanwhile"

    def hint(self, view: View, seat: SeatId, *, moment: str, level: int | None) -> Fact:
        """The fact that somebody takes a hint: of the level asked for, else the next one.

        Raises RunError when the moment is not open for them, or there is no such level.
        """
        now = self._clock()
        standing = next((s for s in standings(view, seat) if s.moment.id == moment), None)
        if standing is None or standing.state is State.WAITING or not standing.is_open:
            raise RunError("there is no hint for this now", where=moment, to_do="see `sprintdojo job`")
        taken = view.history.run.hints.get((moment, seat), 0)
        level = min(taken + 1, LEVELS) if level is None else level
        if not 1 <= level <= LEVELS:
            raise RunError(f"there is no hint of level {level}", where=moment, to_do=f"ask for 1 to {LEVELS}")
        return Fact(
            source_id=f"run:hint:{moment}:{seat}:{level}",
            kind=FactKind.HINT_TAKEN,
            subject=f"moment:{moment}",
            actor=seat,
            url="",
            recorded_at=now,
            at=view.now,
            detail={"moment": moment, "seat": seat, "level": level},
        )

    def _fact(self, sign: Seen, view: View) -> Fact:
        name = (sign.moment, sign.seat, sign.outcome, sign.way)
        again = name in {(one.moment, one.seat, one.outcome, one.way) for one in view.history.run.seen}
        return Fact(
            source_id=":".join(("run:moment", *name, *([sign.at.isoformat()] if again else []))),
            kind=FactKind.MOMENT_SEEN,
            subject=f"moment:{sign.moment}",
            actor=sign.seat,
            url=next((evidence for evidence in sign.evidence if evidence.startswith("http")), ""),
            recorded_at=self._clock(),
            at=sign.at,
            detail={
                "moment": sign.moment,
                "seat": sign.seat,
                "outcome": sign.outcome,
                "way": sign.way,
                "evidence": list(sign.evidence),
            },
        )
