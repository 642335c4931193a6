"""The base of the meetings with which a sprint ends."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from typing_extensions import override

from simulator.model.actions import HoldCeremony, PromptKind
from simulator.scenario.events.event import Event, Stage, seat
from simulator.scenario.part import SprintId, TeammateRef, Text
from simulator.scenario.timed import TimedAction
from simulator.scenario.values import LengthText, StoryTime, TimeText


class ClosingMeeting(Event):
    """A meeting on the last day of a sprint, `before_end` of it if the day is that long."""

    kind: ClassVar[PromptKind]
    before_end: ClassVar[timedelta]

    sprint: SprintId
    who: TeammateRef
    """Who holds it."""
    at: TimeText | None = None
    """Left out: shortly before the sprint ends, the review two hours and the retrospective one hour."""
    within: LengthText = timedelta(minutes=45)
    """Working time in which it can be answered."""
    text: Text | None = None
    """What is said at the beginning."""

    def begins(self, stage: Stage) -> datetime:
        """When people come together."""
        if self.at:
            return stage.at(self.at)
        last_morning = stage.at(StoryTime(stage.days_of(self.sprint)[-1]))
        return max(last_morning, stage.close_of_sprint(self.sprint) - self.before_end)

    @override
    def compile(self, stage: Stage) -> tuple[TimedAction, ...]:
        meeting = HoldCeremony(actor=seat(self.who), event=self.id, kind=self.kind)
        return (self.timed("once", self.begins(stage), meeting),)
