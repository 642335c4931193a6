"""Event `script`: colleagues do some things at a time, in order."""

from __future__ import annotations

from typing import Literal

from pydantic import Field
from typing_extensions import override

from simulator.scenario.acts.vocabulary import AnyAct
from simulator.scenario.events.event import Event, Stage, seat
from simulator.scenario.part import TeammateRef
from simulator.scenario.timed import TimedAction
from simulator.scenario.values import MomentText


class ScriptEvent(Event):
    """Anything that can be done on Jira, on GitHub and in the feed, written out act by act."""

    type: Literal["script"]
    at: MomentText
    who: TeammateRef
    do: tuple[AnyAct, ...] = Field(min_length=1)

    @override
    def compile(self, stage: Stage) -> tuple[TimedAction, ...]:
        actions = (action for act in self.do for action in act.actions(act.seat(seat(self.who)), stage.place))
        return self.in_turn(stage.at(self.at), *actions)
