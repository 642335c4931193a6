"""Issues that somebody moved to done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from simulator.hygiene.landed import is_of_code
from simulator.hygiene.subjects.kind import Kind, Opportunity, Place, Source
from simulator.model.agile import StatusCategory
from simulator.model.history import History, Issue
from simulator.model.keys import SeatId
from simulator.model.record import record

_GROUPS = frozenset({"Epic"})


@record
class Closing:
    """An issue that somebody moved to done, at `at` for the first time.

    `left_at`: when it was first moved back from a done of theirs, `done_at`: when that had begun (the last one, if never).
    """

    issue: Issue
    seat: SeatId
    at: datetime
    done_at: datetime
    left_at: datetime | None


@dataclass(slots=True)
class _Stays:
    """The times in done that one person began: when each began and ended."""

    began: list[datetime]
    ended: dict[datetime, datetime]


def _closings(issue: Issue, _: History) -> Iterator[Opportunity[Closing]]:
    if issue.type in _GROUPS:
        return
    for seat, stays in _stays(issue).items():
        last = stays.began[-1]
        done_at, left_at = next(iter(stays.ended.items()), (last, None))
        yield Opportunity(
            subject=Closing(issue=issue, seat=seat, at=stays.began[0], done_at=done_at, left_at=left_at),
            name=f"issue:{issue.key}/done-by:{seat}",
            url=issue.url,
            item=issue.key,
            mass=1.0,
            seats=(seat,),
            at=stays.began[0],
        )


def _stays(issue: Issue) -> dict[SeatId, _Stays]:
    found: dict[SeatId, _Stays] = {}
    current: SeatId | None = None
    for move in issue.moves():
        was, is_now = (state.category is StatusCategory.DONE for state in (move.before, move.after))
        if is_now and not was:
            current = move.actor
            if current is not None:
                found.setdefault(current, _Stays([], {})).began.append(move.at)
        elif was and not is_now and current is not None:
            stays = found[current]
            stays.ended[stays.began[-1]] = move.at
    return found


def _closings_of_code(issue: Issue, history: History) -> Iterator[Opportunity[Closing]]:
    if is_of_code(issue, history):
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
