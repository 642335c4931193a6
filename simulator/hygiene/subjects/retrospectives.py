"""What a team does at the end of a sprint: what it resolves to change, and how the work was shared."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import datetime, timedelta

from simulator.hygiene.subjects.endings import window_at, windows_of
from simulator.hygiene.subjects.kind import Kind, Opportunity, Place, Source
from simulator.model.history import History, Issue, SprintRecord
from simulator.model.history.tracker import SprintSpan
from simulator.model.keys import SeatId
from simulator.model.record import record

_AROUND = timedelta(days=7)  # a working day is never farther


@record
class ClosedSprint:
    """A sprint that was closed, and the issues that were created in the week before and after that."""

    sprint: SprintRecord
    closed_at: datetime
    issues: tuple[Issue, ...]


@record
class Shares:
    """What each person of a team did in a sprint: measure → seat → amount."""

    sprint: SprintSpan
    people: tuple[SeatId, ...]
    done: dict[str, dict[SeatId, float]]


def _closed(_: None, history: History) -> Iterator[Opportunity[ClosedSprint]]:
    if not any(sprint.closed_at for sprint in history.sprints.values()):
        return
    by_creation = sorted(history.issues.values(), key=lambda issue: issue.created_at)
    created = [issue.created_at for issue in by_creation]
    humans = tuple(person.seat for person in history.roster.humans())
    for sprint in history.sprints.values():
        at = sprint.closed_at
        if at is None or sprint.started_at is None:
            continue
        first, last = bisect_left(created, at - _AROUND), bisect_right(created, at + _AROUND)
        yield Opportunity(
            subject=ClosedSprint(sprint=sprint, closed_at=at, issues=tuple(by_creation[first:last])),
            name=f"sprint:{sprint.id}",
            url=sprint.url,
            item=f"sprint:{sprint.id}",
            mass=1.0,
            seats=humans,
            at=at,
        )


def _shares(_: None, history: History) -> Iterator[Opportunity[Shares]]:
    windows = windows_of(history)
    humans = tuple(person.seat for person in history.roster.humans())
    done: dict[int, dict[str, dict[SeatId, float]]] = {window.sprint.id: {} for window in windows}
    for at, measure, seat, size in history.team_work:
        window = window_at(at, windows)
        if window is not None:
            of_measure = done[window.sprint.id].setdefault(measure, {})
            of_measure[seat] = of_measure.get(seat, 0.0) + size
    for window in windows:
        of_sprint = done[window.sprint.id]
        people = dict.fromkeys([*humans, *(seat for of_measure in of_sprint.values() for seat in of_measure)])
        yield Opportunity(
            subject=Shares(sprint=window.sprint, people=tuple(people), done=of_sprint),
            name=f"sprint:{window.sprint.id}",
            url=window.sprint.url,
            item=f"sprint:{window.sprint.id}",
            mass=1.0,
            seats=humans,
            at=window.start,
        )


CLOSED_SPRINTS = Kind(
    name="closed sprint",
    opportunity="each sprint that was closed",
    whose="everybody in the team",
    places=(Place(Source.HISTORY, _closed),),
    per_sprint_item=False,
)
SHARES = Kind(
    name="shares in a sprint",
    opportunity="each sprint of the team",
    whose="everybody in the team",
    places=(Place(Source.HISTORY, _shares),),
    per_sprint_item=False,
)
