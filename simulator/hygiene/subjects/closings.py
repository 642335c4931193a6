"""Issues that somebody moved to done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from simulator.hygiene.subjects.kind import Kind, Opportunity, Place, Source
from simulator.model.agile import StatusCategory
from simulator.model.history import History, Issue
from simulator.model.keys import SeatId

_TYPES_OF_CODE = frozenset({"Story", "Bug"})
_GROUPS = frozenset({"Epic"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """An issue that somebody moved to done, at `at` for the first time; `left_at`: when it was moved back after that."""

    issue: Issue
    seat: SeatId
    at: datetime
    left_at: datetime | None


def _closings(issue: Issue, _: History) -> Iterator[Opportunity[Closing]]:
    if issue.type in _GROUPS:
        return
    moves = list(issue.moves())
    first: dict[SeatId, datetime] = {}
    for move in moves:
        if (
            move.actor
            and move.after.category is StatusCategory.DONE
            and move.before.category is not StatusCategory.DONE
        ):
            first.setdefault(move.actor, move.at)
    back = [
        m.at for m in moves if m.before.category is StatusCategory.DONE and m.after.category is not StatusCategory.DONE
    ]
    for seat, at in first.items():
        yield Opportunity(
            subject=Closing(issue=issue, seat=seat, at=at, left_at=next((left for left in back if left >= at), None)),
            name=f"issue:{issue.key}/done-by:{seat}",
            url=issue.url,
            item=issue.key,
            mass=1.0,
            seats=(seat,),
            at=at,
        )


def _closings_of_code(issue: Issue, history: History) -> Iterator[Opportunity[Closing]]:
    if issue.type in _TYPES_OF_CODE or issue.key in history.work_starts:
        yield from _closings(issue, history)


CLOSINGS = Kind(
    name="closing",
    opportunity="each issue that the learner moved to done",
    places=(Place(Source.ISSUES, _closings),),
)
CLOSINGS_OF_CODE = Kind(
    name="closing of code",
    opportunity="each story, bug or issue with code that the learner moved to done",
    places=(Place(Source.ISSUES, _closings_of_code),),
)
