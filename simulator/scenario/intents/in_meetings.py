"""Intents in meetings: stand-ups, planning, the retrospective, and questions that the run asks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import override

from simulator.scenario.acts.answering import Answer, Day, Speak
from simulator.scenario.intents.intent import Intent, StepPart
from simulator.scenario.part import EventId, IssueId, PromptId, Text
from simulator.scenario.values import ClockText, StoryTime


class AnswerStandUp(Intent):
    """Speak at stand-ups: `truthfully`, `boasting` of what is not done, or `silently`, which is not at all."""

    intend: Literal["answer_stand_up"]
    meeting: EventId
    days: Annotated[tuple[Day, ...], Field(min_length=1, max_length=60)]
    """Working days of the run, counted from 1."""
    time_of_day: ClockText = time(9, 40)
    how: Literal["truthfully", "boasting", "silently"] = "truthfully"

    @override
    def steps(self) -> Iterator[StepPart]:
        if self.how == "silently":
            return
        for day in self.days:
            speak = Speak(do="speak", meeting=self.meeting, day=day, how=self.how)
            yield StepPart(id=f"{self.id}-day-{day}", at=StoryTime(day, self.time_of_day), do=(speak,))


class AnswerPromptIntent(Intent):
    """Answer a question that the story asks."""

    intend: Literal["answer_prompt"]
    question: PromptId
    answer: Text
    """The number of the choice, or words."""
    field: Literal["choice", "answer"] = "choice"

    @override
    def steps(self) -> Iterator[StepPart]:
        yield self.first(Answer(do="answer", question=self.question, answers={self.field: self.answer}))


class PlanSprint(Intent):
    """Answer the planning: which issues go in, and what is said of those that stay out."""

    intend: Literal["plan_sprint"]
    meeting: EventId
    issues: Annotated[tuple[IssueId, ...], Field(min_length=1, max_length=100)]
    left_out: Text | None = None

    @override
    def steps(self) -> Iterator[StepPart]:
        chosen = ",".join(f"{{issue:{issue}}}" for issue in self.issues)
        said = {"left_out": self.left_out} if self.left_out else {}
        yield self.first(Answer(do="answer", meeting=self.meeting, answers={"issues": chosen, **said}))


class ShowAtReview(Intent):
    """Say at the sprint review what meets its criteria."""

    intend: Literal["show_at_review"]
    meeting: EventId
    issues: Annotated[tuple[IssueId, ...], Field(min_length=1, max_length=100)]
    text: Text | None = None

    @override
    def steps(self) -> Iterator[StepPart]:
        met = ",".join(f"{{issue:{issue}}}" for issue in self.issues)
        said = {"said": self.text} if self.text else {}
        yield self.first(Answer(do="answer", meeting=self.meeting, answers={"met": met, **said}))


class RetroAction(Intent):
    """Answer the retrospective with an action."""

    intend: Literal["retro_action"]
    meeting: EventId
    action: Text
    keep: Text | None = None

    @override
    def steps(self) -> Iterator[StepPart]:
        said = {"keep": self.keep} if self.keep else {}
        yield self.first(Answer(do="answer", meeting=self.meeting, answers={**said, "action": self.action}))
