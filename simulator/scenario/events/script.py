"""Event `script`: colleagues do some things at a time or on a condition, in order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field
from typing_extensions import override

from simulator.model.actions import Action
from simulator.model.keys import SeatId
from simulator.scenario.acts.vocabulary import AnyAct
from simulator.scenario.events.event import Stage
from simulator.scenario.events.triggered import TriggeredEvent
from simulator.scenario.part import TeammateRef


class ScriptEvent(TriggeredEvent):
    """Anything that can be done on Jira, on GitHub and in the feed, written out act by act."""

    type: Literal["script"]
    who: TeammateRef
    do: tuple[AnyAct, ...] = Field(min_length=1)

    @property
    @override
    def seat(self) -> SeatId:
        return SeatId(self.who)

    @override
    def acts(self, stage: Stage, about: Mapping[str, str]) -> tuple[Action, ...]:
        return tuple(action for act in self.do for action in act.actions(act.seat(self.seat), stage.place))
