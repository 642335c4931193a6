"""Changes of issues' statuses, by who made them and in which hour: what somebody did to the board at about the same time.

Pure. Hours are those of the simulated clock, counted from the epoch.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from simulator.model.history.tracker import Change, Issue
from simulator.model.keys import IssueKey, SeatId

_HOUR_S = 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """An issue's change of status: simulated and wall time, and the status that it led to."""

    at: datetime
    recorded_at: datetime
    key: IssueKey
    status: str


def hour_of(instant: datetime) -> int:
    """The number of an instant's hour."""
    return int(instant.timestamp()) // _HOUR_S


def steps_by_hour(issues: Iterable[Issue]) -> Mapping[tuple[SeatId, int], tuple[Step, ...]]:
    """(person, hour) → the changes of status that the person made in that hour, oldest first."""
    found: dict[tuple[SeatId, int], list[Step]] = {}
    for issue in issues:
        for change in issue.changes:
            if change.field == "status" and change.actor is not None:
                found.setdefault((change.actor, hour_of(change.at)), []).append(step_of(issue.key, change))
    return {
        hour: tuple(sorted(steps, key=lambda step: (step.at, step.recorded_at, step.key)))
        for hour, steps in found.items()
    }


def step_of(key: IssueKey, change: Change) -> Step:
    """A change of an issue's status as a step."""
    return Step(at=change.at, recorded_at=change.recorded_at, key=key, status=change.state.status)
