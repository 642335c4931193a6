"""What colleagues do about their own pull requests: answer requested changes, merge after an approval, close the issue."""

from __future__ import annotations

from simulator.model.actions import Action, CommentOnPullRequest, MergePullRequest, RequestReview, TransitionIssue
from simulator.model.facts import Fact, FactKind
from simulator.model.keys import IssueRef, PullRef, SeatId
from simulator.plan.compile import ScenarioStage
from simulator.plan.draws import pick
from simulator.plan.pulls import PullStanding
from simulator.plan.situation import Situation
from simulator.plan.wordings import NOTHING_MORE
from simulator.scenario.events.pull_request import PullRequestEvent
from simulator.scenario.timed import Rank, TimedAction
from simulator.scenario.values import Span, read_span

_TIDYING = read_span("5m")
_THINKING = read_span("1h..2h")


def follow_ups(fact: Fact, situation: Situation) -> tuple[TimedAction, ...]:
    """What the author of a pull request of the story does about a review of it, or about its merge."""
    if fact.kind not in (FactKind.REVIEW_SUBMITTED, FactKind.PULL_REQUEST_MERGED):
        return ()
    event = _event_of(fact.subject_name, situation)
    pull = situation.pull(fact.subject_name) if event else None
    if event is None or pull is None or (fact.actor == SeatId(event.who) and fact.kind is FactKind.REVIEW_SUBMITTED):
        return ()
    if fact.kind is FactKind.PULL_REQUEST_MERGED:
        return _board(event, situation)
    if fact.detail.get("state") == "APPROVED":
        return _merge(event, pull, fact, situation)
    return _answer(event, pull, fact, situation) if fact.detail.get("state") == "CHANGES_REQUESTED" else ()


def _event_of(number: str, situation: Situation) -> PullRequestEvent | None:
    for event in situation.scenario.spec.story:
        if isinstance(event, PullRequestEvent) and situation.bindings.get(f"pull:{event.pull}") == number:
            return event
    return None


def _merge(event: PullRequestEvent, pull: PullStanding, fact: Fact, situation: Situation) -> tuple[TimedAction, ...]:
    objections = [word for word in pull.last_words().values() if word.detail.get("state") == "CHANGES_REQUESTED"]
    if objections or not pull.is_open:
        return ()
    merge = MergePullRequest(actor=SeatId(event.who), pull=PullRef(event.pull), if_possible=True)
    return _timed(event, f"merge:{fact.source_id}", event.merge_within, situation, merge)


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
        words = pick(NOTHING_MORE, situation.seed, event.id, "nothing more")
        comment = CommentOnPullRequest(actor=who, pull=ref, body=words)
        return _timed(event, "nothing-more", _THINKING, situation, comment)
    stage = ScenarioStage(situation.scenario, situation.seed)
    pushes = [push for _, push in event.pushes(stage, event.when_changes_requested.commits)]
    comment = CommentOnPullRequest(actor=who, pull=ref, body=event.when_changes_requested.text)
    again = [ask_again] if ask_again else []
    return _timed(event, "follow-up", event.when_changes_requested.within, situation, *pushes, comment, *again)


def _timed(
    event: PullRequestEvent, part: str, span: Span, situation: Situation, *actions: Action
) -> tuple[TimedAction, ...]:
    at = situation.present(SeatId(event.who), situation.later(span, event.id, part))
    return tuple(
        TimedAction(id=f"{event.id}:{part}:{number}", at=at, priority=Rank.REACTION, action=action)
        for number, action in enumerate(actions, start=1)
    )
