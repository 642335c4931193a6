"""Personas as a scenario writes them: scripted learners, with what their steps wait for."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from simulator.scenario.acts.vocabulary import AnyAct
from simulator.scenario.part import HumanRef, IssueId, NewStepId, Part, PullId, StatusName
from simulator.scenario.values import LengthText, MomentText, Unreadable


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Pulls = Annotated[tuple[PullId, ...], BeforeValidator(_listed, json_schema_input_type=str | list[str])]
Issues = Annotated[tuple[IssueId, ...], BeforeValidator(_listed, json_schema_input_type=str | list[str])]


class ConditionPart(Part):
    """What a step waits for. Everything that is given must hold; a list means each of them."""

    opened: Pulls = ()
    """The pull request is open or was."""
    approved: Pulls = ()
    """The last word of its reviewers is an approval."""
    changes_requested: Pulls = ()
    """The last word of a reviewer is a request for changes, and nothing was pushed since."""
    reviewed: Pulls = ()
    """Somebody else has reviewed it."""
    updated: Pulls = ()
    """Something was pushed since the persona reviewed it last."""
    merged: Pulls = ()
    created: Issues = ()
    """The issue exists."""
    answered: Issues = ()
    """Somebody has commented on the issue since the persona did."""
    status: dict[IssueId, StatusName] = Field(default_factory=dict)
    """The issue is in this status."""


class StepPart(Part):
    """One step of a persona: its acts are done in order, once, as soon as `at` is reached and `when` holds."""

    id: NewStepId
    at: MomentText | None = None
    """Not before; left out: the beginning of the run."""
    when: ConditionPart | None = None
    after: LengthText = timedelta()
    """Working time from the moment `when` holds."""
    deadline: MomentText | None = None
    """The step is given up then."""
    do: tuple[AnyAct, ...] = Field(min_length=1)


class PersonaPart(Part):
    """A scripted learner, and the score that this way of working is worth."""

    seat: HumanRef
    band: tuple[Annotated[float, Field(ge=0, le=100)], Annotated[float, Field(ge=0, le=100)]]
    """Lowest and highest score that `prove` accepts."""
    summary: Annotated[str, StringConstraints(min_length=1, max_length=500)]
    steps: tuple[StepPart, ...] = ()

    @model_validator(mode="after")
    def _band_runs_up(self) -> PersonaPart:
        low, high = self.band
        if high < low:
            raise Unreadable(f"the band [{low:g}, {high:g}] runs backwards", f"write [{high:g}, {low:g}]")
        return self
