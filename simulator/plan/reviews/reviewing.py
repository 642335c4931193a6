"""When colleagues review: on opening, on being ready, on each push, on being asked, on being answered; some working hours later.

Refuses to know what they say: teammates.py decides when the time has come.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from simulator.model.actions import CommentOnPullRequest, ReviewWhenRead
from simulator.model.facts import Fact, FactKind
from simulator.model.keys import Login, PullRef, SeatId
from simulator.plan.presence import has_joined
from simulator.plan.pulls import PullStanding
from simulator.plan.reviews.skills import knowing
from simulator.plan.situation import Situation
from simulator.scenario.events.pull_request import PullRequestEvent
from simulator.scenario.events.review_pull_requests import ReviewPullRequestsEvent
from simulator.scenario.people import Reviewing
from simulator.scenario.timed import Rank, TimedAction
from simulator.scenario.values import read_span

_ASKING = frozenset(
    {
        FactKind.PULL_REQUEST_OPENED,
        FactKind.PULL_REQUEST_READY,
        FactKind.PULL_REQUEST_REOPENED,
        FactKind.PULL_REQUEST_HEAD,
        FactKind.REVIEW_REQUESTED,
    }
)
_ANSWERING = frozenset(
    {
        FactKind.PULL_REQUEST_COMMENTED,
        FactKind.REVIEW_COMMENTED,
        FactKind.REVIEW_SUBMITTED,
        FactKind.PULL_REQUEST_EDITED,
        FactKind.COMMENT_EDITED,
    }
)
_SETTLING_IN = read_span("10m..40m")
_DECLINING = read_span("20m..1h")
_EMPTY_SEAT = read_span("8h..9h")  # how long a request waits for a human who has never been here


def reviews(fact: Fact, situation: Situation) -> tuple[TimedAction, ...]:
    """The reviews that a fact brings about, one for each reviewer concerned."""
    if fact.kind is FactKind.AVAILABILITY_CHANGED:
        return tuple(_on_return(fact, situation))
    if fact.kind not in _ASKING | _ANSWERING:
        return ()
    pull = situation.pull(fact.subject_name)
    if pull is None or not pull.is_open or pull.draft or not pull.head:
        return ()
    if fact.kind in _ANSWERING:
        return tuple(_review(fact, pull, seat, situation) for seat in _answered(fact, pull, situation))
    seats = _reviewers(fact, pull, situation)
    return (
        *(_review(fact, pull, seat, situation) for seat in seats),
        *_for_an_empty_seat(fact, pull, situation),
        *_declined(fact, pull, situation),
    )


def _on_return(fact: Fact, situation: Situation) -> Iterator[TimedAction]:
    """A look at what is open and theirs, when somebody who was away is back: what was due meanwhile has waited."""
    seat = SeatId(str(fact.detail.get("seat") or ""))
    part = situation.scenario.spec.people.get(seat)
    if part is None or part.kind == "human" or part.review is None:
        return
    at = situation.present(seat, situation.after(fact.at, _SETTLING_IN, "return", seat, fact.source_id))
    for number in dict.fromkeys(f.subject_name for f in situation.known if f.kind is FactKind.PULL_REQUEST_OPENED):
        pull = situation.pull(number)
        if (
            pull is not None
            and pull.is_open
            and situation.is_human(pull.author)
            and seat in _concerned(pull, situation)
        ):
            yield _look(f"review:{number}:back:{seat}:{fact.source_id}", seat, pull, situation, at, instead_of=None)


def _reviewers(fact: Fact, pull: PullStanding, situation: Situation) -> tuple[SeatId, ...]:
    asked = _seat(fact, situation) if fact.kind is FactKind.REVIEW_REQUESTED else None
    if situation.is_human(pull.author):
        concerned = _concerned(pull, situation)
        return concerned if fact.kind is not FactKind.REVIEW_REQUESTED else tuple(s for s in concerned if s == asked)
    # Who reviews a colleague's work for the first time is told by the story; a second look is asked for by the author.
    return (asked,) if asked and asked != pull.author and pull.reviews_by(asked) else ()


def _answered(fact: Fact, pull: PullStanding, situation: Situation) -> Iterator[SeatId]:
    """Colleagues who have asked for changes and now hear something from the author, or from another human."""
    said = str(fact.detail.get("body") or "").strip()
    if not situation.is_human(fact.actor) or (fact.kind is FactKind.REVIEW_SUBMITTED and not said):
        return
    edited = fact.kind is FactKind.PULL_REQUEST_EDITED
    for seat in _concerned(pull, situation) if situation.is_human(pull.author) else ():
        word = pull.last_words().get(seat)
        asks = word is not None and word.detail.get("state") == "CHANGES_REQUESTED"
        if asks or (not edited and _is_in_thread(fact, pull, seat)):
            yield seat


def _is_in_thread(fact: Fact, pull: PullStanding, seat: SeatId) -> bool:
    began = fact.detail.get("in_reply_to")
    return began is not None and any(c.actor == seat and c.detail.get("id") == began for c in pull.comments)


def _concerned(pull: PullStanding, situation: Situation) -> tuple[SeatId, ...]:
    """Who reviews a learner's pull request: by the story, because they were asked, or because they have begun to."""
    seats = [
        SeatId(event.who)
        for event in situation.scenario.spec.story
        if isinstance(event, ReviewPullRequestsEvent) and (not event.of or pull.author in event.of)
    ]
    asked = [seat for request in pull.requests if (seat := _seat(request, situation)) is not None]
    able = situation.scenario.spec.people
    begun = [review.actor for review in pull.reviews if review.actor in able and not situation.is_human(review.actor)]
    everybody = dict.fromkeys(seat for seat in [*seats, *asked, *begun] if seat is not None and seat != pull.author)
    return tuple(seat for seat in everybody if able[seat].review is not None)


