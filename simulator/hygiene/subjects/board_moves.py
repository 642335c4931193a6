"""Moves of issues on the board, each among what the same person moved at about the same time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from simulator.hygiene.subjects.kind import Kind, Opportunity, Place, Source
from simulator.model.history import History, Issue
from simulator.model.history.steps import Step, hour_of, step_of
from simulator.model.keys import SeatId


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardMove:
    """Somebody's change of an issue's status; `around` are all that they made in its hour and those beside it, in order."""

    seat: SeatId
    step: Step
    around: Sequence[Step] = field(repr=False)


def _moves(issue: Issue, history: History) -> Iterator[Opportunity[BoardMove]]:
    changes = [change for change in issue.changes if change.field == "status"]
    for number, change in enumerate(changes, start=1):
        if change.actor is None:
            continue
        hour = hour_of(change.at)
        around = [step for n in (-1, 0, 1) for step in history.board_steps.get((change.actor, hour + n), ())]
        yield Opportunity(
            subject=BoardMove(seat=change.actor, step=step_of(issue.key, change), around=around),
            name=f"issue:{issue.key}/move:{number}",
            url=issue.url,
            item=issue.key,
            mass=1.0,
            seats=(change.actor,),
            at=change.at,
        )


BOARD_MOVES = Kind(
    name="move on the board",
    opportunity="each change of an issue's status by the learner",
    places=(Place(Source.ISSUES, _moves),),
)
