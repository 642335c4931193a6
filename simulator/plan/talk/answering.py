"""What colleagues answer to learners' comments, and what they say when a learner starts without asking."""

from __future__ import annotations

import re
from collections.abc import Sequence

from simulator.model.actions import Action, CommentOnIssue, CommentOnPullRequest
from simulator.model.agile import StatusCategory
from simulator.model.facts import Fact, FactKind
from simulator.model.keys import IssueRef, PullRef, SeatId, issue_keys_in
from simulator.model.people import Person
from simulator.plan.pulls import PullStanding
from simulator.plan.reviews.replies import is_question, is_thanks
from simulator.plan.situation import Situation
from simulator.scenario.events.answer_questions import AnswerQuestionsEvent, TopicPart
from simulator.scenario.timed import Rank, TimedAction

_LOOK = re.compile(
    r"\b(?:(?:look|review|check|read)\b[^.?!]{0,40}\bagain|(?:have|take) an?(?:other)? (?:quick )?look"
    r"|another (?:look|round|review|pass)|(?:would|could|can|will) you (?:please )?(?:review|look at|read) (?:this|it|my|#?[0-9])"
    r"|re-?review|ptal|please review|ready for (?:a )?(?:second |another )?review)",
    re.IGNORECASE,
)
_COMMENTS = (FactKind.ISSUE_COMMENTED, FactKind.PULL_REQUEST_COMMENTED, FactKind.REVIEW_COMMENTED)
_ON_PULLS = (FactKind.PULL_REQUEST_COMMENTED, FactKind.REVIEW_COMMENTED)
_LONGEST_READ = 5_000
_BEGINNINGS = frozenset(
    {"how", "what", "when", "where", "which", "who", "why"}
    | {"wie", "was", "wann", "wo", "welche", "welcher", "welches", "wer", "warum"}
)
_MARK = re.compile(r"[?？؟]")
_ASKING_ANYTHING = re.compile(r"[?？؟]|^\W*(?:how|what|why|which|who|when)\W*$", re.IGNORECASE)


def answers(fact: Fact, situation: Situation) -> tuple[TimedAction, ...]:
    """The answers that a learner's comment, or start on an issue, brings about."""
    if not situation.is_human(fact.actor):
        return ()
    events = (event for event in situation.scenario.spec.story if isinstance(event, AnswerQuestionsEvent))
    return tuple(answer for event in events for answer in _of_event(event, fact, situation))


def asks_for_a_look(text: str) -> bool:
    """Whether a comment asks for a review, which the review itself answers: `would you look again?`."""
    return _LOOK.search(text[:_LONGEST_READ]) is not None


def _of_event(event: AnswerQuestionsEvent, fact: Fact, situation: Situation) -> tuple[TimedAction, ...]:
    if fact.kind in _ON_PULLS:
        return _on_pull(event, fact, situation)
    if event.issue is None:
        return ()
    if fact.subject != f"issue:{situation.bindings.get(f'issue:{event.issue}')}":
        return ()
    if fact.kind in (FactKind.ISSUE_COMMENTED, FactKind.COMMENT_EDITED):
        return _on_issue(event, fact, situation)
    started = fact.kind is FactKind.ISSUE_CHANGED and fact.detail.get("category") == StatusCategory.IN_PROGRESS
    if started and event.when_started and not _commented(fact.subject, situation, humans=True):
        return (_say(event, "started", event.when_started, fact, situation),)
    return ()


def _on_issue(event: AnswerQuestionsEvent, fact: Fact, situation: Situation) -> tuple[TimedAction, ...]:
    text = str(fact.detail.get("body") or "")
    if is_question(text):
        return _to_question(event, text, fact, situation)
    if is_thanks(text) or _commented(fact.subject, situation, humans=False):
        return ()
    if event.unclear:
        return (_say(event, "unclear", event.unclear, fact, situation),)
    return _asked_back(event, fact, situation) if _ASKING_ANYTHING.search(text) else ()


def _on_pull(event: AnswerQuestionsEvent, fact: Fact, situation: Situation) -> tuple[TimedAction, ...]:
    text = str(fact.detail.get("body") or "")
    pull = situation.pull(fact.subject_name) if _MARK.search(text) and is_question(text) else None
    if pull is None or pull.author != fact.actor or _is_for_another(event, text, situation):
        return ()
    topics = topics_in(event, text)
    if event.issue is None:
        left = not topics and (asks_for_a_look(text) or _is_known_to_others(text, pull, situation))
        return () if left else _to_question(event, text, fact, situation)
    return _to_question(event, text, fact, situation) if topics and _is_for_issue(event, text, pull, situation) else ()


def _is_for_issue(event: AnswerQuestionsEvent, text: str, pull: PullStanding, situation: Situation) -> bool:
    """Whether a comment, or the pull request that it stands on, names the issue that is asked about."""
    _, title, body = pull.bodies[-1]
    named = issue_keys_in(f"{text} {pull.branch} {title} {body}", projects=(situation.scenario.spec.project.key,))
    return situation.bindings.get(f"issue:{event.issue}") in named


