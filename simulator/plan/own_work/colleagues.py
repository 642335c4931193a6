"""What colleagues do about their own pull requests: answer requested changes, merge after an approval, close the issue."""

from __future__ import annotations

from simulator.model.actions import (
    Action,
    CommentOnPullRequest,
    MergePullRequest,
    RequestReview,
    TendPull,
    TransitionIssue,
)
from simulator.model.facts import Fact, FactKind
from simulator.model.keys import IssueRef, PullRef, SeatId
from simulator.plan.compile import ScenarioStage
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
    }
)
_TIDYING = read_span("5m")
_THINKING = read_span("1h..2h")


def follow_ups(fact: Fact, situation: Situation) -> tuple[TimedAction, ...]:
    """What the author of a pull request of the story does about a review of it, a remark, an argument, or its merge."""
    if fact.kind is FactKind.CHECK_COMPLETED:
        return _when_green(fact, situation)
    if fact.kind not in _CONCERNING:
        return ()
    event = _event_of(fact.subject_name, situation)
    pull = situation.pull(fact.subject_name) if event else None
    if event is None or pull is None:
        return ()
    if fact.kind is FactKind.PULL_REQUEST_MERGED:
        return _board(event, situation)
    if fact.actor == SeatId(event.who):
        return ()
    if fact.kind is FactKind.REVIEW_SUBMITTED and fact.detail.get("state") == "APPROVED":
        return _merge(event, pull, fact, situation)
    if fact.kind is FactKind.REVIEW_SUBMITTED and fact.detail.get("state") == "CHANGES_REQUESTED":
        return _answer(event, pull, fact, situation)
    return _heard(event, fact, situation)


def _event_of(number: str, situation: Situation) -> PullRequestEvent | None:
    for event in situation.scenario.spec.story:
        if isinstance(event, PullRequestEvent) and situation.bindings.get(f"pull:{event.pull}") == number:
            return event
    return None


def _when_green(fact: Fact, situation: Situation) -> tuple[TimedAction, ...]:
    """The merge of what was approved while its check still ran, or had failed."""
    if fact.detail.get("conclusion") != "success":
        return ()
    for event in situation.scenario.spec.story:
        number = situation.bindings.get(f"pull:{event.pull}") if isinstance(event, PullRequestEvent) else None
        pull = situation.pull(number) if number else None
        if isinstance(event, PullRequestEvent) and pull is not None and pull.head == fact.detail.get("sha"):
            approved = any(word.detail.get("state") == "APPROVED" for word in pull.last_words().values())
            return _merge(event, pull, fact, situation) if approved else ()
    return ()


def _merge(event: PullRequestEvent, pull: PullStanding, fact: Fact, situation: Situation) -> tuple[TimedAction, ...]:
    objections = [word for word in pull.last_words().values() if word.detail.get("state") == "CHANGES_REQUESTED"]
    if objections or not pull.is_open:
        return ()
    merge = MergePullRequest(actor=SeatId(event.who), pull=PullRef(event.pull), if_possible=True)
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


def _board(event: PullRequestEvent, situation: Situation) -> tuple[TimedAction, ...]:
    if event.issue is None:
        return ()
    status = "Done" if event.resolves else "In Progress"
    move = TransitionIssue(actor=SeatId(event.who), issue=IssueRef(event.issue), status=status)
    return _timed(event, "board", _TIDYING, situation, move)


def _answer(event: PullRequestEvent, pull: PullStanding, fact: Fact, situation: Situation) -> tuple[TimedAction, ...]:
    who, ref = SeatId(event.who), PullRef(event.pull)
    asked = [review for review in pull.reviews if review.detail.get("state") == "CHANGES_REQUESTED"]
    ask_again = RequestReview(actor=who, pull=ref, reviewers=(fact.actor,)) if fact.actor else None
    if event.when_changes_requested is None or len(asked) > 1:
        words = situation.speaker(who, event.id).say("nothing-more")
        comment = CommentOnPullRequest(actor=who, pull=ref, body=words)
        return _timed(event, "nothing-more", _THINKING, situation, comment)
    stage = ScenarioStage(situation.scenario, situation.seed)
    pushes = [push for _, push in event.pushes(stage, event.when_changes_requested.commits)]
    comment = CommentOnPullRequest(actor=who, pull=ref, body=event.when_changes_requested.text)
    again = [ask_again] if ask_again else []
    steps = (*pushes, comment, *again, _tending(event))
    return _timed(event, "follow-up", event.when_changes_requested.within, situation, *steps)


def _timed(
    event: PullRequestEvent, part: str, span: Span, situation: Situation, *actions: Action
) -> tuple[TimedAction, ...]:
    at = situation.present(SeatId(event.who), situation.later(span, event.id, part))
    return tuple(
        TimedAction(id=f"{event.id}:{part}:{number}", at=at, priority=Rank.REACTION, action=action)
        for number, action in enumerate(actions, start=1)
    )
