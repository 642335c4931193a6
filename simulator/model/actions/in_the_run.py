"""What is said and done in the run, on no service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from simulator.model.actions.action import Action
from simulator.model.keys import PullRef, SeatId


class Channel(StrEnum):
    """Where a note of the run's feed was said."""

    STAND_UP = "stand-up"
    CHAT = "chat"
    MAIL = "mail"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostNote(Action):
    """Say something in the run's feed; a mail has a `subject` and goes `to` some people (none: to all)."""

    channel: Channel
    text: str
    subject: str = ""
    to: tuple[SeatId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewWhenRead(Action):
    """A teammate looks at a pull request now and decides on its state of this moment.

    Resolved by `plan.teammates` into a `SubmitReview`, or into nothing when there is nothing to say.
    `max_changed_lines` and `tests_required` are what this reviewer asks for; `instead_of` is for whom they stand in.
    """

    pull: PullRef
    max_changed_lines: int = 400
    tests_required: bool = True
    instead_of: SeatId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TendPull(Action):
    """The author of a pull request of the story sees to it now: answers remarks, and finds out why it did not go in.

    `event` is the one that opened it; `plan.tending` decides on the state of this moment. With `merges` it is time to merge it,
    with `follows` to push what answers a request for changes.
    """

    pull: PullRef
    event: str
    merges: bool = False
    follows: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Happen(Action):
    """An event of the story takes place now, if its condition still holds; `plan.happening` decides, and says what is done.

    `occurrence` tells one time from another; `about` names what met the condition: pull → number, issue → key, branch → name.
    """

    event: str
    occurrence: str = "once"
    about: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowSlip(Action):
    """What a slip in a moment brings about comes now, unless it was made good meanwhile; `plan.moments` decides.

    `seat` is who slipped, `way` in which way, `turn` which of the slip's consequences.
    """

    moment: str
    seat: SeatId
    way: str
    turn: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeAvailability(Action):
    """A person goes away, or is back. `until` (simulated) is when they mean to be back, `delegate` who stands in."""

    away: bool
    until: datetime | None = None
    delegate: SeatId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePace(Action):
    """The clock runs at another pace: wall seconds of one working day."""

    pace_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishRun(Action):
    """The story is over: the final scorecard is written."""
