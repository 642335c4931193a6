"""Questions in the chat: answered once, to whoever asks about an issue or asks somebody by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.model.actions import PostNote
from simulator.model.facts import FactKind
from simulator.plan.situation import Situation
from simulator.plan.talk.chatting import chat_answers
from tests.plan.builders import ANSWERS, BINDINGS, a_fact, a_scenario, at


def _answers(folder: Path, text: str, *, actor: str = "learner") -> list[tuple[str, str]]:
    asked = a_fact(FactKind.NOTE_POSTED, "run:1", actor=actor, when=at(1, 10), channel="chat", text=text)
    situation = Situation(scenario=a_scenario(folder, ANSWERS), facts=(asked,), bindings=BINDINGS, seed=1, until=asked)
    found = chat_answers(asked, situation)
    assert all(timed.at == at(1, 11) for timed in found)
    return [(timed.id, timed.action.text) for timed in found if isinstance(timed.action, PostNote)]


@pytest.mark.parametrize(
    ("text", "part", "answer"),
    [
        ("Which messages are meant in PAY-2?", "topic-1", "These three."),
        ("Anna, what is the scope of it?", "topic-1", "These three."),
        ("Why do we do PAY-2 at all, is it worth it?", "otherwise", "What would you like to know?"),
    ],
)
def test_an_issue_or_a_name_gets_the_storys_answer(tmp_path: Path, text: str, part: str, answer: str) -> None:
    assert _answers(tmp_path, text) == [(f"anna-explains:chat:{part}", answer)]


@pytest.mark.parametrize(
    "text",
    [
        "Which way is lunch?",
        "Anna, how are the children today?",
        "Anna, which amounts may be refunded in part?",
        "Which of PAY-1 and its parts comes first, Anna?",
        "PAY-2 is done, thank you Anna",
    ],
)
def test_what_is_asked_of_nobody_or_about_something_else_is_left_alone(tmp_path: Path, text: str) -> None:
    assert _answers(tmp_path, text) == []


def test_colleagues_do_not_answer_one_another(tmp_path: Path) -> None:
    assert _answers(tmp_path, "Which messages are meant in PAY-2?", actor="tom") == []
