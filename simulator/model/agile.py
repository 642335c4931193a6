"""Jira's words: what an issue, a status and a sprint are to us."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from simulator.model.keys import IssueRef, SeatId, SprintRef


class StatusCategory(StrEnum):
    """The three categories of Jira statuses, by their keys.

    Source: https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-workflow-status-categories/
    """

    TO_DO = "new"
    IN_PROGRESS = "indeterminate"
    DONE = "done"


class IssueType(StrEnum):
    """The issue types that a scenario may use, by the names of Jira's scrum template."""

    STORY = "Story"
    TASK = "Task"
    BUG = "Bug"
    EPIC = "Epic"
    SUBTASK = "Sub-task"


class Priority(StrEnum):
    """Jira's five default priorities."""

    HIGHEST = "Highest"
    HIGH = "High"
    MEDIUM = "Medium"
    LOW = "Low"
    LOWEST = "Lowest"


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueDraft:
    """An issue to be created. `ref` is the scenario's own id for it; `points` are story points, None = not estimated."""

    ref: IssueRef
    summary: str
    type: IssueType = IssueType.STORY
    description: str = ""
    priority: Priority = Priority.MEDIUM
    points: float | None = None
    labels: tuple[str, ...] = ()
    reporter: SeatId | None = None
    assignee: SeatId | None = None
    parent: IssueRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SprintDraft:
    """A sprint to be created. `start` and `end` are simulated instants."""

    ref: SprintRef
    name: str
    goal: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueChanges:
    """New values of an issue's fields; None leaves a field alone. `extra` holds further Jira fields by name.

    `append` is added below the description, `add_labels` and `remove_labels` change those that are there; `due` is a date as
    2026-01-12, empty for none.
    """

    summary: str | None = None
    description: str | None = None
    priority: Priority | None = None
    points: float | None = None
    labels: tuple[str, ...] | None = None
    append: str | None = None
    add_labels: tuple[str, ...] = ()
    remove_labels: tuple[str, ...] = ()
    due: str | None = None
    flagged: bool | None = None
    extra: Mapping[str, str] = field(default_factory=dict)
