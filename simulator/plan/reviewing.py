"""When colleagues review: on opening, on being ready, on each push, on being asked; some working hours later.

Refuses to know what they say: teammates.py decides when the time has come.
"""

from __future__ import annotations

from datetime import datetime

from simulator.model.actions import ReviewWhenRead
from simulator.model.facts import Fact, FactKind
from simulator.model.keys import Login, PullRef, SeatId
from simulator.plan.pulls import PullStanding
from simulator.plan.situation import Situation
from simulator.scenario.events.review_pull_requests import ReviewPullRequestsEvent
from simulator.scenario.people import Reviewing
from simulator.scenario.timed import Rank, TimedAction

_ASKING = frozenset(
    {
        FactKind.PULL_REQUEST_OPENED,
        FactKind.PULL_REQUEST_READY,
        FactKind.PULL_REQUEST_REOPENED,
        FactKind.PULL_REQUEST_HEAD,
        FactKind.REVIEW_REQUESTED,
    }
)


def reviews(fact: Fact, situation: Situation) -> tuple[TimedAction, ...]:
    """The reviews that a fact brings about, one for each reviewer concerned."""
    if fact.kind not in _ASKING:
        return ()
    pull = situation.pull(fact.subject_name)
    if pull is None or not pull.is_open or pull.draft or not pull.head:
        return ()
    return tuple(_review(fact, pull, reviewer, situation) for reviewer in _reviewers(fact, pull, situation))


def _reviewers(fact: Fact, pull: PullStanding, situation: Situation) -> tuple[SeatId, ...]:
    asked = _seat(fact, situation) if fact.kind is FactKind.REVIEW_REQUESTED else None
    if situation.is_human(pull.author):
        concerned = _concerned(pull, situation)
        return concerned if fact.kind is not FactKind.REVIEW_REQUESTED else tuple(s for s in concerned if s == asked)
    # Who reviews a colleague's work for the first time is told by the story; a second look is asked for by the author.
    return (asked,) if asked and asked != pull.author and pull.reviews_by(asked) else ()


def _concerned(pull: PullStanding, situation: Situation) -> tuple[SeatId, ...]:
    """Who reviews a learner's pull request: by the story, or because they were asked."""
    seats = [
        SeatId(event.who)
        for event in situation.scenario.spec.story
        if isinstance(event, ReviewPullRequestsEvent) and (not event.of or pull.author in event.of)
    ]
    asked = [seat for request in pull.requests if (seat := _seat(request, situation)) is not None]
    able = situation.scenario.spec.people
    return tuple(
        dict.fromkeys(seat for seat in [*seats, *asked] if seat != pull.author and able[seat].review is not None)
    )


def _seat(request: Fact, situation: Situation) -> SeatId | None:
    seat = situation.scenario.roster.seat_of(Login(str(request.detail.get("reviewer") or "")))
    return None if situation.is_human(seat) else seat


def _review(fact: Fact, pull: PullStanding, reviewer: SeatId, situation: Situation) -> TimedAction:
    asked_for = situation.scenario.spec.people[reviewer].review or Reviewing()
    round_of_review = str(pull.heads.index(pull.head))
    at = situation.later(asked_for.delay, "review", reviewer, pull.number, round_of_review)
    who = _in_charge(reviewer, pull, situation, at)
    look = ReviewWhenRead(
        actor=who,
        pull=PullRef(f"#{pull.number}"),
        max_changed_lines=asked_for.max_changed_lines,
        tests_required=asked_for.tests_required,
    )
    return TimedAction(
        id=f"review:{pull.number}:{pull.head}:{reviewer}{_again(fact, pull, reviewer)}",
        at=situation.present(who, at),
        priority=Rank.REACTION,
        action=look,
    )


def _in_charge(reviewer: SeatId, pull: PullStanding, situation: Situation, at: datetime) -> SeatId:
    """The reviewer, or the delegate of one who is away then."""
    absence = situation.absence_of(reviewer, at)
    delegate = absence.delegate if absence else None
    return SeatId(delegate) if delegate and delegate != pull.author else reviewer


def _again(fact: Fact, pull: PullStanding, reviewer: SeatId) -> str:
    """What tells another look at the same head from the first one."""
    seen = any(review.detail.get("commit_sha") == pull.head for review in pull.reviews_by(reviewer))
    once_more = fact.kind is FactKind.PULL_REQUEST_REOPENED or (
        fact.kind is FactKind.PULL_REQUEST_READY and pull.drafted
    )
    asked_again = fact.kind is FactKind.REVIEW_REQUESTED and seen
    return f":{fact.source_id}" if once_more or asked_again else ""
