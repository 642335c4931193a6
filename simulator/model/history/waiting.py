"""What waits for whom: from when to when an issue was assigned to somebody, to do, and without a flag.

Pure. Refuses to know why it waits.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from simulator.model.agile import StatusCategory
from simulator.model.history.tracker import Issue, IssueState
from simulator.model.keys import SeatId
from simulator.model.record import record


@record
class Waiting:
    """An issue waited for somebody. `until` None: it still does."""

    issue: Issue
    since: datetime
    until: datetime | None


def waiting_of(issue: Issue) -> Iterator[tuple[SeatId, Waiting]]:
    """For whom an issue waited, and from when to when, oldest first."""
    seat, since = None, issue.created_at
    for at, state in issue.states():
        now = _waits_for(state)
        if now != seat:
            if seat is not None:
                yield seat, Waiting(issue=issue, since=since, until=at)
            seat, since = now, at
    if seat is not None:
        yield seat, Waiting(issue=issue, since=since, until=issue.deleted_at)


def _waits_for(state: IssueState) -> SeatId | None:
    return state.assignee if state.category is StatusCategory.TO_DO and not state.flagged else None
