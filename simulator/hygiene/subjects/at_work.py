"""On which days of a sprint somebody pushed, and on which they had an issue in progress."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from simulator.model.history import History
from simulator.model.keys import SeatId


@dataclass(frozen=True, slots=True)
class DayCounts:
    """How many days of each kind."""

    with_push: int
    in_progress: int


class AtWork:
    """What everybody did when."""

    def __init__(self, history: History) -> None:
        self._history = history

    def counts(self, seat: SeatId, start: datetime, day_ends: Sequence[datetime]) -> DayCounts:
        """The days of somebody in a sprint that has begun at `start`; days still to come have neither."""
        ends, today = [start, *day_ends], max(self._history.day_ends, default=start)
        pushed = {bisect_left(ends, at) for at in self._history.pushes_of.get(seat, ())}
        held = {
            day
            for span in self._history.held_by.get(seat, ())
            for day in range(bisect_left(ends, span.since), bisect_left(ends, span.until or today) + 1)
        }
        real = {day for day in range(1, bisect_left(ends, today) + 1) if day < len(ends)}
        return DayCounts(with_push=len(pushed & real), in_progress=len(held & real))
