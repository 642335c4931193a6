"""IS-13: the board is not brought up to date in one burst."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import datetime, timedelta
from operator import attrgetter

from pydantic import Field

from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import BOARD_MOVES, BoardMove
from simulator.hygiene.subjects.board_moves import NEAREST
from simulator.model.history import History
from simulator.model.history.steps import Step
from simulator.model.hygiene import Breach, Measures, Pass, Severity, Skip, Verdict

_moment = attrgetter("at")
_AFTER_A_MEETING = timedelta(minutes=30)


class BurstOptions(Options):
    """What may be set."""

    issues: int = Field(default=3, ge=2, le=20, description="issues moved at once that make a burst")
    minutes: float = Field(default=2, ge=0.1, le=60, description="length of a burst")


@rule(
    code="IS-13",
    name="no-batch-update",
    about=BOARD_MOVES,
    severity=Severity.LOW,
    target=0.9,
    quota=0,
    options=BurstOptions(),
)
def no_batch_update(move: BoardMove, history: History, options: BurstOptions) -> Verdict:
    """Issues are moved when something happens to them, and not several at once.

    What it checks
    --------------
    Nobody moves three issues or more to another status within two minutes, by the sprint's clock and by the wall's. Moves outside
    a running sprint, and during a planning or a review and half an hour after, are left out.

    Why it matters
    --------------
    A board that is tidied once a day tells the others where the work was yesterday, and from memory at that.

    Example
    -------
    Good: one issue to Done at 11:10, the next to In Progress at 11:15

    Bad: five issues moved between 16:58 and 16:59 on the last day

    How to fix
    ----------
    Moves of the past stay as they are. Move each issue when you begin it, when you ask for a review, and when it is merged.

    References
    ----------
    - https://github.com/chrisma/ScrumLint
    """
    step = move.step
    reason = _left_out(move, history)
    if reason:
        return Skip(reason=reason)
    together = _most_together(move, timedelta(minutes=options.minutes))
    evidence: Measures = {"issues at once": together, "limit": options.issues - 1, "minutes": options.minutes}
    if together < options.issues:
        return Pass(message=f"{step.key} was moved to {step.status} on its own", evidence=evidence)
    return Breach(
        message=f"{step.key} was moved to {step.status} in one burst with {together - 1} other issues; fewer than "
        f"{options.issues} within {options.minutes:g} minutes is the limit.",
        how_to_fix="Move each issue when you begin it, when you ask for its review, and when it is merged.",
        repaired=True,
        evidence=evidence,
        at=step.at,
    )


def _left_out(move: BoardMove, history: History) -> str:
    at = move.step.at
    spans = history.sprint_spans
    if not any(s.started_at and s.started_at <= at and (s.closed_at is None or at <= s.closed_at) for s in spans):
        return "no sprint was running"
    for prompt in history.meetings.get(move.seat, ()):
        if prompt.at <= at:
            end = prompt.answer.at if prompt.answer else prompt.until or prompt.at
            if at <= end + _AFTER_A_MEETING:
                return f"it was moved in the {prompt.kind}"
    return ""


def _most_together(move: BoardMove, within: timedelta) -> int:
    """The most issues that were moved within such a time, this one among them."""
    place = bisect_left(move.around, move.step.at, key=_moment)
    first = max(place - NEAREST, bisect_left(move.around, move.step.at - within, key=_moment))
    last = min(place + NEAREST, bisect_right(move.around, move.step.at + within, key=_moment))
    step = move.step
    near = _between([*move.around[first:last], step], step.at - within, step.at + within, step.recorded_at, within)
    if all(other.key == step.key for other in near):
        return 1
    starts = {(start.at, start.recorded_at) for start in near if start.at <= step.at}
    return max(len({other.key for other in _between(near, at, at + within, wall, within)}) for at, wall in starts)


def _between(steps: Sequence[Step], since: datetime, until: datetime, wall: datetime, within: timedelta) -> list[Step]:
    """The steps of a time, as far as they were made at about the same wall time."""
    first, last = wall - within, wall + within
    return [step for step in steps if first <= step.recorded_at <= last and since <= step.at <= until]
