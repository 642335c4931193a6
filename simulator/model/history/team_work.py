"""What each person of a team did, one line each: what they merged, reviewed and brought to an end.

Pure. Refuses to compare people.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from simulator.model.agile import StatusCategory
from simulator.model.history.pulls import PullRequest
from simulator.model.history.tracker import Issue
from simulator.model.keys import SeatId

_NOT_COUNTED = frozenset({"Epic", "Sub-task"})


class Work(NamedTuple):
    """When, what, who, how much of it."""

    at: datetime
    measure: str
    seat: SeatId
    size: float


def work_on_pull(pull: PullRequest) -> Iterator[Work]:
    """What was merged of a pull request, and the reviews of others."""
    authors = pull.authors()
    if pull.merged_at is not None and pull.lines and authors:
        yield Work(pull.merged_at, "merged pull requests", authors[0], 1.0)
    if pull.merged_at is not None:
        for commit in pull.commits:
            if commit.author is not None and commit.lines:
                yield Work(pull.merged_at, "merged lines", commit.author, float(commit.lines))
    for review in pull.reviews:
        if review.author is not None and review.author not in authors:
            yield Work(review.at, "reviews", review.author, 1.0)


def work_on_issue(issue: Issue) -> Iterator[Work]:
    """The points of an issue that is done."""
    done = [move for move in issue.moves() if move.after.category is StatusCategory.DONE]
    owner = (done[-1].after.assignee or done[-1].actor) if done else None
    if owner and issue.type not in _NOT_COUNTED and issue.state.category is StatusCategory.DONE:
        yield Work(done[-1].at, "points", owner, issue.state.points or 0.0)
