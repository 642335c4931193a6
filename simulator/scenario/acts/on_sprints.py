"""Acts on sprints: creating, starting, closing them, changing their goal."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator
from typing_extensions import override

from simulator.model import actions as model
from simulator.model.agile import SprintDraft
from simulator.model.keys import IssueRef, SeatId, SprintRef
from simulator.scenario.acts.act import Act, Place
from simulator.scenario.part import IssueId, NewSprintId, ShortText, SprintId, Text
from simulator.scenario.values import TimeText, Unreadable


class CreateSprint(Act):
    """Create one more sprint on the board; it starts when somebody starts it."""

    do: Literal["create_sprint"]
    sprint: NewSprintId
    name: ShortText
    goal: Text
    starts: TimeText
    ends: TimeText
    issues: tuple[IssueId, ...] = ()

    @model_validator(mode="after")
    def _runs_forward(self) -> CreateSprint:
        if self.ends.day < self.starts.day:
            raise Unreadable(f"the sprint ends ({self.ends}) before it starts ({self.starts})", "swap them")
        return self

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        draft = SprintDraft(
            ref=SprintRef(self.sprint),
            name=self.name,
            goal=self.goal,
            start=place.instant(self.starts),
            end=place.instant(self.ends),
        )
        return (model.CreateSprint(actor=who, sprint=draft, issues=tuple(IssueRef(ref) for ref in self.issues)),)


class StartSprint(Act):
    """Start a sprint."""

    do: Literal["start_sprint"]
    sprint: SprintId

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        return (model.StartSprint(actor=who, sprint=SprintRef(self.sprint)),)


class CloseSprint(Act):
    """Close a sprint; what is not done goes to another one, or to the backlog."""

    do: Literal["close_sprint"]
    sprint: SprintId
    carry_to: SprintId | None = None

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        carry_to = SprintRef(self.carry_to) if self.carry_to else None
        return (model.CloseSprint(actor=who, sprint=SprintRef(self.sprint), carry_to=carry_to),)


class EditSprint(Act):
    """Change goal or name of a sprint."""

    do: Literal["edit_sprint"]
    sprint: SprintId
    goal: Text | None = None
    name: ShortText | None = None

    @model_validator(mode="after")
    def _changes_something(self) -> EditSprint:
        if self.goal is None and self.name is None:
            raise Unreadable("this changes nothing", "give it `goal` or `name`")
        return self

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        return (model.EditSprint(actor=who, sprint=SprintRef(self.sprint), goal=self.goal, name=self.name),)
