"""Issues in progress, by whose they were: for each person the stretches in which it was up to them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from simulator.hygiene.subjects.kind import Kind, Opportunity, Place, Source
from simulator.model.agile import StatusCategory
from simulator.model.history import History, Issue
from simulator.model.keys import SeatId
from simulator.model.record import record

_GROUPS = frozenset({"Epic"})


@record
class Stretch:
    """A time in progress up to `until` (None: it lasts); `owned` says that somebody was assigned."""

    since: datetime
    until: datetime | None
    owned: bool
    flagged: bool


@record
class Held:
    """An issue that was up to somebody while in progress: to its assignee; without one, to who left it so or moved it last."""

    issue: Issue
    seat: SeatId
    stretches: tuple[Stretch, ...]


def _held(issue: Issue, _: History) -> Iterator[Opportunity[Held]]:
    if issue.type in _GROUPS:
        return
    found: dict[SeatId, list[Stretch]] = {}
    for seat, stretch in _stretches(issue):
        if seat is not None and (stretch.until is None or stretch.until > stretch.since):
            found.setdefault(seat, []).append(stretch)
    for seat, stretches in found.items():
        yield Opportunity(
            subject=Held(issue=issue, seat=seat, stretches=tuple(stretches)),
            name=f"issue:{issue.key}/held-by:{seat}",
            url=issue.url,
            item=issue.key,
            mass=1.0,
            seats=(seat,),
            at=stretches[0].since,
        )


def _stretches(issue: Issue) -> Iterator[tuple[SeatId | None, Stretch]]:
    """The times in progress, cut at each change, with the person it was up to; a deletion ends them."""
    at, state, actor = issue.created_at, issue.initial, issue.reporter
    owned = state.assignee is not None
    for change in [*issue.changes, None]:
        until = change.at if change else issue.deleted_at
        if state.category is StatusCategory.IN_PROGRESS:
            holder = state.assignee if owned else actor
            yield holder, Stretch(since=at, until=until, owned=owned, flagged=state.flagged)
        if change is None:
            return
        at, state = change.at, change.state
        if change.field in {"status", "assignee"}:
            actor = change.actor
        if change.field == "assignee":
            owned = state.assignee is not None or bool(change.after.strip())


HELD = Kind(
    name="issue in progress",
    opportunity="each issue that was in progress, for each person to whom it was assigned then, or who left it without anybody",
    places=(Place(Source.ISSUES, _held),),
)
