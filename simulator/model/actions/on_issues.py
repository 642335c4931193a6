"""What is done to issues."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.model.actions.action import Action
from simulator.model.agile import IssueChanges
from simulator.model.keys import IssueRef, SeatId, SprintRef


@dataclass(frozen=True, slots=True, kw_only=True)
class EditIssue(Action):
    """Change fields of an issue."""

    issue: IssueRef
    changes: IssueChanges


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentOnIssue(Action):
    """Comment on an issue."""

    issue: IssueRef
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitionIssue(Action):
    """Move an issue to the status of this name."""

    issue: IssueRef
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignIssue(Action):
    """Assign an issue to a seat, or to nobody."""

    issue: IssueRef
    assignee: SeatId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RankIssue(Action):
    """Rank an issue before another one; `before` None means first of its sprint."""

    issue: IssueRef
    before: IssueRef


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveIssue(Action):
    """Move an issue into a sprint, or to the backlog when `sprint` is None."""

    issue: IssueRef
    sprint: SprintRef | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkIssues(Action):
    """Link two issues: `issue` <link> `other`, `link` being the outward words of a link type, such as `blocks`."""

    issue: IssueRef
    link: str
    other: IssueRef
