"""Questions for which nobody in the story has an answer: each gets one word, from whoever was asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.model.actions import Action, CommentOnIssue, PostNote
from simulator.model.facts import Fact, FactKind
from simulator.plan.situation import Situation
from simulator.plan.talk.last_word import last_word
from simulator.scenario.timed import TimedAction
from tests.plan.builders import ANSWERS, BINDINGS, a_fact, a_scenario, at

VAGUE = "- {id: thin, type: vague_issue, at: day 1 09:00, who: anna, issue: retry}\n"


def _after(folder: Path, fact: Fact, *events: str) -> tuple[TimedAction, ...]:
    scenario = a_scenario(folder, *(events or (ANSWERS,)))
    return last_word(fact, Situation(scenario=scenario, facts=(fact,), bindings=BINDINGS, seed=1, until=fact))


def _on(key: str, text: str, *, actor: str = "learner") -> Fact:
    return a_fact(FactKind.ISSUE_COMMENTED, f"issue:{key}", actor=actor, body=text, when=at(1, 10))


def _in_chat(text: str) -> Fact:
    return a_fact(FactKind.NOTE_POSTED, "run:1", channel="chat", text=text, when=at(1, 10))


def _words(action: Action) -> tuple[str, str]:
    assert isinstance(action, CommentOnIssue | PostNote)
    return str(action.actor), action.body if isinstance(action, CommentOnIssue) else action.text


def test_a_question_on_an_issue_is_answered_by_the_product_owner_or_by_who_is_asked(tmp_path: Path) -> None:
    for name, seat in (("", "anna"), ("Tom, ", "tom"), ("@mira ", "mira")):
        (timed,) = _after(tmp_path, _on("PAY-1", f"{name}what happens to a refund of zero?"))

        who, words = _words(timed.action)
        assert (timed.id, who) == ("last-word:PAY-1", seat)
        assert "PAY-1" in words
        assert at(1, 10.5) <= timed.at <= at(1, 12)


@pytest.mark.parametrize(
    ("key", "text", "actor"),
    [
        ("PAY-1", "I take this one, thank you.", "learner"),
        ("PAY-1", "What happens to a refund of zero?", "tom"),
        ("PAY-2", "What happens to a refund of zero?", "learner"),  # the story has answers there
        ("PAY-3", "What happens to a refund of zero?", "learner"),  # a moment waits there
        ("PAY-99", "What happens to a refund of zero?", "learner"),
    ],
)
def test_what_others_answer_or_nobody_asks_is_left_alone(tmp_path: Path, key: str, text: str, actor: str) -> None:
    assert _after(tmp_path, _on(key, text, actor=actor), ANSWERS, VAGUE) == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("What is a refund of zero in PAY-1?", "last-word:chat:PAY-1"),
        ("Anna, what about amounts of zero?", "last-word:chat:anna"),
        ("Anna, what is the scope of PAY-2?", None),  # answered by the story
        ("Anna, would you look at my pull request?", None),
        ("Anna, is #3 yours?", None),
        ("Tom, how are the children today?", None),  # who knows of no issue
        ("Which way is lunch?", None),
    ],
)
def test_in_the_chat_there_is_a_word_on_an_issue_or_the_question_which_one(
    tmp_path: Path, text: str, name: str | None
) -> None:
    assert [timed.id for timed in _after(tmp_path, _in_chat(text))] == ([name] if name else [])
