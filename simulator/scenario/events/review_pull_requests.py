"""Event `review_pull_requests`: a colleague reviews each pull request of the learners, some working hours after it opens.

All of it is reaction: plan/reviews/reviewing.py says when, plan/reviews/teammates.py says what.
"""

from __future__ import annotations

from typing import Literal

from typing_extensions import override

from simulator.scenario.events.event import Event
from simulator.scenario.part import HumanRef, TeammateRef


class ReviewPullRequestsEvent(Event):
    """A reviewer for what learners open: again after each push, until it is approved."""

    type: Literal["review_pull_requests"]
    who: TeammateRef
    """A teammate with `review`, which says how long it takes and what is asked for."""
    of: tuple[HumanRef, ...] = ()
    """Whose pull requests; left out: those of every human."""

    @override
    def reactions(self) -> tuple[str, ...]:
        whose = " or ".join(self.of) or "a learner"
        return (f"when {whose} opens a pull request or pushes to it: {self.who} reviews it",)
