"""The base of all event types, and what an event may ask of the stage it plays on.

Refuses to know how chance is drawn or time is reckoned: the stage answers both.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from simulator.model.actions import Action
from simulator.model.keys import SeatId
from simulator.scenario.acts.act import Place
from simulator.scenario.part import NewEventId, Part
from simulator.scenario.timed import Rank, TimedAction
from simulator.scenario.values import Span, StoryTime


class Stage(Protocol):
    """What an event may ask while it is compiled."""

    @property
    def place(self) -> Place:
        """Folder and default branch."""
        ...

    def at(self, moment: StoryTime) -> datetime:
        """The simulated instant of a moment."""
        ...

    def later(self, start: datetime, span: Span, *key: str) -> datetime:
        """A drawn length of working time after an instant; the key names the question that chance decides."""
        ...

    def start_of_sprint(self, sprint: str) -> datetime:
        """The first working instant of a sprint."""
        ...

    def days_of(self, sprint: str | None) -> range:
        """The working days of a sprint, of the whole run for None; counted from 1."""
        ...

    def present(self, person: str, at: datetime) -> datetime:
        """The instant, or the next one at which a person is at work by their own hours."""
        ...

    def close_of_sprint(self, sprint: str) -> datetime:
        """The last working instant of a sprint."""
        ...

    def sprint_after(self, sprint: str) -> str | None:
        """The sprint that follows, None after the last."""
        ...


class Event(Part):
    """Base of all events: something colleagues do at a time, or on something that the learner does, or both."""

    id: NewEventId

    def compile(self, stage: Stage) -> tuple[TimedAction, ...]:  # noqa: ARG002
        """What happens at a time by itself; reactions are in plan/react.py."""
        return ()

    def reactions(self) -> tuple[str, ...]:
        """Its reactions, each as a line `when …: …` for the print-out of the plan."""
        return ()

    def needs(self, part: str) -> str | None:  # noqa: ARG002
        """The pull request, by its id in the scenario, without which one of its actions makes no sense; None for none."""
        return None

    def timed(self, part: str, at: datetime, action: Action) -> TimedAction:
        """One of its actions at an instant; `part` tells it from the event's others."""
        return TimedAction(id=f"{self.id}:{part}", at=at, priority=Rank.STORY, action=action)

    def in_turn(self, at: datetime, *actions: Action) -> tuple[TimedAction, ...]:
        """Several actions at one instant, in order."""
        return tuple(self.timed(str(number), at, action) for number, action in enumerate(actions, start=1))


def seat(person: str) -> SeatId:
    """A person's key as the model's type."""
    return SeatId(person)
