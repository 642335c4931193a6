"""What happened to issues and pull requests, one row each in the order it happened.

The rows are both GitHub's issue events and the skeleton of its timeline: comments, reviews and commits leave a row that
only points at them, so that the timeline keeps its order even when several things happen within one second.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from simulator.emulators.github.state.work import Place, Work
from simulator.emulators.github.tables import events, issues
from simulator.emulators.kit.database import next_value
from simulator.emulators.kit.prepared import Prepared, inserting

COMMENTED = "commented"
REVIEWED = "reviewed"
COMMITTED = "committed"
CROSS_REFERENCED = "cross-referenced"
TIMELINE_ONLY = (COMMENTED, REVIEWED, COMMITTED, CROSS_REFERENCED)
"""Kinds that the timeline shows and the list of issue events does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One row of an issue's history. `detail` is what its kind needs: a label, a sha, the id of a review."""

    id: int
    issue_id: int
    kind: str
    actor_id: int | None
    created_at: datetime
    detail: Mapping[str, Any]


_COLUMNS = [events.c[name] for name in Event.__slots__]
_INSERT = inserting(events)
_TIMELINE = Prepared(
    select(*_COLUMNS)
    .where(events.c.site == bindparam("site"), events.c.issue_id == bindparam("issue"))
    .order_by(events.c.id)
)
_BY_NUMBERS = Prepared(
    select(issues.c.number, issues.c.id).where(
        issues.c.site == bindparam("site"),
        issues.c.repository_id == bindparam("repository"),
        issues.c.number.in_(bindparam("numbers", expanding=True)),
    ),
    names="numbers",
)


def record(work: Work, issue_id: int, kind: str, **detail: Any) -> int:
    """Write down that something happened to an issue or pull request; gives the event's id."""
    return record_each(work, issue_id, kind, [detail])


def record_each(work: Work, issue_id: int, kind: str, details: Sequence[Mapping[str, Any]]) -> int:
    """The same for several things of one kind, in their order; gives the last one's id, 0 for none."""
    if not details:
        return 0
    last = next_value(work.connection, work.site, "gh_events", count=len(details))
    common = {
        "site": work.site,
        "repository_id": work.repository.id,
        "issue_id": issue_id,
        "kind": kind,
        "actor_id": work.actor.id,
        "created_at": work.at,
    }
    for event_id, detail in enumerate(details, last - len(details) + 1):
        _INSERT.run(work.connection, **common, id=event_id, detail=detail)
    return last


def timeline_of(place: Place, issue_id: int) -> list[Event]:
    """Everything that happened to one issue, oldest first."""
    rows = _TIMELINE.all(place.connection, site=place.site, issue=issue_id)
    return [Event(**dict(zip(Event.__slots__, row, strict=True))) for row in rows]


def events_of(place: Place, issue_id: int) -> list[Event]:
    """The issue events of one issue, oldest first, without comments, reviews and commits."""
    return [event for event in timeline_of(place, issue_id) if event.kind not in TIMELINE_ONLY]


def repository_events(place: Place, *, offset: int, limit: int) -> tuple[list[Event], int]:
    """A page of the repository's issue events, newest first, and how many there are."""
    conditions = (
        events.c.site == place.site,
        events.c.repository_id == place.repository.id,
        events.c.kind.not_in(TIMELINE_ONLY),
    )
    total = place.connection.execute(select(func.count()).select_from(events).where(*conditions)).scalar_one()
    query = select(*_COLUMNS).where(*conditions).order_by(events.c.id.desc()).offset(offset).limit(limit)
    return [Event(**row) for row in place.connection.execute(query).mappings()], total


def event_by_id(place: Place, event_id: int) -> Event | None:
    """One issue event of the repository."""
    query = select(*_COLUMNS).where(
        events.c.site == place.site,
        events.c.id == event_id,
        events.c.repository_id == place.repository.id,
        events.c.kind.not_in(TIMELINE_ONLY),
    )
    row = place.connection.execute(query).mappings().first()
    return Event(**row) if row else None


def already_referenced(connection: Connection, site: str, *, target_id: int, source_id: int) -> bool:
    """Whether an issue's timeline already shows that another one mentions it."""
    query = select(events.c.detail).where(
        events.c.site == site, events.c.issue_id == target_id, events.c.kind == CROSS_REFERENCED
    )
    return any(detail["source_id"] == source_id for detail in connection.execute(query).scalars())


def issue_ids_by_number(place: Place, numbers: set[int]) -> dict[int, int]:
    """Issue id by number, for those numbers that exist in the repository."""
    keys = {"site": place.site, "repository": place.repository.id, "numbers": numbers}
    return dict(_BY_NUMBERS.all(place.connection, **keys))
