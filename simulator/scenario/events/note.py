"""Event `note`: somebody says something in the run's feed."""

from __future__ import annotations

from typing import Literal

from typing_extensions import override

from simulator.model.actions import Channel, PostNote
from simulator.scenario.events.event import Event, Stage, seat
from simulator.scenario.part import TeammateRef, Text
from simulator.scenario.timed import TimedAction
from simulator.scenario.values import MomentText


class NoteEvent(Event):
    """A note in the feed: at a stand-up, in the chat, by mail."""

    type: Literal["note"]
    at: MomentText
    who: TeammateRef
    channel: Literal["stand-up", "chat", "mail"] = "chat"
    text: Text

    @override
    def compile(self, stage: Stage) -> tuple[TimedAction, ...]:
        note = PostNote(actor=seat(self.who), channel=Channel(self.channel), text=self.text)
        return (self.timed("note", stage.at(self.at), note),)
