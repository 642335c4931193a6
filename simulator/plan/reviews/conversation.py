"""What a reviewer answers to replies: in threads and on the conversation, at most once to each and never without end."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.model.actions import Action, CommentOnPullRequest, ReplyToRemark, ResolveThread
from simulator.model.facts import Fact, FactKind
from simulator.model.keys import PullRef
from simulator.plan.reviews.replies import Reply, is_thanks, read_reply
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
        if thread.unanswered is None or thread.said_back >= _MOST_ANSWERS_IN_A_THREAD:
            continue
        occasion = _occasion(rounds, thread, thread.unanswered)
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
    settled = any(rounds.settles(fact) for fact in new)
    words = speaker.say("heard" if settled else "not-by-talk", new[-1].source_id)
    yield CommentOnPullRequest(actor=rounds.reviewer, pull=pull, body=words)


def _occasion(rounds: Rounds, thread: Thread, last: Fact) -> str | None:
    text = str(last.detail.get("body") or "")
    point, reply = rounds.point_of(thread), read_reply(text)
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
    return None if is_thanks(text) or thread.said_back else "why"


def _somebody_answers(rounds: Rounds) -> bool:
    """Whether the story has somebody who answers questions on pull requests."""
    story = rounds.finder.scenario.spec.story
    return any(isinstance(event, AnswerQuestionsEvent) and event.issue is None for event in story)
