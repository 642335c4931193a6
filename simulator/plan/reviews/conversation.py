"""What a reviewer answers to replies: in threads and on the conversation, at most once to each and never without end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from simulator.model.actions import Action, CommentOnPullRequest, ReplyToRemark, ResolveThread
from simulator.model.facts import Fact, FactKind
from simulator.model.keys import PullRef
from simulator.plan.reviews.replies import Reply, read_reply
from simulator.plan.reviews.rounds import Rounds, gives_reason
from simulator.plan.reviews.threads import Thread
from simulator.plan.talk.answering import asks_for_a_look
from simulator.plan.words.wordings import Speaker
from simulator.scenario.events.answer_questions import AnswerQuestionsEvent
from simulator.scenario.moments.words import substance

_MOST_ANSWERS_IN_A_THREAD = 2
_MOST_ANSWERS_ON_A_PULL = 3
_FOR_ALL = frozenset({"not-yet"})  # what is true of the whole push is said once, not below each remark
_FEWEST_WORDS = 3  # with a meaning, of a comment that is meant as an answer
_NAMED = re.compile(r"(?<![\w`])@([A-Za-z0-9][A-Za-z0-9-]{0,38})")


def answers_in_threads(rounds: Rounds, pull: PullRef, speaker: Speaker) -> Iterator[Action]:
    """Answers to what was said below the reviewer's remarks; what is settled by it is resolved.

    At a head that the reviewer has not read before, only reasons and questions: to the rest the review is the answer.
    """
    told: set[str] = set()
    for thread in rounds.threads:
        if not thread.unanswered or thread.said_back >= _MOST_ANSWERS_IN_A_THREAD:
            continue
        occasion = _occasion(rounds, thread)
        if occasion is None or (occasion in _FOR_ALL and (occasion in told or _was_told_since(rounds, thread))):
            continue
        told.add(occasion)
        words = speaker.say(occasion, str(thread.id), sha=rounds.pull.head[:7])
        yield ReplyToRemark(actor=rounds.reviewer, pull=pull, remark=thread.id, body=words)
        if occasion == "settled":
            yield ResolveThread(actor=rounds.reviewer, pull=pull, remark=thread.id)


def _was_told_since(rounds: Rounds, thread: Thread) -> bool:
    """Whether the reviewer has answered in some thread after the last word in this one: that word was for all of them."""
    last = thread.unanswered[-1].at
    mine = (reply for other in rounds.threads for reply in other.replies if reply.actor == rounds.reviewer)
    return any(reply.at >= last for reply in mine)


def threads_met(rounds: Rounds, pull: PullRef) -> Iterator[Action]:
    """The reviewer's threads that the present head has met, to be resolved when it is read for the first time."""
    for thread in rounds.threads:
        if not rounds.stands(rounds.point_of(thread)) and not gives_reason(thread):
            yield ResolveThread(actor=rounds.reviewer, pull=pull, remark=thread.id)


def answer_on_the_conversation(rounds: Rounds, pull: PullRef, speaker: Speaker) -> Iterator[Action]:
    """A word to somebody who gave a reason when other points are still open, or who wrote something that settles none."""
    mine = [c for c in rounds.pull.comments if c.actor == rounds.reviewer and c.kind is FactKind.PULL_REQUEST_COMMENTED]
    last = max([fact.at for fact in (*mine, *rounds.requests)], default=None)
    reasons = [fact for fact in rounds.reasons if last is None or fact.at > last]
    if not rounds.blocking or len(mine) >= _MOST_ANSWERS_ON_A_PULL:
        return
    others = [] if reasons else [fact for fact in _unsettling(rounds) if last is None or fact.at > last]
    occasion = _on_reasons(rounds, reasons) if reasons else _on_words(rounds, others) if others else None
    if occasion is not None:
        words = speaker.say(occasion, (reasons or others)[-1].source_id, sha=rounds.pull.head[:7])
        yield CommentOnPullRequest(actor=rounds.reviewer, pull=pull, body=words)


def _unsettling(rounds: Rounds) -> Iterator[Fact]:
    """The author's comments to the reviewer, or to nobody, that claim or refuse something without a reason."""
    login = rounds.finder.scenario.roster[rounds.reviewer].login.lower()
    for comment in rounds.pull.comments:
        text = str(comment.detail.get("body") or "")
        named = {name.lower() for name in _NAMED.findall(text)}
        its_author = comment.actor == rounds.pull.author and comment.kind is FactKind.PULL_REQUEST_COMMENTED
        to_me = not named or login in named
        if its_author and to_me and read_reply(text) in (Reply.CLAIM, Reply.OTHER) and not asks_for_a_look(text):
            yield comment


def _on_words(rounds: Rounds, said: Sequence[Fact]) -> str | None:
    """What is to be said to words that settle nothing; nothing to a few that may mean anything."""
    text = str(said[-1].detail.get("body") or "")
    if read_reply(text) is Reply.CLAIM:
        return "not-yet"
    if substance(text) < _FEWEST_WORDS:
        return None
    return "explain" if any(point.arguable for point in rounds.blocking) else "not-by-talk"


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
