"""What a sprint was committed to: the issues that were in it when it started, and who answers for each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from simulator.hygiene.subjects.kind import Kind, Opportunity, Place, Source
from simulator.hygiene.subjects.sprints import NOT_COUNTED
from simulator.model.history import History, Issue, SprintRecord
from simulator.model.history.tracker import IssueState
from simulator.model.keys import SeatId
from simulator.model.record import record


@record
class Committed:
    """An issue that was in a sprint when it started. `size` in points then, 1 for an issue that nobody had estimated.

    `left` is when it left the sprint before the close, and who took it out; None for one that stayed or came back.
    """

    issue: Issue
    sprint: SprintRecord
    start: datetime
    size: float
    at_close: IssueState
    left: tuple[datetime, SeatId | None] | None


def _committed(sprint: SprintRecord, history: History) -> Iterator[Opportunity[Committed]]:
    start = sprint.started_at
    if start is None:
        return
    found = (history.issues.get(key) for key in sorted(sprint.committed))
    for issue in found:
        if issue is None or issue.type in NOT_COUNTED:
            continue
        size = issue.at(start).points or 1.0
        yield Opportunity(
            subject=Committed(
                issue=issue,
                sprint=sprint,
                start=start,
                size=size,
                at_close=issue.before_close_of(sprint),
                left=_left(issue, sprint, start),
            ),
            name=f"issue:{issue.key}/sprint:{sprint.id}",
            url=issue.url,
            item=f"sprint:{sprint.id}",
            mass=size,
            seats=_answerable(issue, sprint, start, history),
            at=start,
        )


def _left(issue: Issue, sprint: SprintRecord, start: datetime) -> tuple[datetime, SeatId | None] | None:
    """When it left a running sprint for good, or was deleted, and who did that, if known."""
    left: tuple[datetime, SeatId | None] | None = None
    was_in = True
    for change in issue.changes:
        if change.at <= start or sprint.has_ended_by(change.at, change.recorded_at):
            continue
        is_in = sprint.id in change.state.sprints
        if is_in:
            left = None
        elif was_in and not sprint.is_closing(change.at, change.recorded_at):
            left = change.at, change.actor
        was_in = is_in
    if left is None and issue.deleted_at and (sprint.closed_at is None or issue.deleted_at <= sprint.closed_at):
        return issue.deleted_at, None
    return left


def _answerable(issue: Issue, sprint: SprintRecord, start: datetime, history: History) -> tuple[SeatId, ...]:
    """Who had it in the sprint, the last one first.

    Who gave it away still answers for it; whom it was taken from does not, nor who was given it on the last day.
    """
    end = sprint.closed_at or max(history.days_of(sprint), default=history.sprint_end)
    holder = issue.at(start).assignee
    seats = dict.fromkeys([holder] if holder else [])
    for change in issue.changes:
        if change.at <= start or sprint.has_ended_by(change.at, change.recorded_at):
            continue
        after = change.state.assignee
        if after != holder:
            if holder is not None and change.actor != holder:
                seats.pop(holder, None)
            if after is not None and (change.actor == after or history.working_days(change.at, end) >= 1):
                seats = {after: None, **seats}
            holder = after
    return tuple(seats)


COMMITMENT = Kind(
    name="committed issue",
    opportunity="each issue that was in the sprint when it started, by whoever had it then or took it on; it weighs its points",
    weighs="by their points",
    places=(Place(Source.SPRINTS, _committed),),
    per_sprint_item=False,
)
