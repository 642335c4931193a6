"""What the Jira side of a seed may say of a project: its style, its board, its workflows. Models only."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, Field, model_validator

from simulator.emulators.kit.seed_content import STRICT

Name = Annotated[str, Field(min_length=1, max_length=60)]
Limit = Annotated[int, Field(ge=1, le=1000)] | None
Kind = Literal["Epic", "Story", "Task", "Bug", "Sub-task"]
ScreenField = Literal[
    "assignee",
    "components",
    "description",
    "due date",
    "environment",
    "fix versions",
    "labels",
    "priority",
    "reporter",
    "resolution",
    "story points",
]
FIRST_STATUSES = ("To Do", "In Progress", "In Review", "Done")
"""Names of the statuses that a project has without a workflow of its own."""


class _Part(BaseModel):
    model_config = STRICT


class SeedStatus(_Part):
    """A status of a workflow; one of that name that the site has already is taken."""

    name: Name
    category: Literal["To Do", "In Progress", "Done"] = "In Progress"


class SeedTransition(_Part):
    """A way from one status to another. Without `at` it can be taken from anywhere, as Jira's global transitions."""

    name: Name
    to: Name
    at: list[Name] = []
    only: list[Literal["assignee", "reporter", "lead", "admin"]] = []
    """Who may take it; with `roles`, their members may as well. Nobody named: everybody."""
    roles: list[Name] = []
    screen: list[ScreenField] = []
    require: list[ScreenField] = []
    """Fields that must have a value, before or by the transition."""
    resolution: Literal["Done", "Won't Do", "Duplicate", "Cannot Reproduce"] | None = None
    """What it sets; without it the resolution is cleared."""
    assign: Literal["me", "lead", "reporter", "nobody"] | None = None


class SeedWorkflow(_Part):
    """A workflow of a project, for all its issues or for some types. The first status is that of new issues."""

    name: Name
    issue_types: list[Kind] = []
    statuses: Annotated[list[SeedStatus], Field(min_length=1, max_length=50)]
    transitions: Annotated[list[SeedTransition], Field(min_length=1, max_length=200)]

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Self:
        known = {status.name.lower() for status in self.statuses}
        for step in self.transitions:
            for name in [step.to, *step.at]:
                if name.lower() not in known:
                    raise ValueError(f"transition {step.name}: the workflow has no status {name}")
        return self


class SeedColumn(_Part):
    """A column of a board, with limits of the work in it."""

    name: Name
    statuses: list[Name] = []
    min: Limit = None
    max: Limit = None


class SeedQuickFilter(_Part):
    """A quick filter of a board."""

    name: Name
    jql: Annotated[str, Field(min_length=1, max_length=2000)]
    description: str = ""


class SeedBoard(_Part):
    """How the board of a project is set up."""

    columns: Annotated[list[SeedColumn], Field(max_length=50)] = []
    parallel_sprints: bool = False
    quick_filters: Annotated[list[SeedQuickFilter], Field(max_length=50)] = []


class SeedProjectParts(_Part):
    """The part of a project's seed that sets up its work."""

    style: Literal["company-managed", "team-managed"] = "company-managed"
    board: SeedBoard = SeedBoard()
    workflows: Annotated[list[SeedWorkflow], Field(max_length=20)] = []

    @model_validator(mode="after")
    def _columns_show_statuses(self) -> Self:
        own = {status.name.lower() for workflow in self.workflows for status in workflow.statuses}
        covered = any(not workflow.issue_types for workflow in self.workflows)
        known = own | (set() if covered else {name.lower() for name in FIRST_STATUSES})
        for column in self.board.columns:
            for name in column.statuses:
                if name.lower() not in known:
                    raise ValueError(f"column {column.name}: the project has no status {name}")
        return self
