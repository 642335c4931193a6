"""The timeline of a run: how wall time maps to simulated time, at changing rates.

Pure: no clock, no storage. Simulated time runs through working time only: nights and weekends pass in no time.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

from simulator.errors import RunError
from simulator.timekeeping.workdays import WorkCalendar

_MICROSECOND = timedelta(microseconds=1)
_LONGEST = timedelta(days=1000)  # of working time: a run forgotten at a fast pace stays within the calendar


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the timeline at one rate: simulated working seconds per wall second, 0 = paused."""

    wall_start: datetime
    simulated_start: datetime
    rate: float

    def __post_init__(self) -> None:
        if self.wall_start.tzinfo is None or self.simulated_start.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        if not (math.isfinite(self.rate) and self.rate >= 0):
            raise RunError(
                f"time cannot run at the rate {self.rate}", to_do="give a pace, such as 10m for a working day"
            )


@dataclass(frozen=True, slots=True)
class Timeline:
    """Segments in the order of wall time, and the calendar that says what working time is.

    Simulated time never goes back, and stands still where the rate is 0 and after 1000 times 24 hours of work in one segment.
    With `until`, the story's end, it goes no further than that. Changing methods return a new timeline; a wall instant
    before the last segment (a clock that was set back) counts as that segment's start.
    """

    segments: tuple[Segment, ...]
    calendar: WorkCalendar
    until: datetime | None = None

    def __post_init__(self) -> None:
        if not self.segments:
            raise RunError("the run's time has not begun", to_do="start the run first")
        for earlier, later in zip(self.segments, self.segments[1:], strict=False):
            if later.wall_start < earlier.wall_start or later.simulated_start < earlier.simulated_start:
                raise RunError("the timeline's segments are not in order")

    @classmethod
    def begin(
        cls, *, wall: datetime, simulated: datetime, rate: float, calendar: WorkCalendar, until: datetime | None = None
    ) -> Self:
        """A timeline of one segment."""
        return cls((Segment(wall, simulated, rate),), calendar, until)

    @property
    def rate(self) -> float:
        """Simulated working seconds per wall second, now."""
        return self.segments[-1].rate

    @property
    def paused(self) -> bool:
        """Whether time stands still now."""
        return self.rate == 0

    def simulated(self, wall: datetime) -> datetime:
        """The simulated instant at a wall instant; before the first segment, the one that it starts with."""
        index = bisect_right(self.segments, wall, key=lambda segment: segment.wall_start) - 1
        segment = self.segments[max(0, index)]
        elapsed = wall - segment.wall_start
        if segment.rate == 0 or elapsed <= timedelta(0):
            return self._no_further(segment.simulated_start)
        worked = min(_times(elapsed, segment.rate), _LONGEST)
        return self._no_further(self.calendar.add_working_time(segment.simulated_start, worked))

    def wall(self, simulated: datetime) -> datetime | None:
        """The earliest wall instant at which a simulated instant is reached or passed, at the rates known now.

        None when the timeline stands still before it.
        """
        if self.until is not None and simulated > self.until:
            return None
        ends = [segment.wall_start for segment in self.segments[1:]]
        for segment, end in zip(self.segments, [*ends, None], strict=True):
            reached = self._wall_within(segment, simulated)
            if reached is not None and (end is None or reached < end):
                return reached
        return None

    def with_segment(self, segment: Segment) -> Self:
        """This timeline, going on with a further segment."""
        return type(self)((*self.segments, segment), self.calendar, self.until)

    def paced(self, wall: datetime, rate: float) -> Self:
        """Going on at another rate from a wall instant on."""
        wall = self._not_before_last(wall)
        return self.with_segment(Segment(wall, self.simulated(wall), rate))

    def pause(self, wall: datetime) -> Self:
        """Standing still from a wall instant on; a paused timeline stays as it is."""
        return self if self.paused else self.paced(wall, 0.0)

    def resume(self, wall: datetime, rate: float) -> Self:
        """Running again from a wall instant on, from where simulated time stands."""
        return self.paced(wall, rate)

    def jumped(self, wall: datetime, to: datetime) -> Self:
        """Continued at a later simulated instant, at the same rate, but not after `until`.

        Raises RunError for an earlier one than now.
        """
        wall = self._not_before_last(wall)
        now = self.simulated(wall)
        if to < now:
            raise RunError(
                f"simulated time cannot go back from {_local(now, self.calendar)} to {_local(to, self.calendar)}",
                to_do="advance to a later moment",
            )
        return self.with_segment(Segment(wall, self._no_further(to), self.rate))

    def _no_further(self, simulated: datetime) -> datetime:
        return (simulated if self.until is None else min(simulated, self.until)).astimezone(UTC)

    def _not_before_last(self, wall: datetime) -> datetime:
        return max(wall, self.segments[-1].wall_start)

    def _wall_within(self, segment: Segment, simulated: datetime) -> datetime | None:
        if simulated <= segment.simulated_start:
            return segment.wall_start.astimezone(UTC)
        if segment.rate == 0:
            return None
        worked = self.calendar.working_time(segment.simulated_start, simulated)
        if worked > _LONGEST:
            return None
        # Simulated time stays at the segment's very start for no time at all, however little of it is working time.
        return segment.wall_start.astimezone(UTC) + max(_divided(worked, segment.rate), _MICROSECOND)


# Whole microseconds and the rate as a ratio of integers: exact, so that the two mappings undo each other. A duration is cut
# down on the way to simulated time and rounded up on the way back: the instant of an alarm is never too early.


def _times(elapsed: timedelta, rate: float) -> timedelta:
    numerator, denominator = rate.as_integer_ratio()
    return timedelta(microseconds=(elapsed // _MICROSECOND) * numerator // denominator)


def _divided(worked: timedelta, rate: float) -> timedelta:
    numerator, denominator = rate.as_integer_ratio()
    return timedelta(microseconds=-(-(worked // _MICROSECOND) * denominator // numerator))


def _local(instant: datetime, calendar: WorkCalendar) -> str:
    return f"{instant.astimezone(calendar.zone):%a %d %b %H:%M}"
