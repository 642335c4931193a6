"""Answers to prompts: what can be used, what is refused in words, and what nobody sees before they have answered."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from simulator.errors import BadAnswer, RunError
from simulator.model.actions import FieldKind, PostPrompt, PromptField, PromptKind, PromptOption
from simulator.model.facts import Fact, FactKind
from simulator.model.history import Prompt
from simulator.model.history.in_the_run import replay_run
from simulator.model.keys import SeatId
from simulator.model.prompts import in_words, open_fields, posted_detail, read_answers, without_secrets

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
LEA, PRIYA = SeatId("lea"), SeatId("priya")
CHOICES = PromptField(
    id="choice",
    label="Yours",
    kind=FieldKind.CHOICE,
    options=(
        PromptOption(value="1", label="Tell the team", points=1.0, because="They can help."),
        PromptOption(value="2", label="Wait", points=0.25, because="Nobody knows."),
    ),
)
ISSUES = PromptField(
    id="issues",
    label="In",
    kind=FieldKind.ISSUES,
    options=(PromptOption(value="PAY-1", label="One"), PromptOption(value="PAY-2", label="Two")),
)
WORDS = PromptField(id="why", label="Why", optional=True)
NUMBER = PromptField(id="size", label="How large", kind=FieldKind.NUMBER, optional=True)


def a_prompt(*fields: PromptField, answers: dict[str, str] | None = None, until: datetime | None = None) -> Prompt:
    """A prompt as it comes back from its facts, answered or not."""
    asked = PostPrompt(
        actor=PRIYA, prompt="q:lea", kind=PromptKind.QUESTION, seat=LEA, title="Q", fields=fields, until=until
    )
    facts = [_fact(FactKind.PROMPT_POSTED, PRIYA, posted_detail(asked))]
    if answers is not None:
        facts.append(_fact(FactKind.PROMPT_ANSWERED, LEA, {"prompt": "q:lea", "seat": LEA, "answers": answers}))
    return replay_run(facts).prompts["q:lea"]


def _fact(kind: FactKind, actor: SeatId, detail: dict[str, Any]) -> Fact:
    return Fact(
        source_id=f"run:{kind}",
        kind=kind,
        subject="prompt:q:lea",
        actor=actor,
        url="",
        recorded_at=NOON,
        at=NOON,
        detail=detail,
    )


def test_what_is_typed_is_read_as_its_field_wants_it() -> None:
    prompt = a_prompt(CHOICES, ISSUES, WORDS, NUMBER)

    read = read_answers(
        prompt,
        {"choice": "tell the TEAM", "issues": "pay-2, PAY-1 PAY-2", "why": " so\r\nthat ", "size": "2.50"},
        now=NOON,
    )

    assert read == {"choice": "1", "issues": "PAY-2,PAY-1", "why": "so\nthat", "size": "2.5"}
    assert in_words(prompt.fields, read) == "Yours: Tell the team\nIn: PAY-2, PAY-1\nWhy: so\nthat\nHow large: 2.5"


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"choice": "3"}, "not one of the choices"),
        ({"why": "so"}, "nothing is chosen"),
        ({"choice": "1", "issues": "PAY-9"}, "not among the issues"),
        ({"choice": "1", "size": "many"}, "not a number"),
        ({"choice": "1", "size": "nan"}, "not a number"),
        ({"choice": "1", "why": "x" * 4_001}, "longer than 4000"),
        ({"choice": "1", "other": "x"}, "no field 'other'"),
    ],
)
def test_what_cannot_be_used_is_refused_with_what_to_do(answers: dict[str, str], words: str) -> None:
    with pytest.raises(BadAnswer, match=words) as refused:
        read_answers(a_prompt(CHOICES, ISSUES, WORDS, NUMBER), answers, now=NOON)

    assert refused.value.to_do


def test_an_empty_answer_is_none() -> None:
    with pytest.raises(BadAnswer, match="empty"):
        read_answers(a_prompt(WORDS), {"why": "  "}, now=NOON)


def test_an_answer_may_be_changed_until_its_time_is_over() -> None:
    prompt = a_prompt(WORDS, answers={"why": "so"}, until=NOON)

    assert read_answers(prompt, {"why": "or so"}, now=NOON) == {"why": "or so"}
    with pytest.raises(RunError, match="time is over"):
        read_answers(prompt, {"why": "later"}, now=NOON + timedelta(seconds=1))


def test_a_question_with_points_is_answered_once_and_then_explained() -> None:
    unanswered, answered = a_prompt(CHOICES, WORDS), a_prompt(CHOICES, WORDS, answers={"choice": "2"})

    assert unanswered.points == (0.0, 1.0)
    assert answered.points == (0.25, 1.0)
    assert "because" not in str(open_fields(unanswered))
    assert "points" not in str(without_secrets({"fields": unanswered.fields}))
    assert open_fields(answered)[0]["options"][1]["because"] == "Nobody knows."
    with pytest.raises(RunError, match="answered already"):
        read_answers(answered, {"choice": "1"}, now=NOON)


@given(some.dictionaries(some.sampled_from(["choice", "issues", "why", "size", "x"]), some.text(max_size=30)))
def test_whatever_is_typed_is_read_or_refused_in_words(answers: dict[str, str]) -> None:
    prompt = a_prompt(CHOICES, ISSUES, WORDS, NUMBER)

    with contextlib.suppress(RunError):
        read = read_answers(prompt, answers, now=NOON)
        assert read_answers(prompt, read, now=NOON) == read
