"""Whether evidence can come to people at all: where nobody asks them, or others do it for them, none is missing.

For the `expects` of rules. Each answers for some people of a history. Refuses to judge what came.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from simulator.hygiene.landed import is_of_code
from simulator.hygiene.reading_time import LEAST_LINES, readings
from simulator.model.agile import StatusCategory
from simulator.model.history import History, PullRequest, ReviewRequest
from simulator.model.keys import SeatId

_DUE_HOURS = 8.0
"""Working hours after which a request, or a pull request that is open, waits for somebody."""


def has_colleagues(history: History, _: Collection[SeatId]) -> bool:
    """Whether there is anybody who could be asked."""
    return len(history.roster.people) > 1


def requests_to(history: History, seats: Collection[SeatId]) -> int:
    """On how many pull requests their review was asked for, and given or due."""
    return len({r.pull for pull in history.pulls.values() for r in pull.requests if _is_due(r, seats, history)})


def diffs_to_read(history: History, seats: Collection[SeatId]) -> int:
    """How many pull requests of others with something new to read they approved, or left without a verdict for a working day."""
    return sum(
        _approved_a_diff(pull, seats, history)
        or ((pull.lines or 0) >= LEAST_LINES and _waits_for_verdict(pull, seats, history))
        for pull in _of_others(history, seats)
    )


def reviews_to_share(history: History, seats: Collection[SeatId]) -> bool:
    """Whether a pull request of somebody else has waited for a working day, or was reviewed by them."""
    return any(_is_reviewed_by(pull, seats) or _waited(pull, history) for pull in _of_others(history, seats))


def closes_issues(history: History, seats: Collection[SeatId]) -> bool:
    """Whether their issues with code are theirs to close: others have not closed every one that is done."""
    are_done = False
    for issue in history.issues.values():
        state = issue.state
        if state.category is StatusCategory.DONE and state.assignee in seats and is_of_code(issue, history):
            are_done = True
            if any(move.actor in seats and move.after.category is StatusCategory.DONE for move in issue.moves()):
                return True
    return not are_done


def _is_due(request: ReviewRequest, seats: Collection[SeatId], history: History) -> bool:
    if request.reviewer not in seats:
        return False
    if request.answered_at is not None:
        return True
    return history.working_hours(request.at, request.void_at or history.now) >= _DUE_HOURS


def _of_others(history: History, seats: Collection[SeatId]) -> Iterator[PullRequest]:
    """Pull requests that at least one of them could review, as it is not their own."""
    wanted = set(seats)
    for pull in history.pulls.values():
        if pull.ready_at is not None and pull.author is not None and not wanted.issubset(pull.authors()):
            yield pull


def _is_reviewed_by(pull: PullRequest, seats: Collection[SeatId]) -> bool:
    return any(review.author in seats and review.author not in pull.authors() for review in pull.reviews)


def _approved_a_diff(pull: PullRequest, seats: Collection[SeatId], history: History) -> bool:
    """Whether one of them approved lines that were new to them, and not only the last few after a review."""
    approvals = (review for review in pull.reviews if review.state == "APPROVED" and review.author in seats)
    return any(
        reading.lines >= LEAST_LINES
        for review in approvals
        if review.author not in pull.authors()
        for reading in readings(pull, review, history)
    )


def _waits_for_verdict(pull: PullRequest, seats: Collection[SeatId], history: History) -> bool:
    """Whether it was there for a working day, and none of them approved or requested changes."""
    given = (review.state for review in pull.reviews if review.author in seats and review.author not in pull.authors())
    return set(given) <= {"COMMENTED"} and _waited(pull, history)


def _waited(pull: PullRequest, history: History) -> bool:
    end = pull.merged_at or pull.closed_at or history.now
    return history.working_hours(pull.ready_at or pull.opened_at, end) >= _DUE_HOURS
