"""Events that take place at a time, on a condition, or at a time if a condition holds.

When one is due, `Happen` is released and plan/happening.py decides whether it takes place; what it does then, `acts` says.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator
from typing_extensions import override

from simulator.model.actions import Action, Happen
from simulator.model.keys import SeatId
from simulator.scenario.conditions.when import WhenPart
from simulator.scenario.conditions.words import in_words
from simulator.scenario.events.event import Event, Stage
from simulator.scenario.timed import TimedAction
from simulator.scenario.values import SpanText, TimeText, Unreadable, read_span


def _not_a_count(value: object) -> object:
    if isinstance(value, int) and not isinstance(value, bool):
        raise Unreadable("`repeat` is true or false, not how often", "true: once for each thing that meets `when`")
    return value


class TriggeredEvent(Event):
    """Base of events with a trigger."""

    at: TimeText | None = None
    """When; with `when` besides: not before."""
    when: WhenPart | None = None
    """On what condition."""
    unless: WhenPart | None = None
    """What keeps it from taking place, judged when it is due."""
    after: SpanText = Field(default_factory=lambda: read_span("0m"))
    """Working time from the instant that the condition came to hold."""
    deadline: TimeText | None = None
    """Not later."""
    chance: Annotated[float, Field(ge=0, le=1)] = 1.0
    """How likely it takes place; the seed decides."""
    repeat: Annotated[bool, BeforeValidator(_not_a_count)] = False
    """Whether it takes place once for each thing that meets the condition; else once in the run."""

    @model_validator(mode="after")
    def _has_a_trigger(self) -> TriggeredEvent:
        if self.at is None and self.when is None:
            raise Unreadable("nothing says when this takes place", "give it `at`, `when`, or both")
        return self

    @property
    def seat(self) -> SeatId:
        """Who acts, where an act names nobody."""
        raise NotImplementedError

    def acts(self, stage: Stage, about: Mapping[str, str]) -> tuple[Action, ...]:
        """What is done when it takes place, in order; `it` in an act means what met the condition."""
        raise NotImplementedError

    @override
    def compile(self, stage: Stage) -> tuple[TimedAction, ...]:
        if self.at is None or self.when is not None:
            return ()
        return (self.timed("once", stage.at(self.at), Happen(actor=self.seat, event=self.id)),)

    @override
    def reactions(self) -> tuple[str, ...]:
        if self.when is None:
            return ()
        also = [
            f"not before {self.at}" if self.at else "",
            f"{self.after} later" if self.after.longest else "",
            f"until {self.deadline}" if self.deadline else "",
            f"unless {in_words(self.unless)}" if self.unless else "",
            f"with a chance of {self.chance:.0%}" if self.chance < 1 else "",
            "each time" if self.repeat else "",
        ]
        return (", ".join([f"when {in_words(self.when)}: {self.id}", *(words for words in also if words)]),)
