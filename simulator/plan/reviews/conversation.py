"""What a reviewer answers to replies: in threads and on the conversation, at most once to each and never without end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulator.model.actions import Action, CommentOnPullRequest, ReplyToRemark, ResolveThread
from simulator.model.facts import Fact, FactKind
from simulator.model.keys import PullRef
from simulator.plan.reviews.replies import Reply, read_reply
from simulator.plan.reviews.rounds import Rounds, gives_reason
from simulator.plan.reviews.threads import Thread
from simulator.plan.words.wordings import Speaker
from simulator.scenario.events.answer_questions import AnswerQuestionsEvent

_MOST_ANSWERS_IN_A_THREAD = 2
_MOST_ANSWERS_ON_A_PULL = 3


def answers_in_threads(rounds: Rounds, pull: PullRef, speaker: Speaker) -> Iterator[Action]:
    """Answers to what was said below the reviewer's remarks; what is settled by it is resolved.

    At a head that the reviewer has not read before, only reasons and questions: to the rest the review is the answer.
    """
    for thread in rounds.threads:
        if not thread.unanswered or thread.said_back >= _MOST_ANSWERS_IN_A_THREAD:
            continue
        occasion = _occasion(rounds, thread)
        if occasion is None:
            continue
        words = speaker.say(occasion, str(thread.id), sha=rounds.pull.head[:7])
        yield ReplyToRemark(actor=rounds.reviewer, pull=pull, remark=thread.id, body=words)
        if occasion == "settled":
            yield ResolveThread(actor=rounds.reviewer, pull=pull, remark=thread.id)


def threads_met(rounds: Rounds, pull: PullRef) -> Iterator[Action]:
    """The reviewer's threads that the present head has met, to be resolved when it is read for the first time."""
    for thread in rounds.threads:
        if not rounds.stands(rounds.point_of(thread)) and not gives_reason(thread):
            yield ResolveThread(actor=rounds.reviewer, pull=pull, remark=thread.id)


def answer_on_the_conversation(rounds: Rounds, pull: PullRef, speaker: Speaker) -> Iterator[Action]:
    """A word to somebody who gave a reason, when other points are still open."""
    mine = [c for c in rounds.pull.comments if c.actor == rounds.reviewer and c.kind is FactKind.PULL_REQUEST_COMMENTED]
    last = max([fact.at for fact in (*mine, *rounds.requests)], default=None)
    new = [fact for fact in rounds.reasons if last is None or fact.at > last]
    if not new or not rounds.blocking or len(mine) >= _MOST_ANSWERS_ON_A_PULL:
        return
    words = speaker.say(_on_reasons(rounds, new), new[-1].source_id)
    yield CommentOnPullRequest(actor=rounds.reviewer, pull=pull, body=words)


def _on_reasons(rounds: Rounds, reasons: Sequence[Fact]) -> str:
    if any(rounds.settles(fact) for fact in reasons):
        return "heard"
    return "which-point" if any(point.arguable for point in rounds.blocking) else "not-by-talk"


def _told(thread: Thread) -> Reply:
    """What new replies amount to: a reason if one of them gives it, else the last one that is more than a nod."""
    told = [read_reply(str(reply.detail.get("body") or "")) for reply in thread.unanswered]
    telling = [reply for reply in told if reply is not Reply.AGREES] or told
    return Reply.REASON if Reply.REASON in told else telling[-1]


def _occasion(rounds: Rounds, thread: Thread) -> str | None:
    point, reply = rounds.point_of(thread), _told(thread)
    if point.nit or not rounds.stands(point):
        return None
    if reply is Reply.REASON:
        return "settled" if point.arguable else "not-by-talk"
    if reply is Reply.QUESTION:
        return None if _somebody_answers(rounds) else "explain"
    if not rounds.has_read:
        return None
    if reply is Reply.CLAIM:
        return "not-yet"
    return None if reply is Reply.AGREES or thread.said_back else "why"


def _somebody_answers(rounds: Rounds) -> bool:
    """Whether the story has somebody who answers questions on pull requests."""
    story = rounds.finder.scenario.spec.story
    return any(isinstance(event, AnswerQuestionsEvent) and event.issue is None for event in story)
