"""Acts of answering what the run asks: a meeting's form, a question, the daily stand-up."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator
from typing_extensions import override

from simulator.model import actions as model
from simulator.model.keys import SeatId
from simulator.scenario.acts.act import Act, Place
from simulator.scenario.part import EventId, PromptId, Text
from simulator.scenario.values import Unreadable

Day = Annotated[int, Field(ge=1, le=1_000)]


class Answer(Act):
    """Answer a question or what a meeting asks: field → words, a choice's number, a number, or issues with commas between."""

    do: Literal["answer"]
    question: PromptId | None = None
    """The id of an `ask`."""
    meeting: EventId | None = None
    """The planning, review or retrospective that asks."""
    answers: dict[str, Text] = Field(min_length=1, max_length=20)

    @model_validator(mode="after")
    def _answers_one_thing(self) -> Answer:
        if (self.question is None) == (self.meeting is None):
            raise Unreadable("an answer needs either `question` or `meeting`", "name the one that is answered")
        return self

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        prompt = f"{self.question or self.meeting}:{who}"
        return (model.AnswerPrompt(actor=who, prompt=prompt, answers=dict(self.answers)),)


class Speak(Act):
    """Speak at the stand-up of a day: `truthfully` by what was really done, or `boasting` of what is not."""

    do: Literal["speak"]
    meeting: EventId
    """The stand-up."""
    day: Day
    """The working day of the run, counted from 1."""
    how: Literal["truthfully", "boasting"] = "truthfully"

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        prompt = f"{self.meeting}:day-{self.day}:{who}"
        return (model.SpeakAtStandUp(actor=who, prompt=prompt, boasting=self.how == "boasting"),)
