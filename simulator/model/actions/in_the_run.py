"""What is said and done in the run, on no service."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from simulator.model.actions.action import Action
from simulator.model.keys import PullRef


class Channel(StrEnum):
    """Where a note of the run's feed was said."""

    STAND_UP = "stand-up"
    CHAT = "chat"
    MAIL = "mail"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostNote(Action):
    """Say something in the run's feed."""

    channel: Channel
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewWhenRead(Action):
    """A teammate looks at a pull request now and decides on its state of this moment.

    Resolved by `plan.teammates` into a `SubmitReview`, or into nothing when there is nothing to say.
    `max_changed_lines` and `tests_required` are what this reviewer asks for.
    """

    pull: PullRef
    max_changed_lines: int = 400
    tests_required: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishRun(Action):
    """The story is over: the final scorecard is written."""
