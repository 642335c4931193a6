"""On which days of a sprint somebody pushed, and on which they had an issue in progress."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from simulator.model.agile import StatusCategory
from simulator.model.history import History
from simulator.model.history.tracker import IssueState
from simulator.model.keys import SeatId


@dataclass(frozen=True, slots=True)
class DayCounts:
    """How many days of each kind."""

    with_push: int
    in_progress: int


class AtWork:
    """What everybody did when, gathered once."""

    def __init__(self, history: History) -> None:
        self._now = history.now
        self._pushed: dict[SeatId, list[datetime]] = {}
        self._held: dict[SeatId, list[tuple[datetime, datetime]]] = {}
        for branch in history.branches.values():
            for push in branch.pushes:
                if push.actor is not None:
                    self._pushed.setdefault(push.actor, []).append(push.at)
        for issue in history.issues.values():
            for since, until, state in _stretches(issue.states(), issue.deleted_at or history.now):
                if state.assignee is not None and state.category is StatusCategory.IN_PROGRESS:
                    self._held.setdefault(state.assignee, []).append((since, until))

    def counts(self, seat: SeatId, start: datetime, day_ends: Sequence[datetime]) -> DayCounts:
        """The days of somebody in a sprint that has begun at `start`; days still to come have neither."""
        ends = [start, *day_ends]
        pushed = {bisect_left(ends, at) for at in self._pushed.get(seat, ())}
        held = {
            day
            for since, until in self._held.get(seat, ())
            for day in range(bisect_left(ends, since), bisect_left(ends, until) + 1)
        }
        days = range(1, bisect_left(ends, self._now) + 1)
        real = {day for day in days if day < len(ends)}
        return DayCounts(with_push=len(pushed & real), in_progress=len(held & real))


def _stretches(
    states: Iterator[tuple[datetime, IssueState]], end: datetime
) -> Iterator[tuple[datetime, datetime, IssueState]]:
    """Each state with the time in which it held."""
    known = list(states)
    for (since, state), until in zip(known, [*(at for at, _ in known[1:]), end], strict=True):
        yield since, until, state
