"""What a Jira site is configured with: statuses, issue types, priorities, resolutions, link types, workflows, projects."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from simulator.emulators.jira.state.workflow_rules import Rules

CATEGORIES = {
    "undefined": (1, "No Category"),
    "new": (2, "To Do"),
    "indeterminate": (4, "In Progress"),
    "done": (3, "Done"),
}
"""Status categories: key → id and name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """A status; `category` is new, indeterminate or done."""

    id: int
    name: str
    description: str
    category: str
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueType:
    """An issue type; `level` is 1 for epics, 0 for standard ones, -1 for sub-tasks."""

    id: int
    name: str
    description: str
    level: int
    avatar_id: int
    position: int

    @property
    def subtask(self) -> bool:
        """Whether its issues live under a parent."""
        return self.level < 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Priority:
    """A priority; `position` counts from the highest."""

    id: int
    name: str
    description: str
    color: str
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """A resolution."""

    id: int
    name: str
    description: str
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkType:
    """A link type with its words in both directions."""

    id: int
    name: str
    inward: str
    outward: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """A step of a workflow; from any status when `from_status_id` is None. Sets or clears the resolution."""

    workflow_id: int
    id: int
    name: str
    from_status_id: int | None
    to_status_id: int
    resolution_id: int | None
    rules: Rules = field(default_factory=Rules)


@dataclass(frozen=True, slots=True, kw_only=True)
class Workflow:
    """A workflow with its transitions in order."""

    id: int
    name: str
    initial_status_id: int
    transitions: tuple[Transition, ...]

    def status_ids(self) -> list[int]:
        """Statuses that its issues can have, in the order of its transitions."""
        return list(dict.fromkeys([self.initial_status_id, *(t.to_status_id for t in self.transitions)]))

    def available(self, status_id: int) -> list[Transition]:
        """Transitions that an issue of that status can take."""
        return [t for t in self.transitions if t.from_status_id in (None, status_id)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A project without its issue counter, which changes too often to be kept."""

    id: int
    key: str
    name: str
    description: str
    url: str
    template: str
    lead_id: int
    assignee_type: str
    workflow_id: int
    created_at: datetime
    style: str = "classic"
    archived_at: datetime | None = None
    deleted_at: datetime | None = None
    deleted_by: int | None = None
    issue_type_ids: tuple[int, ...] = field(default=())
    workflow_ids: dict[int, int] = field(default_factory=dict)  # of the issue types that have one of their own


Named = TypeVar("Named", Status, IssueType, Priority, Resolution, LinkType)


def named(things: Iterable[Named], id_or_name: object) -> Named | None:
    """The thing of that id, or of that name without regard to case."""
    wanted = str(id_or_name)
    listed = list(things)
    by_id = next((t for t in listed if str(t.id) == wanted), None)
    return by_id or next((t for t in listed if t.name.lower() == wanted.lower()), None)
