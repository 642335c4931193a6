"""Event `note`: somebody says something in the run's feed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from typing_extensions import override

from simulator.model.actions import Action, Channel, PostNote
from simulator.model.keys import SeatId
from simulator.scenario.events.event import Stage
from simulator.scenario.events.triggered import TriggeredEvent
from simulator.scenario.part import TeammateRef, Text


class NoteEvent(TriggeredEvent):
    """A note in the feed: at a stand-up, in the chat, by mail."""

    type: Literal["note"]
    who: TeammateRef
    channel: Literal["stand-up", "chat", "mail"] = "chat"
    text: Text

    @property
    @override
    def seat(self) -> SeatId:
        return SeatId(self.who)

    @override
    def acts(self, stage: Stage, about: Mapping[str, str]) -> tuple[Action, ...]:
        return (PostNote(actor=self.seat, channel=Channel(self.channel), text=self.text),)
