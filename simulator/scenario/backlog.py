"""Issues and sprints as a scenario writes them, and what they become in the model's words."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from simulator.model.agile import IssueDraft, IssueType, Priority
from simulator.model.keys import IssueRef, SeatId
from simulator.scenario.part import IssueId, NewIssueId, NewSprintId, Part, PersonRef, ShortText, Text, Written
from simulator.scenario.people import PathPattern, PatternText
from simulator.scenario.values import Unreadable

PriorityName = Literal["Highest", "High", "Medium", "Low", "Lowest"]
TypeName = Literal["Story", "Task", "Bug", "Epic", "Sub-task"]
Points = Annotated[float, Field(ge=0, le=1000)]
LabelName = Annotated[str, Written(r"\S{1,100}", "a label", "Jira allows no spaces in labels")]


class ViolationPart(Part):
    """What in a diff would contradict an acceptance criterion of the issue, and what a reviewer says to it."""

    criterion: Annotated[int, Field(ge=1, le=100)]
    """Which one, counted from 1."""
    pattern: PatternText
    """Regular expression, searched in each added line."""
    path: PathPattern = "*"
    """Files it is meant for."""
    remark: Text
    """What is written on the line."""


class IssuePart(Part):
    """An issue, as it stands when it is created."""

    id: NewIssueId
    """The scenario's own id for it; texts name it as `{issue:id}`."""
    type: TypeName = "Story"
    summary: ShortText
    description: Text | None = None
    priority: PriorityName = "Medium"
    points: Points | None = None
    """Story points; left out means not estimated."""
    labels: tuple[LabelName, ...] = ()
    reporter: PersonRef | None = None
    assignee: PersonRef | None = None
    parent: IssueId | None = None
    """The epic of a story, or the issue that a sub-task is part of."""
    criteria: tuple[Text, ...] = ()
    """Acceptance criteria, written below the description as a list."""
    violated_when: tuple[ViolationPart, ...] = ()
    """What reviewers of pull requests for this issue look for, by criterion."""

    @model_validator(mode="after")
    def _criteria_exist(self) -> IssuePart:
        for violation in self.violated_when:
            if violation.criterion > len(self.criteria):
                raise Unreadable(
                    f"`{self.id}` has {len(self.criteria)} criteria, there is no number {violation.criterion}",
                    "count the entries of `criteria` from 1",
                )
        return self

    def draft(self) -> IssueDraft:
        """The issue to be created, with its criteria written into the description."""
        return IssueDraft(
            ref=IssueRef(self.id),
            summary=self.summary,
            type=IssueType(self.type),
            description=self._full_description(),
            priority=Priority(self.priority),
            points=self.points,
            labels=self.labels,
            reporter=SeatId(self.reporter) if self.reporter else None,
            assignee=SeatId(self.assignee) if self.assignee else None,
            parent=IssueRef(self.parent) if self.parent else None,
        )

    def _full_description(self) -> str:
        text = (self.description or "").rstrip()
        if not self.criteria:
            return text
        listed = "\n".join(f"- {criterion}" for criterion in self.criteria)
        return f"{text}\n\nAcceptance criteria\n{listed}".lstrip()


class SprintPart(Part):
    """A sprint: sprints follow one another without a gap."""

    id: NewSprintId
    name: Annotated[ShortText, StringConstraints(max_length=29)]
    """At most 29 characters, as Jira takes them."""
    goal: Text
    days: Annotated[int, Field(ge=1, le=60)]
    """Working days that it lasts."""
    issues: tuple[IssueId, ...] = Field(min_length=1)
    """What the team has committed to, in order of rank."""
