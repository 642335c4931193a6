"""What colleagues do about their own pull requests: answer requested changes, merge after an approval, close the issue."""

from __future__ import annotations

from dataclasses import replace

from simulator.model.actions import (
    Action,
    CommentOnPullRequest,
    ReopenPullRequest,
    TendPull,
    TransitionIssue,
)
from simulator.model.facts import Fact, FactKind
from simulator.model.keys import IssueRef, PullRef, SeatId
from simulator.plan.own_work.tending import argues
from simulator.plan.pulls import PullStanding
from simulator.plan.situation import Situation
from simulator.scenario.events.pull_request import PullRequestEvent
from simulator.scenario.timed import Rank, TimedAction
from simulator.scenario.values import Span, read_span

_CONCERNING = frozenset(
    {
        FactKind.REVIEW_SUBMITTED,
        FactKind.REVIEW_COMMENTED,
        FactKind.PULL_REQUEST_COMMENTED,
        FactKind.PULL_REQUEST_MERGED,
        FactKind.PULL_REQUEST_CLOSED,
    }
)
_TIDYING = read_span("5m")
_THINKING = read_span("1h..2h")


def follow_ups(fact: Fact, situation: Situation) -> tuple[TimedAction, ...]:
    """What the author of a pull request of the story does about a review of it, a remark, an argument, or its merge."""
    if fact.kind is FactKind.CHECK_COMPLETED:
        return _when_checked(fact, situation)
    if fact.kind not in _CONCERNING:
        return ()
    event = _event_of(fact.subject_name, situation)
    pull = situation.pull(fact.subject_name) if event else None
    if event is None or pull is None:
        return ()
    if fact.kind in (FactKind.PULL_REQUEST_MERGED, FactKind.PULL_REQUEST_CLOSED):
        return _ended(event, pull, fact, situation)
    if fact.actor == SeatId(event.who) or not pull.is_open:
        return ()
    if fact.kind is FactKind.REVIEW_SUBMITTED and fact.detail.get("state") == "APPROVED":
        return _merge(event, pull, fact, situation)
    if fact.kind is FactKind.REVIEW_SUBMITTED and fact.detail.get("state") == "CHANGES_REQUESTED":
        return _answer(event, pull, situation)
    return _heard(event, fact, situation)


def _event_of(number: str, situation: Situation) -> PullRequestEvent | None:
    for event in situation.scenario.spec.story:
        if isinstance(event, PullRequestEvent) and situation.bindings.get(f"pull:{event.pull}") == number:
            return event
    return None


def _when_checked(fact: Fact, situation: Situation) -> tuple[TimedAction, ...]:
    """The merge of what was approved while its check still ran, or had failed; of what fails, another look."""
    for event in situation.scenario.spec.story:
        number = situation.bindings.get(f"pull:{event.pull}") if isinstance(event, PullRequestEvent) else None
        pull = situation.pull(number) if number else None
        if isinstance(event, PullRequestEvent) and pull is not None and pull.head == fact.detail.get("sha"):
            return _merge(event, pull, fact, situation)
    return ()


def _merge(event: PullRequestEvent, pull: PullStanding, fact: Fact, situation: Situation) -> tuple[TimedAction, ...]:
    """The merge, for which the author looks again whether anything stands against it; and a look at how it went."""
    words = [word.detail.get("state") for word in pull.last_words().values()]
    if not pull.is_open or "APPROVED" not in words or "CHANGES_REQUESTED" in words:
        return ()
    merge = replace(_tending(event), merges=True)
    merged = _timed(event, f"merge:{fact.source_id}", event.merge_within, situation, merge)
    at = situation.present(
        SeatId(event.who), situation.after(merged[-1].at, _TIDYING, event.id, "look", fact.source_id)
    )
    look = TimedAction(id=f"{event.id}:look:{fact.source_id}", at=at, priority=Rank.REACTION, action=_tending(event))
    return (*merged, look)


def _heard(event: PullRequestEvent, fact: Fact, situation: Situation) -> tuple[TimedAction, ...]:
    """A look at remarks on lines, one for each review; and at what a human argues."""
    if fact.kind is FactKind.REVIEW_COMMENTED and not fact.detail.get("in_reply_to"):
        part = f"remarks:{fact.detail.get('review_id')}"
        return _timed(event, part, _THINKING, situation, _tending(event))
    if situation.is_human(fact.actor) and argues(fact):
        return _timed(event, "argued", _THINKING, situation, _tending(event))
    return ()


def _tending(event: PullRequestEvent) -> TendPull:
    return TendPull(actor=SeatId(event.who), pull=PullRef(event.pull), event=event.id)


def _reopen(event: PullRequestEvent, pull: PullStanding, fact: Fact, situation: Situation) -> tuple[TimedAction, ...]:
    """What somebody closed without a reason is opened again, once, with the question why."""
    who, ref = SeatId(event.who), PullRef(event.pull)
    if any(comment.actor == fact.actor and argues(comment) for comment in pull.comments):
        return ()
    words = situation.speaker(who, event.id).say("closed-by-others")
    steps = (ReopenPullRequest(actor=who, pull=ref), CommentOnPullRequest(actor=who, pull=ref, body=words))
    return _timed(event, "closed", _THINKING, situation, *steps)


def _ended(event: PullRequestEvent, pull: PullStanding, fact: Fact, situation: Situation) -> tuple[TimedAction, ...]:
    if fact.kind is FactKind.PULL_REQUEST_MERGED:
        return _board(event, situation)
    return _reopen(event, pull, fact, situation) if situation.is_human(fact.actor) else ()


def _board(event: PullRequestEvent, situation: Situation) -> tuple[TimedAction, ...]:
    if event.issue is None:
        return ()
    status = "Done" if event.resolves else "In Progress"
    move = TransitionIssue(actor=SeatId(event.who), issue=IssueRef(event.issue), status=status)
    return _timed(event, "board", _TIDYING, situation, move)


def _answer(event: PullRequestEvent, pull: PullStanding, situation: Situation) -> tuple[TimedAction, ...]:
    """The promised commits after a first request for changes; who asks while they are to come is shown them, too."""
    who, ref = SeatId(event.who), PullRef(event.pull)
    asked = [review for review in pull.reviews if review.detail.get("state") == "CHANGES_REQUESTED"]
    if event.when_changes_requested is not None and pull.pushes[-1].at <= asked[0].at:
        steps = (replace(_tending(event), follows=True), _tending(event))
        within = event.when_changes_requested.within
        return _timed(event, "follow-up", within, situation, *steps) if len(asked) == 1 else ()
    words = situation.speaker(who, event.id).say("nothing-more")
    comment = CommentOnPullRequest(actor=who, pull=ref, body=words)
    return _timed(event, "nothing-more", _THINKING, situation, comment)


def _timed(
    event: PullRequestEvent, part: str, span: Span, situation: Situation, *actions: Action
) -> tuple[TimedAction, ...]:
    at = situation.present(SeatId(event.who), situation.later(span, event.id, part))
    return tuple(
        TimedAction(id=f"{event.id}:{part}:{number}", at=at, priority=Rank.REACTION, action=action)
        for number, action in enumerate(actions, start=1)
    )
