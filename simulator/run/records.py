"""A run as it is written down, read for one moment: its view, history, facts and scorecards.

What pages and the API are answered of it, queries.py says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from simulator.model.facts import Fact
from simulator.model.history import History
from simulator.model.keys import RunId, SeatId
from simulator.model.runs import Run
from simulator.run.addresses import SiteAddress
from simulator.run.live import Story
from simulator.run.shelf import Shelf
from simulator.scenario.view import View as Known
from simulator.timekeeping.clock import Clock
from simulator.timekeeping.timeline import Timeline

if TYPE_CHECKING:
    from simulator.run.openings import Openings

_REMEMBERED = 100  # histories


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A run as it stands at one moment: everything that the answers below are made of."""

    run: Run
    story: Story
    timeline: Timeline
    now: datetime  # simulated
    bindings: Mapping[str, str]

    @property
    def day(self) -> int:
        """Working day of the run, from 1; 0 before it begins."""
        return self.story.calendar.day_number(self.story.first_day, self.now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """Reads what is kept. `base_url` is where the server is reached now."""

    shelf: Shelf
    openings: Openings
    clock: Clock
    base_url: str
    _histories: dict[RunId, tuple[tuple[tuple[int, int], datetime], History]] = field(default_factory=dict, repr=False)

    def view(self, run: Run) -> View:
        """A run at the present moment."""
        story = self.openings.story(run)
        timeline = self.openings.timeline(run, story)
        now = timeline.simulated(self.clock())
        return View(run=run, story=story, timeline=timeline, now=now, bindings=self.shelf.runs.bindings(run.id))

    def known(self, view: View) -> Known:
        """What is known of the run now, as whoever decides something by it sees it."""
        return Known(
            scenario=view.story.scenario,
            history=self.history(view),
            facts=self.shelf.facts.all(view.run.id),
            bindings=view.bindings,
            seed=view.run.seed,
        )

    def history(self, view: View) -> History:
        """The run's history now; kept until something new is known or a minute of simulated time has passed."""
        key = (self.shelf.facts.mark(view.run.id), view.now.replace(second=0, microsecond=0))
        kept = self._histories.get(view.run.id)
        if kept is None or kept[0] != key:
            kept = (key, view.story.history(self.known_facts(view.run), now=view.now))
            self._histories[view.run.id] = kept
            for oldest in list(self._histories)[:-_REMEMBERED]:
                self._histories.pop(oldest, None)
        return kept[1]

    def card(self, run: Run, seat: SeatId | None) -> Mapping[str, Any]:
        """The last scorecard of a seat, None for the team; empty before there is one."""
        saved = self.shelf.scorecards.latest(run.id, seat)
        if saved is None:
            return {}
        card: Mapping[str, Any] = self.address(run).in_json(saved.card) if run.emulated else saved.card
        return card

    def known_facts(self, run: Run) -> tuple[Fact, ...]:
        """All facts, their addresses as the server is reached now."""
        facts = self.shelf.facts.all(run.id)
        return self.address(run).in_facts(facts) if run.emulated else tuple(facts)

    def address(self, run: Run) -> SiteAddress:
        """Where the run's site is reached now."""
        return SiteAddress(self.base_url, RunId(run.id))
