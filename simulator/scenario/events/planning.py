"""Event `planning`: the team plans a sprint: who has how much time, what is wanted, what goes in and what stays out.

The sprint starts when the planning ends; until then its issues can be moved, by the answer to the prompt or on the board.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from pydantic import Field, model_validator
from typing_extensions import override

from simulator.model.actions import HoldCeremony, PromptKind
from simulator.scenario.backlog import Points
from simulator.scenario.events.event import Event, Stage, seat
from simulator.scenario.part import IssueId, PersonRef, SprintId, TeammateRef, Text
from simulator.scenario.timed import TimedAction
from simulator.scenario.values import LengthText, Span, TimeText, Unreadable


class PlanningEvent(Event):
    """Sprint planning. Humans are asked what goes in; whoever does not answer leaves it as it is."""

    type: Literal["planning"]
    sprint: SprintId
    who: TeammateRef
    """Who leads it."""
    at: TimeText | None = None
    """Left out: when the sprint begins."""
    within: LengthText = timedelta(hours=1)
    """Working time after which the plan stands and the sprint starts."""
    capacity: dict[PersonRef, Points] = Field(default_factory=dict)
    """Story points that each has time for; the team's is their sum."""
    team_capacity: Points | None = None
    """Story points that the team has time for, where people are not told apart."""
    wants: tuple[IssueId, ...] = ()
    """What the product owner would like to see in it besides what is in it already, first things first."""
    text: Text | None = None
    """What is said at the beginning."""

    @model_validator(mode="after")
    def _has_one_capacity(self) -> PlanningEvent:
        if self.capacity and self.team_capacity is not None:
            raise Unreadable("the capacity is given twice", "keep `capacity` or `team_capacity`")
        return self

    @property
    def points(self) -> float | None:
        """Story points that the team has time for, None when nobody says."""
        return sum(self.capacity.values()) if self.capacity else self.team_capacity

    def begins(self, stage: Stage) -> datetime:
        """When people come together."""
        return stage.at(self.at) if self.at else stage.start_of_sprint(self.sprint)

    def ends(self, stage: Stage) -> datetime:
        """When the plan stands."""
        return stage.later(self.begins(stage), Span(self.within, self.within), self.id, "end")

    @override
    def compile(self, stage: Stage) -> tuple[TimedAction, ...]:
        meeting = HoldCeremony(actor=seat(self.who), event=self.id, kind=PromptKind.PLANNING)
        return (self.timed("once", self.begins(stage), meeting),)