def _is_known_to_others(text: str, pull: PullStanding, situation: Situation) -> bool:
    """Whether somebody who answers for the issue of a pull request has the answer."""
    events = (e for e in situation.scenario.spec.story if isinstance(e, AnswerQuestionsEvent) and e.issue)
    return any(topics_in(event, text) and _is_for_issue(event, text, pull, situation) for event in events)


def _is_for_another(event: AnswerQuestionsEvent, text: str, situation: Situation) -> bool:
    """Whether a question speaks to other people by name, and not to who answers."""
    called = called_in(text, situation)
    return bool(called) and event.who not in called


def called_in(text: str, situation: Situation) -> set[SeatId]:
    """The people to whom a text speaks by name: `Sanna, would you …`, `@sanna`."""
    return {person.seat for person in situation.scenario.roster if _calls(person, text[:_LONGEST_READ])}


def _calls(person: Person, text: str) -> bool:
    name, login = re.escape(person.name.partition(" ")[0]), re.escape(person.login)
    return re.search(rf"(?:^|[.!?\n]\s*){name}\s*[,:]|@{login}\b", text, re.IGNORECASE) is not None


def _to_question(event: AnswerQuestionsEvent, text: str, fact: Fact, situation: Situation) -> tuple[TimedAction, ...]:
    topics = topics_in(event, text)
    if _was_answered(event, topics, fact, situation):
        words = situation.speaker(SeatId(event.who), event.id, fact.subject).say("said-above")
        return (_say(event, "again", words, fact, situation),)
    if not topics:
        return (_say(event, "otherwise", event.otherwise, fact, situation),)
    return tuple(_say(event, f"topic-{number}", topic.text, fact, situation) for number, topic in topics)


def _was_answered(
    event: AnswerQuestionsEvent, topics: Sequence[tuple[int, TopicPart]], fact: Fact, situation: Situation
) -> bool:
    """Whether all of it was asked in the same place before, and who answers has spoken there since."""
    said = [f for f in situation.known if f.subject == fact.subject and f.kind in _COMMENTS and f is not fact]
    answered = max((f.at for f in said if f.actor == event.who), default=None)
    earlier = [
        topics_in(event, text)
        for f in said
        if situation.is_human(f.actor) and is_question(text := str(f.detail.get("body") or ""))
        if answered is not None and f.at < answered
    ]
    asked = {number for found in earlier for number, _ in found}
    return all(number in asked for number, _ in topics) if topics else [] in earlier


def _asked_back(event: AnswerQuestionsEvent, fact: Fact, situation: Situation) -> tuple[TimedAction, ...]:
    """A question in return, once, to somebody who asks nothing that can be answered."""
    words = situation.speaker(SeatId(event.who), event.id, fact.subject).say("ask-back")
    return (_say(event, "ask-back", words, fact, situation),)


def topics_in(event: AnswerQuestionsEvent, text: str, *, outright: bool = False) -> list[tuple[int, TopicPart]]:
    """The answers that a text asks for, with their numbers from 1.

    `outright`: words with which any question may begin, such as `which`, show no topic; the text itself has to name it.
    """
    return [(n, topic) for n, topic in enumerate(event.topics, start=1) if _is_about(topic, text, outright=outright)]


def _is_about(topic: TopicPart, text: str, *, outright: bool) -> bool:
    """Whether one of the topic's words is in the text: as the beginning of a word, or anywhere in scripts without spaces."""
    read = text[:_LONGEST_READ].casefold()
    return any(
        word.casefold() in read if _is_unspaced(word) else re.search(rf"\b{re.escape(word.casefold())}", read)
        for word in topic.about
        if not (outright and word.casefold() in _BEGINNINGS)
    )


def _is_unspaced(word: str) -> bool:
    return any("\u0e00" <= letter <= "\u0eff" or "\u3040" <= letter <= "\uffdc" for letter in word)


def _commented(subject: str, situation: Situation, *, humans: bool) -> bool:
    """Whether humans (or colleagues) have commented on the issue before."""
    comments = (f for f in situation.known if f.kind is FactKind.ISSUE_COMMENTED and f.subject == subject)
    return any(situation.is_human(f.actor) is humans for f in comments if f.source_id != situation.until.source_id)


def _say(event: AnswerQuestionsEvent, part: str, text: str, fact: Fact, situation: Situation) -> TimedAction:
    who = SeatId(event.who)
    comment: Action = (
        CommentOnIssue(actor=who, issue=IssueRef(event.issue), body=text)
        if event.issue and fact.kind not in _ON_PULLS
        else CommentOnPullRequest(actor=who, pull=PullRef(f"#{fact.subject_name}"), body=text)
    )
    return TimedAction(
        id=f"{event.id}:{fact.subject}:{part}",
        at=situation.present(who, situation.later(event.within, event.id, fact.subject, part)),
        priority=Rank.REACTION,
        action=comment,
    )
