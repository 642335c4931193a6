"""Changes of issues' statuses, by who made them and in which hour: what somebody did to the board at about the same time.

Pure. Hours are those of the simulated clock, counted from the epoch.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from simulator.model.history.tracker import Change, Issue
from simulator.model.keys import IssueKey, SeatId
from simulator.model.record import record

_HOUR_S = 3600


@record
class Step:
    """An issue's change of status: simulated and wall time, and the status that it led to."""

    at: datetime
    recorded_at: datetime
    key: IssueKey
    status: str


def hour_of(instant: datetime) -> int:
    """The number of an instant's hour."""
    return int(instant.timestamp()) // _HOUR_S


def steps_of(issue: Issue) -> Iterator[tuple[tuple[SeatId, int], Step]]:
    """An issue's changes of status, each with who made it and in which hour."""
    for change in issue.changes:
        if change.field == "status" and change.actor is not None:
            yield (change.actor, hour_of(change.at)), step_of(issue.key, change)


def in_order(steps: Iterable[Step]) -> tuple[Step, ...]:
    """The steps, oldest first."""
    return tuple(sorted(steps, key=lambda step: (step.at, step.recorded_at, step.key)))


def step_of(key: IssueKey, change: Change) -> Step:
    """A change of an issue's status as a step."""
    return Step(at=change.at, recorded_at=change.recorded_at, key=key, status=change.state.status)
