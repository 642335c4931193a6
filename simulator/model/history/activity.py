"""When something happened to the code of an issue: commits, and whatever was done to its pull requests.

Pure. What happened to the issue itself stands in the issue.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from simulator.model.history.pulls import PullRequest


def code_activity(commits: Iterable[datetime], pulls: Iterable[PullRequest]) -> tuple[datetime, ...]:
    """When something happened to commits made at these instants and to these pull requests, in order, each instant once."""
    return tuple(sorted(set(commits).union(*(_moments(pull) for pull in pulls))))


def _moments(pull: PullRequest) -> Iterator[datetime]:
    yield pull.opened_at
    yield from (at for at in (pull.ready_at, pull.merged_at, pull.closed_at) if at)
    yield from (head.at for head in pull.heads)
    yield from (review.at for review in pull.reviews)
    yield from (comment.at for comment in pull.comments)
