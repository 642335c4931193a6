"""The wall clock, the only place that asks the machine for it.

Everything else takes a `Clock`, so that a whole sprint can be played on an injected one.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Returns the present instant: wall time, aware, UTC."""

    def __call__(self) -> datetime: ...


def wall_clock() -> datetime:
    """The machine's present instant, aware, UTC."""
    return datetime.now(UTC)  # noqa: TID251 - the one place


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
