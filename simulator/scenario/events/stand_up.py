"""Event `stand_up`: colleagues say what they did, what they do and what blocks them; learners are asked the same."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import override

from simulator.model.actions import HoldCeremony, PromptKind
from simulator.scenario.events.event import Event, Stage, seat
from simulator.scenario.part import SprintId, TeammateRef
from simulator.scenario.timed import TimedAction
from simulator.scenario.values import ClockText, LengthText, StoryTime


class StandUpEvent(Event):
    """The daily stand-up. What colleagues say is true to what they have done; on the day of a planning there is none."""

    type: Literal["stand_up"]
    who: TeammateRef
    """Who opens it."""
    at: ClockText = time(9, 15)
    """Time of day, on the office wall."""
    every: Annotated[int, Field(ge=1, le=20)] = 1
    """Every how many working days."""
    sprint: SprintId | None = None
    """In this sprint only; left out: in all."""
    speakers: tuple[TeammateRef, ...] | None = None
    """Colleagues who speak; left out: all of them."""
    within: LengthText = timedelta(hours=2)
    """Working time in which a learner can answer."""

    @override
    def compile(self, stage: Stage) -> tuple[TimedAction, ...]:
        meetings: list[TimedAction] = []
        for day in stage.days_of(self.sprint)[:: self.every]:
            meeting = HoldCeremony(
                actor=seat(self.who), event=self.id, kind=PromptKind.STAND_UP, occurrence=f"day-{day}"
            )
            meetings.append(self.timed(f"day-{day}", stage.at(StoryTime(day, self.at)), meeting))
        return tuple(meetings)
