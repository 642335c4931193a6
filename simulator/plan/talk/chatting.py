"""What colleagues answer in the chat: to whoever asks there about an issue, by its key, or asks a colleague by name.

The answers are those of the story's `answer_questions` events, each given once in the chat. Refuses to answer what is asked of
nobody about nothing.
"""

from __future__ import annotations

import re

from simulator.model.actions import Channel, PostNote
from simulator.model.facts import Fact, FactKind
from simulator.model.keys import SeatId, issue_keys_in
from simulator.plan.reviews.replies import is_question
from simulator.plan.situation import Situation
from simulator.plan.talk.answering import topics_in
from simulator.scenario.events.answer_questions import AnswerQuestionsEvent
from simulator.scenario.timed import Rank, TimedAction

_LONGEST_READ = 2_000


def chat_answers(fact: Fact, situation: Situation) -> tuple[TimedAction, ...]:
    """The answers to what a learner asks in the chat."""
    text = str(fact.detail.get("text") or "")[:_LONGEST_READ]
    if fact.kind is not FactKind.NOTE_POSTED or not situation.is_human(fact.actor) or not is_question(text):
        return ()
    named: set[str] = set(issue_keys_in(text, projects=(situation.scenario.spec.project.key,)))
    story = situation.scenario.spec.story
    events = [event for event in story if isinstance(event, AnswerQuestionsEvent) and event.issue]
    return tuple(answer for event in events for answer in _of_event(event, text, named, situation))


def _of_event(event: AnswerQuestionsEvent, text: str, named: set[str], situation: Situation) -> tuple[TimedAction, ...]:
    about_it = situation.bindings.get(f"issue:{event.issue}") in named
    if not about_it and (named or not _is_addressed(event.who, text, situation)):
        return ()
    topics = topics_in(event, text, outright=not about_it)
    if topics:
        return tuple(_say(event, f"topic-{number}", topic.text, situation) for number, topic in topics)
    return (_say(event, "otherwise", event.otherwise, situation),) if about_it else ()


def _is_addressed(seat: str, text: str, situation: Situation) -> bool:
    name = situation.scenario.roster[SeatId(seat)].name.partition(" ")[0]
    return re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE) is not None


def _say(event: AnswerQuestionsEvent, part: str, text: str, situation: Situation) -> TimedAction:
    who = SeatId(event.who)
    return TimedAction(
        id=f"{event.id}:chat:{part}",
        at=situation.present(who, situation.later(event.within, event.id, "chat", part)),
        priority=Rank.REACTION,
        action=PostNote(actor=who, channel=Channel.CHAT, text=text),
    )
