"""The base of all intents: when it is begun, and the ordinary steps that it comes to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from simulator.scenario.acts.vocabulary import AnyAct
from simulator.scenario.conditions.when import WhenPart
from simulator.scenario.marks import Named, Names
from simulator.scenario.part import NewStepId, Part, Written
from simulator.scenario.values import LengthText, TimeText

How = Literal["well", "average", "sloppy"]
Title = Annotated[
    str,
    Names(Named.TEXT),
    StringConstraints(min_length=1, max_length=100),
    Written(r"[^\r\n]*", "one line of text", "take the line breaks out"),
]
"""A title to which a type, a scope and a number will be added."""
Reason = Annotated[str, Names(Named.TEXT), StringConstraints(min_length=1, max_length=8_000)]
"""A text that becomes part of a longer one."""


class StepPart(Part):
    """One step of a persona: its acts are done in order, once, as soon as `at` is reached and `when` holds."""

    id: NewStepId
    at: TimeText | None = None
    """Not before; left out: the beginning of the run."""
    when: WhenPart | None = None
    after: LengthText = timedelta()
    """Working time from the moment `when` holds."""
    deadline: TimeText | None = None
    """The step is given up then."""
    do: tuple[AnyAct, ...] = Field(min_length=1)


class Intent(Part):
    """Base of all intents. Its steps are named after it; the later ones wait for what the earlier ones bring about."""

    id: Annotated[NewStepId, Field(max_length=40)]
    at: TimeText | None = None
    """Not begun before; left out: the beginning of the run."""
    when: WhenPart | None = None
    """What the beginning waits for."""
    after: LengthText = timedelta()
    """Working time from the moment `when` holds."""
    deadline: TimeText | None = None
    """What is not begun or gone on with by then is given up."""

    def of(self, seat: str) -> Intent:  # noqa: ARG002
        """The intent as that of a seat."""
        return self

    def steps(self) -> Iterator[StepPart]:
        """The intent as ordinary steps, in order."""
        raise NotImplementedError

    def first(self, *acts: AnyAct, name: str = "") -> StepPart:
        """The step that begins it."""
        return StepPart(
            id=self._name(name), at=self.at, when=self.when, after=self.after, deadline=self.deadline, do=acts
        )

    def then(self, name: str, when: Mapping[str, Any], after: timedelta, *acts: AnyAct) -> StepPart:
        """A step that waits for something: the keys of a `when:`."""
        waits = WhenPart.model_validate(dict(when))
        return StepPart(id=self._name(name), at=self.at, when=waits, after=after, deadline=self.deadline, do=acts)

    def waiting_for(self, when: Mapping[str, Any]) -> dict[str, Any]:
        """A condition that holds together with the intent's own."""
        return {**when, "any": (self.when,)} if self.when else dict(when)

    def _name(self, part: str) -> str:
        return f"{self.id}-{part}" if part else self.id
