"""What is known of a run now, read once for as long as nothing new was learnt.

Refuses to decide anything.
"""

from __future__ import annotations

from dataclasses import replace

from simulator.run.live import Live
from simulator.run.shelf import Shelf
from simulator.scenario.view import View
from simulator.timekeeping.clock import Clock


class Knowing:
    """Gives views of runs. The history is replayed only when there are new facts."""

    def __init__(self, shelf: Shelf, *, clock: Clock) -> None:
        self._shelf = shelf
        self._clock = clock

    def view(self, live: Live) -> View:
        """The run at this simulated instant."""
        now = live.timeline.simulated(self._clock())
        facts = self._shelf.facts.all(live.run_id)
        kept = live.known
        if kept is None or kept.facts is not facts or (facts and facts[-1].at > min(now, kept.now)):
            live.book = live.book or live.story.book()
            history = live.story.history(facts, now=now, book=live.book)
        else:
            history = kept.history if kept.now == now else replace(kept.history, now=now)
        live.known = View(
            scenario=live.story.scenario,
            history=history,
            facts=facts,
            bindings=self._shelf.runs.bindings(live.run_id),
            seed=live.seed,
        )
        return live.known
