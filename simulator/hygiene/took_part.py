"""When somebody took part in the review of a pull request, so that it shows that they had read it.

Refuses to count: an approval in less time than reading takes, without a word, is no part.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from simulator.hygiene.reading_time import is_too_fast, readings
from simulator.hygiene.review_words import contents_of
from simulator.model.history import History, PullRequest
from simulator.model.keys import SeatId


def took_part_at(pull: PullRequest, seat: SeatId, history: History) -> datetime | None:
    """When somebody first reviewed a pull request in earnest, None if never."""
    return min([*contents_of(pull, seat), *_verdicts(pull, seat, history)], default=None)


def _verdicts(pull: PullRequest, seat: SeatId, history: History) -> Iterator[datetime]:
    for review in pull.reviews:
        if review.author != seat:
            continue
        approved = review.state == "APPROVED" and not any(map(is_too_fast, readings(pull, review, history)))
        if approved or review.state == "CHANGES_REQUESTED":
            yield review.at
