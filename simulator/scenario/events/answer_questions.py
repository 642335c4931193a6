"""Event `answer_questions`: a colleague answers what learners ask on an issue or on their pull requests.

Only a usable question gets the answer; each answer is given once. All of it is reaction: plan/talk/answering.py.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints
from typing_extensions import override

from simulator.scenario.events.event import Event
from simulator.scenario.part import IssueId, Part, TeammateRef, Text
from simulator.scenario.values import SpanText, read_span


class TopicPart(Part):
    """An answer, and the words that show that it is asked for."""

    about: tuple[Annotated[str, StringConstraints(min_length=2, max_length=60)], ...] = Field(min_length=1)
    """Words or beginnings of words; one of them in the question is enough."""
    text: Text


class AnswerQuestionsEvent(Event):
    """Answers to a learner's comments."""

    type: Literal["answer_questions"]
    who: TeammateRef
    issue: IssueId | None = None
    """The issue that is asked about; left out: the learners' pull requests."""
    within: SpanText = Field(default_factory=lambda: read_span("30m..2h"))
    topics: tuple[TopicPart, ...] = ()
    otherwise: Text
    """The answer to a question that is about none of the topics."""
    unclear: Text | None = None
    """What is said to a comment that mentions nobody's question: at most once."""
    when_started: Text | None = None
    """What is said when a learner starts on the issue without having asked."""

    @override
    def reactions(self) -> tuple[str, ...]:
        where = f"on {self.issue}" if self.issue else "on a learner's pull request"
        lines = (f"when a learner asks {where}: {self.who} answers within {self.within}",)
        if self.when_started and self.issue:
            return (*lines, f"when a learner starts on {self.issue} without asking: {self.who} says so")
        return lines
