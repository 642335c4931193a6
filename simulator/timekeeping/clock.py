"""The wall clock, the only place that asks the machine for it.

Everything else takes a `Clock`, so that a whole sprint can be played on an injected one.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Lock
from time import monotonic
from typing import Protocol


class Clock(Protocol):
    """Returns the present instant: wall time, aware, UTC."""

    def __call__(self) -> datetime: ...


def wall_clock() -> datetime:
    """The machine's present instant, aware, UTC."""
    return datetime.now(UTC)  # noqa: TID251 - the one place


class SteadyClock:
    """The machine's clock as long as that goes forward; set back, it counts seconds by itself until the other is ahead again.

    It begins at `not_before` at the earliest, an instant that was seen already: what was stamped stays in the past. A jump
    forward, of a machine that slept, is followed.
    """

    def __init__(
        self,
        *,
        not_before: datetime | None = None,
        wall: Clock = wall_clock,
        elapsed_s: Callable[[], float] = monotonic,
    ) -> None:
        self._wall = wall
        self._elapsed_s = elapsed_s
        self._lock = Lock()
        start = wall()
        self._zero = (start if not_before is None else max(start, not_before)) - timedelta(seconds=elapsed_s())

    def __call__(self) -> datetime:
        with self._lock:
            elapsed = timedelta(seconds=self._elapsed_s())
            self._zero = max(self._zero, self._wall() - elapsed)
            return self._zero + elapsed


class HandClock:
    """A wall clock that is set by hand, for rehearsals and tests. Never goes back."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def __call__(self) -> datetime:
        return self._now

    def set(self, instant: datetime) -> None:
        """Move to an instant; an earlier one than now is ignored."""
        self._now = max(self._now, instant)

    def tick(self, seconds: float = 1.0) -> datetime:
        """Move on by some seconds of wall time and return the new instant."""
        self._now += timedelta(seconds=seconds)
        return self._now
