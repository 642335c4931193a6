"""What is said to a question that nobody in the story has an answer for: nobody is left without a word.

Once for each issue, and once for each colleague in the chat. Refuses to speak where a moment waits for the question.
"""

from __future__ import annotations

import re

from simulator.model.actions import Action, Channel, CommentOnIssue, PostNote
from simulator.model.facts import Fact, FactKind
from simulator.model.keys import IssueRef, SeatId, issue_keys_in
from simulator.plan.reviews.replies import is_question
from simulator.plan.situation import Situation
from simulator.plan.talk.answering import asks_for_a_look, called_in
from simulator.plan.talk.chatting import chat_answers
from simulator.scenario.events.answer_questions import AnswerQuestionsEvent
from simulator.scenario.events.event import Event
from simulator.scenario.moments.about_an_issue import AboutAnIssue
from simulator.scenario.moments.blocked_issue import BlockedIssue
from simulator.scenario.moments.vague_issue import VagueIssue
from simulator.scenario.timed import Rank, TimedAction
from simulator.scenario.values import read_span

_THINKING = read_span("30m..2h")
_OWNER = "product owner"
_PULL = re.compile(r"#[0-9]")


def last_word(fact: Fact, situation: Situation) -> tuple[TimedAction, ...]:
    """The word of whoever is asked, or of the product owner, to a learner's question on an issue or in the chat."""
    text = str(fact.detail.get("body") or fact.detail.get("text") or "")
    if not situation.is_human(fact.actor) or not is_question(text):
        return ()
    if fact.kind is FactKind.ISSUE_COMMENTED:
        return _on_issue(fact.subject_name, text, situation)
    return _in_chat(fact, text, situation) if fact.kind is FactKind.NOTE_POSTED else ()


def _on_issue(key: str, text: str, situation: Situation) -> tuple[TimedAction, ...]:
    ref, who = _unanswered(key, situation), _asked(text, situation)
    if ref is None or who is None:
        return ()
    words = situation.speaker(who, key).say("nothing-more-known", key=key)
    return (_said(f"last-word:{key}", who, CommentOnIssue(actor=who, issue=IssueRef(ref), body=words), situation),)


def _in_chat(fact: Fact, text: str, situation: Situation) -> tuple[TimedAction, ...]:
    who = _asked(text, situation)
    if who is None or asks_for_a_look(text) or _PULL.search(text) or chat_answers(fact, situation):
        return ()
    named = sorted(set(issue_keys_in(text, projects=(situation.scenario.spec.project.key,))))
    if len(named) == 1 and _unanswered(named[0], situation):
        words = situation.speaker(who, named[0], "chat").say("nothing-more-known", key=named[0])
        return (_said(f"last-word:chat:{named[0]}", who, _note(who, words), situation),)
    if not named and who in called_in(text, situation) and _knows_something(who, situation):
        words = situation.speaker(who, "chat").say("which-issue")
        return (_said(f"last-word:chat:{who}", who, _note(who, words), situation),)
    return ()


def _unanswered(key: str, situation: Situation) -> str | None:
    """The scenario's id of an issue for which no event of the story has answers, None for any other."""
    ref = next(
        (name[6:] for name, bound in situation.bindings.items() if name.startswith("issue:") and bound == key), ""
    )
    spoken_for = {_speaks_of(event) for event in situation.scenario.spec.story}
    return ref if ref and ref not in spoken_for else None


def _speaks_of(event: Event) -> str | None:
    """The issue that an event has answers for, or a moment waits at."""
    if isinstance(event, AboutAnIssue):
        return event.ref
    return event.issue if isinstance(event, AnswerQuestionsEvent | VagueIssue | BlockedIssue) else None


def _asked(text: str, situation: Situation) -> SeatId | None:
    """The colleague whom a question speaks to, else the product owner; None when it is for a human."""
    called, roster = called_in(text, situation), situation.scenario.roster
    owners = (person.seat for person in roster if person.role.casefold() == _OWNER)
    who = next(iter(sorted(called)), None) or next(owners, None)
    return None if who is None or situation.is_human(who) else who


def _knows_something(who: SeatId, situation: Situation) -> bool:
    events = (event for event in situation.scenario.spec.story if isinstance(event, AnswerQuestionsEvent))
    return any(event.issue and event.who == who for event in events)


def _note(who: SeatId, words: str) -> PostNote:
    return PostNote(actor=who, channel=Channel.CHAT, text=words)


def _said(name: str, who: SeatId, action: Action, situation: Situation) -> TimedAction:
    at = situation.present(who, situation.later(_THINKING, name))
    return TimedAction(id=name, at=at, priority=Rank.REACTION, action=action)
