"""Moves of issues on the board, each among what the same person moved at about the same time."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import field
from datetime import datetime
from operator import attrgetter

from simulator.hygiene.subjects.kind import Kind, Opportunity, Place, Source
from simulator.model.history import History, Issue
from simulator.model.history.steps import Step, hour_of, step_of
from simulator.model.keys import SeatId
from simulator.model.record import record

_moment = attrgetter("at")
NEAREST = 30
"""More steps than that are not looked at before a move, nor after it."""


@record
class BoardMove:
    """Somebody's change of an issue's status; `around` are those that they made in its hour and those beside it, in order:
    of the hours' steps the nearest, `NEAREST` on either side.
    """

    seat: SeatId
    step: Step
    around: Sequence[Step] = field(repr=False)


def _moves(issue: Issue, history: History) -> Iterator[Opportunity[BoardMove]]:
    changes = [change for change in issue.changes if change.field == "status"]
    for number, change in enumerate(changes, start=1):
        if change.actor is None:
            continue
        yield Opportunity(
            subject=BoardMove(
                seat=change.actor, step=step_of(issue.key, change), around=_around(change.actor, change.at, history)
            ),
            name=f"issue:{issue.key}/move:{number}",
            url=issue.url,
            item=issue.key,
            mass=1.0,
            seats=(change.actor,),
            at=change.at,
        )


def _around(seat: SeatId, at: datetime, history: History) -> Sequence[Step]:
    hour = hour_of(at)
    before, within, after = (history.board_steps.get((seat, hour + n), ()) for n in (-1, 0, 1))
    place = bisect_left(within, at, key=_moment)
    return (*before[-NEAREST:], *within[max(0, place - NEAREST) : place + NEAREST], *after[:NEAREST])


BOARD_MOVES = Kind(
    name="move on the board",
    opportunity="each change of an issue's status by the learner",
    places=(Place(Source.ISSUES, _moves),),
)
