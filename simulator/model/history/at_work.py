"""On which days of a sprint somebody pushed, and on which they had an issue in progress.

Pure. Refuses to know what was pushed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from simulator.model.history.deeds import Span


@dataclass(frozen=True, slots=True)
class DayCounts:
    """How many days of each kind."""

    with_push: int
    in_progress: int


NOT_AT_WORK = DayCounts(0, 0)


def days_at_work(
    pushes: Iterable[datetime], held: Iterable[Span], *, ends: Sequence[datetime], today: datetime
) -> DayCounts:
    """The days of somebody in a sprint, whose start and ends of days are `ends`; days after `today` have neither.

    `pushes` are when they pushed, `held` is from when to when they had an issue in progress.
    """
    pushed = {bisect_left(ends, at) for at in pushes}
    at_it = {
        day for span in held for day in range(bisect_left(ends, span.since), bisect_left(ends, span.until or today) + 1)
    }
    real = {day for day in range(1, bisect_left(ends, today) + 1) if day < len(ends)}
    return DayCounts(with_push=len(pushed & real), in_progress=len(at_it & real))
