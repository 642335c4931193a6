"""The whole of a scenario file, and its JSON Schema for editors."""

from __future__ import annotations

import json
from functools import cache, reduce
from operator import or_
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from simulator.scenario.assembling.variation import Options
from simulator.scenario.backlog import IssuePart, SprintPart
from simulator.scenario.described import DescribedJsonSchema
from simulator.scenario.events.event import Event
from simulator.scenario.events.registry import event_types
from simulator.scenario.part import Part, Slug
from simulator.scenario.people import PersonPart
from simulator.scenario.personas import PersonaPart
from simulator.scenario.places import CalendarPart, ProjectPart, RepositoryPart
from simulator.scenario.rule_terms import HygienePart
from simulator.scenario.voice import SILENT, CoachPart, Voice

SCHEMA_PATH = "docs/schema/scenario.schema.json"

# Built from what the events folder holds; to the type checker every event is an Event.
AnyEvent: Any = Annotated[reduce(or_, event_types().values()), Field(discriminator="type")]


class Scenario(Part):
    """A product, a team, a backlog, some sprints and what happens in them."""

    format: Literal[1]
    """The version of this language."""
    id: Slug
    title: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    summary: Annotated[str, StringConstraints(min_length=1, max_length=1_000)]
    level: Literal["beginner", "intermediate", "advanced"] = "beginner"
    teaches: tuple[Annotated[str, StringConstraints(min_length=1, max_length=200)], ...] = ()
    """What a learner practises, in a few words each."""
    uses: tuple[Annotated[str, StringConstraints(min_length=1, max_length=300)], ...] = Field(default=(), max_length=20)
    """Files beside the scenario whose people, issues and events it shares: `../casts/team.yaml`."""
    vary: dict[Slug, Options] = Field(default_factory=dict, max_length=100)
    """What differs from run to run: `{vary:name}` becomes one of the options, drawn by the seed."""
    calendar: CalendarPart
    project: ProjectPart
    repository: RepositoryPart
    people: dict[Slug, PersonPart] = Field(min_length=1, max_length=50)
    """Seats by their key."""
    backlog: tuple[IssuePart, ...] = Field(min_length=1, max_length=500)
    sprints: tuple[SprintPart, ...] = Field(min_length=1, max_length=20)
    events: tuple[AnyEvent, ...] = Field(default=(), max_length=1_000)
    personas: dict[Slug, PersonaPart] = Field(default_factory=dict)
    hygiene: HygienePart = Field(default_factory=HygienePart)
    coach: Voice = Field(default_factory=CoachPart)
    """Where the coach speaks by itself, or `off`."""

    @property
    def voice(self) -> CoachPart:
        """Where the coach speaks."""
        return SILENT if self.coach == "off" else self.coach

    @property
    def story(self) -> tuple[Event, ...]:
        """The events, typed."""
        return self.events


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a scenario file."""
    schema = Scenario.model_json_schema(mode="validation", schema_generator=DescribedJsonSchema)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Sprintdojo scenario",
        **{name: value for name, value in schema.items() if name != "title"},
    }


@cache
def json_schema_text() -> str:
    """The JSON Schema as docs/schema/scenario.schema.json holds it."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"
