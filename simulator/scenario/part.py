"""The base of everything that can be written in a scenario, and the kinds of text fields."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, GetJsonSchemaHandler, StringConstraints
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from simulator.scenario.marks import Declares, Named, Names
from simulator.scenario.values import Unreadable


@dataclass(frozen=True, slots=True)
class Written:
    """Marks a text field as written in a certain way; `kind` and `hint` make the message when it is not."""

    pattern: str
    kind: str
    hint: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {**handler(schema), "pattern": f"^(?:{self.pattern})$"}

    def check(self, value: str) -> str:
        """The value itself. Raises Unreadable when it is written in another way."""
        if not re.fullmatch(self.pattern, value, re.ASCII):
            raise Unreadable(f"`{value[:80]}` is not {self.kind}", self.hint)
        return value


class Part(BaseModel):
    """Base of all parts: frozen, and with no keys but its own."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


Slug = Annotated[
    str,
    StringConstraints(max_length=60),
    Written(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", "an id", "lower-case letters, digits and single hyphens, a letter first"),
]
"""An id in the scenario: lower-case letters, digits and single hyphens, a letter first."""
NewIssueId = Annotated[Slug, Declares(Named.ISSUE)]
NewSprintId = Annotated[Slug, Declares(Named.SPRINT)]
NewPullId = Annotated[Slug, Declares(Named.PULL)]
NewEventId = Annotated[Slug, Declares(Named.EVENT)]
NewPromptId = Annotated[Slug, Declares(Named.PROMPT)]
EventId = Annotated[str, Names(Named.EVENT)]
NewStepId = Annotated[Slug, Declares(Named.STEP)]
PersonRef = Annotated[str, Names(Named.PERSON)]
TeammateRef = Annotated[str, Names(Named.TEAMMATE)]
HumanRef = Annotated[str, Names(Named.HUMAN)]
IssueId = Annotated[str, Names(Named.ISSUE)]
SprintId = Annotated[str, Names(Named.SPRINT)]
PullId = Annotated[str, Names(Named.PULL)]
PromptId = Annotated[str, Names(Named.PROMPT)]
StatusName = Annotated[str, Names(Named.STATUS)]
FolderPath = Annotated[str, Names(Named.FOLDER), StringConstraints(min_length=1, max_length=300)]
Text = Annotated[str, Names(Named.TEXT), StringConstraints(min_length=1, max_length=20_000)]
"""A text that people will read; may hold `{issue:id}` and `{pull:id}`."""
ShortText = Annotated[
    str,
    Names(Named.TEXT),
    StringConstraints(min_length=1, max_length=250),
    Written(r"[^\r\n]*", "one line of text", "take the line breaks out"),
]
"""One line of text; may hold `{issue:id}` and `{pull:id}`."""
BranchName = Annotated[str, Names(Named.BRANCH), StringConstraints(min_length=1, max_length=200)]
"""A branch; may hold `{issue:id}`. Its syntax is checked in references.py, after the placeholders."""
