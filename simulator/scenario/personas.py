"""Personas as a scenario writes them: scripted learners, by what they intend and by single steps."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from simulator.scenario.intents.intent import StepPart
from simulator.scenario.intents.vocabulary import AnyIntent
from simulator.scenario.part import HumanRef, Part
from simulator.scenario.values import Unreadable

__all__ = ["PersonaPart", "StepPart"]


class PersonaPart(Part):
    """A scripted learner, and the score that this way of working is worth."""

    seat: HumanRef
    band: tuple[Annotated[float, Field(ge=0, le=100)], Annotated[float, Field(ge=0, le=100)]]
    """Lowest and highest score that `prove` accepts."""
    summary: Annotated[str, StringConstraints(min_length=1, max_length=500)]
    intends: tuple[AnyIntent, ...] = ()
    """What they mean to do; each comes to ordinary steps, before those of `steps`."""
    steps: tuple[StepPart, ...] = ()

    @property
    def script(self) -> tuple[StepPart, ...]:
        """All that they do, in order."""
        return (*(step for intent in self.intends for step in intent.of(self.seat).steps()), *self.steps)

    @model_validator(mode="after")
    def _steps_have_names_of_their_own(self) -> PersonaPart:
        seen: set[str] = set()
        for step in self.script:
            if step.id in seen:
                raise Unreadable(
                    f"two steps are called `{step.id}`", "an intent names its steps after itself: change one id"
                )
            seen.add(step.id)
        return self

    @model_validator(mode="after")
    def _band_runs_up(self) -> PersonaPart:
        low, high = self.band
        if high < low:
            raise Unreadable(f"the band [{low:g}, {high:g}] runs backwards", f"write [{high:g}, {low:g}]")
        return self