def _seat(request: Fact, situation: Situation) -> SeatId | None:
    seat = situation.scenario.roster.seat_of(Login(str(request.detail.get("reviewer") or "")))
    return None if situation.is_human(seat) else seat


def _for_an_empty_seat(fact: Fact, pull: PullStanding, situation: Situation) -> Iterator[TimedAction]:
    """A look by a colleague when a human was asked who has never been here, and the story names no stand-in."""
    if fact.kind is not FactKind.REVIEW_REQUESTED:
        return
    seat = situation.scenario.roster.seat_of(Login(str(fact.detail.get("reviewer") or "")))
    if seat is None or not situation.is_human(seat) or seat == pull.author or has_joined(situation.known, seat):
        return
    if situation.is_human(pull.author) and _concerned(pull, situation):
        return
    if any(event.stand_in for event in _events_of(pull, situation)):
        return
    heir = knowing(situation.scenario, pull.files, besides=(pull.author,))
    if heir is not None:
        at = situation.later(_EMPTY_SEAT, "empty seat", seat, pull.number)
        yield _look(f"review:{pull.number}:for:{seat}", heir, pull, situation, at, instead_of=seat)


def _declined(fact: Fact, pull: PullStanding, situation: Situation) -> Iterator[TimedAction]:
    """A word by a colleague who does not review, and was asked to, on who does."""
    seat = _seat(fact, situation) if fact.kind is FactKind.REVIEW_REQUESTED else None
    if seat is None or situation.scenario.spec.people[seat].review is not None or not situation.is_human(pull.author):
        return
    heir = knowing(situation.scenario, pull.files, besides=(seat, pull.author))
    if heir is not None:
        name = situation.scenario.roster[heir].name.partition(" ")[0]
        asked = {request.detail.get("reviewer") for request in pull.requests}
        is_asked = situation.scenario.spec.people[heir].login in asked or bool(pull.reviews_by(heir))
        words = situation.speaker(seat, pull.number).say("reviewer-is-there" if is_asked else "no-reviewer", name=name)
        said = CommentOnPullRequest(actor=seat, pull=PullRef(f"#{pull.number}"), body=words)
        at = situation.present(seat, situation.later(_DECLINING, "declined", seat, pull.number))
        yield TimedAction(id=f"review:{pull.number}:declined:{seat}", at=at, priority=Rank.REACTION, action=said)


def _events_of(pull: PullStanding, situation: Situation) -> Iterator[PullRequestEvent]:
    for event in situation.scenario.spec.story:
        if isinstance(event, PullRequestEvent) and situation.bindings.get(f"pull:{event.pull}") == pull.number:
            yield event


def _review(fact: Fact, pull: PullStanding, reviewer: SeatId, situation: Situation) -> TimedAction:
    asked_for = situation.scenario.spec.people[reviewer].review or Reviewing()
    round_of_review = str(pull.heads.index(pull.head))
    at = situation.later(asked_for.delay, "review", reviewer, pull.number, round_of_review)
    who = _in_charge(reviewer, pull, situation, at)
    name = f"review:{pull.number}:{pull.head}:{reviewer}{_again(fact, pull, reviewer)}"
    return _look(name, who, pull, situation, at, instead_of=reviewer if who != reviewer else None)


def _look(
    name: str, who: SeatId, pull: PullStanding, situation: Situation, at: datetime, *, instead_of: SeatId | None
) -> TimedAction:
    part = situation.scenario.spec.people[instead_of or who].review or Reviewing()
    look = ReviewWhenRead(
        actor=who,
        pull=PullRef(f"#{pull.number}"),
        max_changed_lines=part.max_changed_lines,
        tests_required=part.tests_required,
        instead_of=instead_of,
    )
    return TimedAction(id=name, at=situation.present(who, at), priority=Rank.REACTION, action=look)


def _in_charge(reviewer: SeatId, pull: PullStanding, situation: Situation, at: datetime) -> SeatId:
    """The reviewer, or the delegate of one who is away then."""
    absence = situation.absence_of(reviewer, at)
    delegate = absence.delegate if absence and absence.steps_in else None
    able = delegate is not None and not situation.is_human(delegate) and delegate != pull.author
    return delegate if able and delegate is not None else reviewer


def _again(fact: Fact, pull: PullStanding, reviewer: SeatId) -> str:
    """What tells another look at the same head from the first one."""
    if fact.kind in _ANSWERING:
        return f":{fact.source_id}"
    seen = any(review.detail.get("commit_sha") == pull.head for review in pull.reviews_by(reviewer))
    once_more = fact.kind is FactKind.PULL_REQUEST_REOPENED or (
        fact.kind is FactKind.PULL_REQUEST_READY and pull.drafted
    )
    # A head that was read before comes again when somebody pushes it back by force.
    seen_again = seen and fact.kind in (FactKind.REVIEW_REQUESTED, FactKind.PULL_REQUEST_HEAD)
    return f":{fact.source_id}" if once_more or seen_again else ""
