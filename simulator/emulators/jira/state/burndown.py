"""A sprint's burndown: each thing that changed its scope or what remains of it, in order; and which days count as work.

https://support.atlassian.com/jira-software-cloud/docs/view-and-understand-the-burndown-chart/
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from simulator.emulators.jira.state.boards import Board, done_statuses
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.issue_past import Past
from simulator.emulators.jira.state.sprint_report import marks, sprint_pasts
from simulator.emulators.jira.state.sprints import Sprint

_SATURDAY = 5
_MOST_DAYS = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened to an issue. What did not change is None; `estimate` is old and new where it changed."""

    at: datetime
    moment: int  # the history entry; 0 for the creation
    key: str
    added: bool | None = None
    status_id: int | None = None
    done: bool | None = None
    was_done: bool | None = None
    estimate: tuple[float | None, float | None] | None = None


def burndown(context: Context, board: Board, sprint: Sprint) -> tuple[list[Past], list[Event]]:
    """The issues that ever were in a started sprint, and all that happened to them until it was closed, oldest first."""
    _, closed = marks(context, sprint)
    done = done_statuses(context, board)
    pasts = sprint_pasts(context, board, [sprint])
    events = [event for past in pasts for event in _events(past, sprint.id, done, closed)]
    return pasts, sorted(events, key=lambda event: (event.at, event.moment))


def work_rates(start: datetime, end: datetime, time_zone: str) -> list[tuple[datetime, datetime, int]]:
    """The stretches of working days (1) and weekends (0) from start to end, in that time zone."""
    zone = ZoneInfo(time_zone)
    here, end = start.astimezone(zone), min(end, start + timedelta(days=_MOST_DAYS)).astimezone(zone)
    found: list[tuple[datetime, datetime, int]] = []
    while here < end:
        midnight = datetime.combine(here.date() + timedelta(days=1), time(), tzinfo=zone)
        upto, rate = min(midnight, end), int(here.weekday() < _SATURDAY)
        if found and found[-1][2] == rate:
            found[-1] = (found[-1][0], upto, rate)
        else:
            found.append((here, upto, rate))
        here = upto
    return found


def _events(past: Past, sprint_id: int, done: set[int], closed: int | None) -> Iterator[Event]:
    key = past.issue.key
    first = past.status.first
    yield Event(
        at=past.issue.created_at,
        moment=0,
        key=key,
        added=True if sprint_id in past.sprints.first else None,
        status_id=first,
        done=first in done,
        estimate=(None, past.points.first),
    )
    for move in past.sprints.turns:
        inside = sprint_id in move.new
        if inside != (sprint_id in move.old) and _counts(move.history_id, closed):
            yield Event(at=move.at, moment=move.history_id, key=key, added=inside)
    for step in past.status.turns:
        if _counts(step.history_id, closed):
            yield Event(
                at=step.at,
                moment=step.history_id,
                key=key,
                status_id=step.new,
                done=step.new in done,
                was_done=step.old in done,
            )
    for guess in past.points.turns:
        if _counts(guess.history_id, closed):
            yield Event(at=guess.at, moment=guess.history_id, key=key, estimate=(guess.old, guess.new))


def _counts(moment: int, closed: int | None) -> bool:
    return closed is None or moment <= closed
