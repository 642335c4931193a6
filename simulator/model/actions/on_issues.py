"""What is done to issues."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from simulator.model.actions.action import Action
from simulator.model.agile import IssueChanges
from simulator.model.keys import IssueKey, IssueRef, SeatId, SprintRef


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
class KeepIssueComment(Action):
    """Have one comment of the actor's on an issue that begins with `mark`, whose words are `body`."""

    is_verbatim: ClassVar[bool] = True

    issue: IssueKey
    body: str
    mark: str


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
    """Rank an issue before another one, or after one."""

    issue: IssueRef
    before: IssueRef | None = None
    after: IssueRef | None = None


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


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlinkIssues(Action):
    """Take a link between two issues away: `issue` <link> `other`."""

    issue: IssueRef
    link: str
    other: IssueRef


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchIssue(Action):
    """Watch an issue, or no longer."""

    issue: IssueRef
    watching: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class LogWork(Action):
    """Log time on an issue, in seconds."""

    issue: IssueRef
    spent_s: int
    text: str = ""
