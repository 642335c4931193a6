"""A reviewer's remarks on lines and what was answered to them, read from facts.

Refuses to judge the answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from simulator.model.facts import Fact, FactKind
from simulator.model.keys import SeatId
from simulator.plan.pulls import PullStanding


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """A remark and its replies, oldest first. `id` is the service's number of the remark."""

    id: int
    review: str
    path: str
    line: int | None
    remark: Fact
    replies: tuple[Fact, ...]

    def by_others(self) -> tuple[Fact, ...]:
        """Replies of others than who made the remark."""
        return tuple(reply for reply in self.replies if reply.actor != self.remark.actor)

    @property
    def unanswered(self) -> tuple[Fact, ...]:
        """What others have said after which the reviewer has said nothing."""
        own = [place for place, reply in enumerate(self.replies, start=1) if reply.actor == self.remark.actor]
        return self.replies[own[-1] if own else 0 :]

    @property
    def said_back(self) -> int:
        """How often the reviewer has answered in it."""
        return len(self.replies) - len(self.by_others())


def threads_of(pull: PullStanding, reviewer: SeatId) -> Iterator[Thread]:
    """The threads that a reviewer has begun, in order."""
    remarks = [comment for comment in pull.comments if comment.kind is FactKind.REVIEW_COMMENTED]
    for remark in remarks:
        if remark.actor == reviewer and not remark.detail.get("in_reply_to") and remark.detail.get("id") is not None:
            number, line = remark.detail["id"], remark.detail.get("line")
            yield Thread(
                id=int(number),
                review=str(remark.detail.get("review_id") or ""),
                path=str(remark.detail.get("path") or ""),
                line=int(line) if line else None,
                remark=remark,
                replies=tuple(reply for reply in remarks if reply.detail.get("in_reply_to") == number),
            )
