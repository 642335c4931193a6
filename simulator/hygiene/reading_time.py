"""How fast a reviewer must at least have read: lines that were new to them, by the time that there was to read them.

The time is an upper bound, as nobody sees when people read; the speed is a lower one. The limits are the usual ones, and
rules may set others.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from simulator.hygiene.diff_between import lines_between
from simulator.hygiene.review_words import contents_of
from simulator.model.history import Head, History, PullRequest, Review

LINES_PER_HOUR = 1000.0
"""Twice the 500 lines an hour beyond which the Cisco study found hardly any defects: nobody reads faster than that."""
LEAST_SECONDS = 60.0
LEAST_LINES = 10
_ONE_SITTING = timedelta(hours=12)
_A_MOMENT = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Reading:
    """Lines that somebody had not seen before, and the seconds that there were for them."""

    lines: int
    seconds: float

    @property
    def speed(self) -> float:
        """Lines an hour, at least; of no time at all, as if it had been a second."""
        return self.lines * 3600 / max(1.0, self.seconds)


def reviewed_head(pull: PullRequest, review: Review) -> Head | None:
    """What was reviewed: by its commit, or where that is not known as the pull request stood then."""
    return next((head for head in pull.heads if head.sha == review.sha), None) or pull.head_at(review.at)


def is_too_fast(
    reading: Reading,
    *,
    lines_per_hour: float = LINES_PER_HOUR,
    least_seconds: float = LEAST_SECONDS,
    least_lines: int = LEAST_LINES,
) -> bool:
    """Whether nobody can have read that; a few lines are read at a glance."""
    if reading.lines < least_lines:
        return False
    return reading.seconds < least_seconds or reading.speed > lines_per_hour


def readings(pull: PullRequest, review: Review, history: History) -> Iterator[Reading]:
    """What a reviewer had to read for a review: all that was new since they last said something, and the last push alone."""
    head = reviewed_head(pull, review)
    if head is None:
        return
    said = [(at, pull.head_at(at)) for at in contents_of(pull, review.author) if at < review.at]
    earlier = [(at, then) for at, then in said if then is not None and then.sha != head.sha]
    start, known = earlier[-1] if earlier else (_asked_at(pull, review), None)
    came = [each for each in pull.heads if each.at <= head.at and (known is None or each.at > known.at)]
    for before, since in ((known, came[:1]), (came[-2] if len(came) > 1 else known, came[-1:])):
        if since:
            lines = lines_between(before.files, head.files) if before else head.lines
            yield Reading(lines, _seconds(max(start, since[0].at), review.at, history))


def _asked_at(pull: PullRequest, review: Review) -> datetime:
    """When they were asked. Who was asked while it was a draft, or never, could read from the opening on."""
    asked = [request.at for request in pull.requests if request.reviewer == review.author and request.at <= review.at]
    first = min(asked, default=pull.opened_at)
    return pull.opened_at if first == pull.ready_at else first


def _seconds(start: datetime, end: datetime, history: History) -> float:
    """Nights between do not count, unless somebody reviews at night."""
    elapsed = end - start
    at_work = history.working_time(end - _A_MOMENT, end + _A_MOMENT)
    spent = elapsed if elapsed <= _ONE_SITTING or not at_work else history.working_time(start, end)
    return max(0.0, spent.total_seconds())
