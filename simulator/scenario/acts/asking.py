"""The act of asking learners something, with answers that are worth something."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field, model_validator
from typing_extensions import override

from simulator.model import actions as model
from simulator.model.keys import SeatId
from simulator.scenario.acts.act import Act, Place
from simulator.scenario.part import HumanRef, IssueId, NewPromptId, Part, ShortText, Text
from simulator.scenario.values import LengthText, Unreadable


class ChoicePart(Part):
    """An answer to choose."""

    answer: ShortText
    points: Annotated[float, Field(ge=0, le=1)] | None = None
    """What it is worth; left out of all of them, nothing is counted."""
    because: Text | None = None
    """What is said about it once somebody has answered."""


class Ask(Act):
    """Ask learners something: one of some answers, words, a number, or some of the issues."""

    do: Literal["ask"]
    id: NewPromptId
    of: Annotated[tuple[HumanRef, ...], Field(min_length=1, max_length=50)]
    """Whom."""
    title: ShortText
    text: Text | None = None
    choices: Annotated[tuple[ChoicePart, ...], Field(max_length=10)] = ()
    """Answers to choose from; without them the answer is as `wants` says."""
    wants: Literal["text", "number", "issues"] = "text"
    issues: tuple[IssueId, ...] = ()
    """The issues to choose from, with `wants: issues`."""
    within: LengthText = timedelta(hours=8)
    """Working time in which it can be answered."""

    @model_validator(mode="after")
    def _can_be_answered(self) -> Ask:
        if len(self.choices) == 1:
            raise Unreadable("one answer alone is no choice", "give at least two `choices`, or none")
        if (self.wants == "issues") != bool(self.issues):
            raise Unreadable("`issues` and `wants: issues` go together", "give both or neither")
        return self

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        return tuple(
            model.PostPrompt(
                actor=who,
                prompt=f"{self.id}:{seat}",
                kind=model.PromptKind.QUESTION,
                seat=SeatId(seat),
                title=self.title,
                text=self.text or "",
                fields=(self._field(),),
                within_s=self.within.total_seconds(),
            )
            for seat in self.of
        )

    def _field(self) -> model.PromptField:
        if self.choices:
            options = [
                model.PromptOption(value=str(number), label=part.answer, points=part.points, because=part.because or "")
                for number, part in enumerate(self.choices, start=1)
            ]
            return model.PromptField(
                id="choice", label="Your answer", kind=model.FieldKind.CHOICE, options=tuple(options)
            )
        listed = [model.PromptOption(value=f"{{issue:{ref}}}", label=f"{{issue:{ref}}}") for ref in self.issues]
        return model.PromptField(
            id="answer", label="Your answer", kind=model.FieldKind(self.wants), options=tuple(listed)
        )
