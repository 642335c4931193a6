"""Estimates of issues that a sprint was committed to, and who changed them while it ran."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from simulator.hygiene.subjects.kind import Kind, Opportunity, Place, Source
from simulator.hygiene.subjects.sprints import NOT_COUNTED
from simulator.model.history import History, Issue, SprintRecord
from simulator.model.keys import SeatId
from simulator.model.record import record


@record
class Reestimate:
    """Somebody gave an estimated issue another number, or none."""

    by: SeatId
    at: datetime
    before: float
    after: float | None


@record
class Estimate:
    """A committed issue, and what one person changed of its estimate while the sprint ran; nothing for the others."""

    issue: Issue
    sprint: SprintRecord
    changes: tuple[Reestimate, ...]


def _estimates(sprint: SprintRecord, history: History) -> Iterator[Opportunity[Estimate]]:
    start = sprint.started_at
    if start is None:
        return
    for issue in (history.issues.get(key) for key in sorted(sprint.committed)):
        if issue is None or issue.type in NOT_COUNTED or issue.at(start).points is None:
            continue
        changes = list(_changes(issue, sprint, start))
        who = dict.fromkeys(change.by for change in changes)
        for seat in who:
            own = tuple(change for change in changes if change.by == seat)
            yield _opportunity(Estimate(issue=issue, sprint=sprint, changes=own), (seat,), own[0].at)
        others = dict.fromkeys(c.actor for c in issue.changes if c.actor is not None and c.actor not in who)
        if others:
            yield _opportunity(Estimate(issue=issue, sprint=sprint, changes=()), tuple(others), start)


def _changes(issue: Issue, sprint: SprintRecord, start: datetime) -> Iterator[Reestimate]:
    before = issue.initial.points
    for change in issue.changes:
        after = change.state.points
        runs = change.at > start and not sprint.has_ended_by(change.at, change.recorded_at)
        if runs and change.actor is not None and before is not None and after != before:
            yield Reestimate(by=change.actor, at=change.at, before=before, after=after)
        before = after


def _opportunity(estimate: Estimate, seats: tuple[SeatId, ...], at: datetime) -> Opportunity[Estimate]:
    name = f"issue:{estimate.issue.key}/sprint:{estimate.sprint.id}"
    return Opportunity(
        subject=estimate,
        name=f"{name}/estimated-by:{seats[0]}" if estimate.changes else name,
        url=estimate.issue.url,
        item=estimate.issue.key,
        mass=1.0,
        seats=seats,
        at=at,
    )


ESTIMATES = Kind(
    name="estimate of a committed issue",
    opportunity="each estimated issue that was in the sprint at its start and that the learner worked with",
    places=(Place(Source.SPRINTS, _estimates),),
)
