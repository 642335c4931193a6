"""Steers the timelines of runs that are in hand.

Every change is written down at once, together with what else it changes of the run (`changes`): a `kill -9` leaves no clock
that goes in a paused run, nor one that stands in a running one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from simulator.run.live import Live
from simulator.run.shelf import Shelf
from simulator.timekeeping.clock import Clock
from simulator.timekeeping.pace import rate_of
from simulator.timekeeping.timeline import Timeline


class Clockwork:
    """The hands on the clocks."""

    def __init__(self, shelf: Shelf, *, clock: Clock) -> None:
        self._shelf = shelf
        self._clock = clock

    def now(self, live: Live) -> datetime:
        """The simulated instant of now."""
        return live.timeline.simulated(self._clock())

    def stand(self, live: Live, **changes: Any) -> None:
        """Let time stand still; harmless when it does."""
        self._turn(live, live.timeline.pause(self._clock()), changes)

    def go(self, live: Live, pace_s: float, **changes: Any) -> None:
        """Let time go at a pace, in wall seconds for a working day; harmless when it goes."""
        timeline = live.timeline
        going = timeline.resume(self._clock(), self._rate(live, pace_s)) if timeline.paused else timeline
        self._turn(live, going, changes)

    def pace(self, live: Live, pace_s: float) -> None:
        """Let time go at another pace, once it goes."""
        timeline, rate = live.timeline, self._rate(live, pace_s)
        paced = timeline if timeline.paused else timeline.paced(self._clock(), rate)
        self._turn(live, paced, {"pace_s": pace_s})

    def jump(self, live: Live, to: datetime) -> None:
        """Let it be a later simulated instant at once; an earlier one than now is now."""
        wall = self._clock()
        if to > live.timeline.simulated(wall):
            self._steer(live, live.timeline.jumped(wall, to))
            live.seen_until = wall

    def mornings(self, live: Live, *, after: int, until: datetime) -> Iterator[tuple[int, datetime]]:
        """The working days of the run that begin after a day's number and not after an instant, with their beginnings."""
        story = live.story
        last = story.calendar.day_number(story.first_day, min(until, story.scenario.ends_at))
        for day in range(max(after, 0) + 1, last + 1):
            yield day, self.morning(live, day)

    def morning(self, live: Live, day: int) -> datetime:
        """The simulated instant at which a working day begins."""
        return live.story.calendar.instant(live.story.first_day, day, live.story.calendar.start)

    def retime(self, live: Live) -> None:
        """Read the timeline anew: it was settled elsewhere."""
        segments = tuple(self._shelf.runs.segments(live.run_id))
        live.timeline = Timeline(segments, live.timeline.calendar, live.timeline.until)

    def _turn(self, live: Live, timeline: Timeline, changes: dict[str, Any]) -> None:
        if timeline is not live.timeline:
            self._steer(live, timeline, **changes)
        elif changes:
            self._shelf.runs.update(live.run_id, **changes)

    def _steer(self, live: Live, timeline: Timeline, **changes: Any) -> None:
        self._shelf.runs.add_segment(live.run_id, timeline.segments[-1], **changes)
        live.timeline = timeline

    def _rate(self, live: Live, pace_s: float) -> float:
        return rate_of(pace_s, live.story.calendar.day_length)
