"""Event `close_sprint`: who closes a sprint, with which words, and what becomes of unfinished work.

Without such an event a sprint is closed all the same, at its last working instant (plan/compile.py).
"""

from __future__ import annotations

from typing import Literal

from typing_extensions import override

from simulator.model.actions import Channel, CloseSprint, PostNote
from simulator.model.keys import SprintRef
from simulator.scenario.events.event import Event, Stage, seat
from simulator.scenario.part import SprintId, TeammateRef, Text
from simulator.scenario.timed import Rank, TimedAction


class CloseSprintEvent(Event):
    """The end of a sprint, at its last working instant."""

    type: Literal["close_sprint"]
    sprint: SprintId
    who: TeammateRef
    carry_to: SprintId | None = None
    """Where unfinished issues go; left out: the next sprint if there is one, else the backlog."""
    note: Text | None = None
    """What is said in the chat."""

    @override
    def compile(self, stage: Stage) -> tuple[TimedAction, ...]:
        who, at = seat(self.who), stage.close_of_sprint(self.sprint)
        carry_to = self.carry_to or stage.sprint_after(self.sprint)
        close = CloseSprint(
            actor=who, sprint=SprintRef(self.sprint), carry_to=SprintRef(carry_to) if carry_to else None
        )
        closing = TimedAction(id=f"{self.id}:close", at=at, priority=Rank.SPRINT_END, action=close)
        if self.note is None:
            return (closing,)
        said = PostNote(actor=who, channel=Channel.CHAT, text=self.note)
        return (closing, TimedAction(id=f"{self.id}:note", at=at, priority=Rank.SPRINT_END, action=said))
