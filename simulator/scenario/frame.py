"""The frame of a run while it is being checked: its sprints and working hours, and where a time of the story lies in it.

Works without dates: a time is so many minutes of working time from the run's beginning.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time, timedelta

from simulator.scenario.values import Hours, StoryTime

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Frame:
    """Sprints by id with their working days, in order, and the hours of a day."""

    sprints: Sequence[tuple[str, int]]
    hours: Hours

    @property
    def day(self) -> float:
        """Working minutes of a day."""
        return _minutes(self.hours.end) - _minutes(self.hours.start)

    @property
    def whole(self) -> float:
        """Working minutes of the run."""
        return self.day * sum(days for _, days in self.sprints)

    def minutes(self, at: StoryTime) -> float | None:
        """Where a time lies; None for one that is reckoned from a sprint which is not there."""
        if at.offset is None:
            since_morning = _minutes(at.at) - _minutes(self.hours.start) if at.at else 0.0
            return (at.day - 1) * self.day + since_morning
        bounds = self._bounds(at.offset.sprint)
        if bounds is None:
            return None
        length = at.offset.length / _MINUTE
        return bounds[at.offset.of_end] + (-length if at.offset.before else length)

    def is_before(self, one: StoryTime, other: StoryTime) -> bool | None:
        """Whether a time is before another; None when that cannot be told."""
        first, second = self.minutes(one), self.minutes(other)
        return None if first is None or second is None else first < second

    def _bounds(self, sprint: str) -> tuple[float, float] | None:
        begun = 0.0
        for name, days in self.sprints:
            if sprint in ("", name):
                return begun, begun + days * self.day
            begun += days * self.day
        return None


def _minutes(at: time) -> float:
    return at.hour * 60 + at.minute
