"""What is done to pull requests beside opening, reviewing and merging them."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.model.actions.action import Action
from simulator.model.keys import PullRef, SeatId


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenPullRequest(Action):
    """Open a closed pull request again."""

    pull: PullRef


@dataclass(frozen=True, slots=True, kw_only=True)
class SetDraft(Action):
    """Turn a pull request into a draft, or mark it as ready for review."""

    pull: PullRef
    draft: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DismissReview(Action):
    """Dismiss the last review of a person that approves or asks for changes."""

    pull: PullRef
    of: SeatId
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawReviewRequest(Action):
    """Ask people no longer for a review."""

    pull: PullRef
    reviewers: tuple[SeatId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelPullRequest(Action):
    """Put labels on a pull request, and take some off."""

    pull: PullRef
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignPullRequest(Action):
    """Assign people to a pull request, and take some off."""

    pull: PullRef
    add: tuple[SeatId, ...] = ()
    remove: tuple[SeatId, ...] = ()
