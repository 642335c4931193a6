"""Event `absence`: a colleague is away for some time; what they were to do waits until they are back."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator
from typing_extensions import override

from simulator.model.actions import Channel, PostNote
from simulator.scenario.events.event import Event, Stage, seat
from simulator.scenario.part import TeammateRef, Text
from simulator.scenario.timed import TimedAction
from simulator.scenario.values import TimeText, Unreadable


class AbsenceEvent(Event):
    """Somebody is away from `since` to `until`: reviews and answers of theirs come afterwards, or from the delegate."""

    type: Literal["absence"]
    who: TeammateRef
    since: TimeText
    until: TimeText
    delegate: TeammateRef | None = None
    """Who reviews meanwhile; left out: nobody, it waits."""
    text: Text
    """What they say in the chat when they leave."""

    @model_validator(mode="after")
    def _runs_forward(self) -> AbsenceEvent:
        if self.since.offset or self.until.offset:
            return self  # what is reckoned from a sprint is compared where the sprints are known
        same_day_backwards = (
            self.since.day == self.until.day and self.since.at and self.until.at and self.until.at <= self.since.at
        )
        if self.until.day < self.since.day or same_day_backwards:
            raise Unreadable(
                f"the absence ends ({self.until}) before it begins ({self.since})", "swap `since` and `until`"
            )
        return self

    @override
    def compile(self, stage: Stage) -> tuple[TimedAction, ...]:
        note = PostNote(actor=seat(self.who), channel=Channel.CHAT, text=self.text)
        return (self.timed("note", stage.at(self.since), note),)

    @override
    def reactions(self) -> tuple[str, ...]:
        instead = f"{self.delegate} reviews instead" if self.delegate else "their reviews and answers wait"
        return (f"while {self.who} is away, {self.since} to {self.until}: {instead}",)
