"""Acts in the feed and on issues, and comments on both services."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import StringConstraints, model_validator
from typing_extensions import override

from simulator.model import actions as model
from simulator.model.agile import IssueChanges, Priority
from simulator.model.keys import IssueRef, PullRef, SeatId, SprintRef
from simulator.scenario.acts.act import Act, Place
from simulator.scenario.backlog import IssuePart, LabelName, Points, PriorityName
from simulator.scenario.part import (
    IssueId,
    PersonRef,
    PullId,
    ShortText,
    SprintId,
    StatusName,
    Text,
)
from simulator.scenario.values import Unreadable


class Note(Act):
    """Say something in the run's feed."""

    do: Literal["note"]
    channel: Literal["stand-up", "chat", "mail"] = "chat"
    text: Text

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        return (model.PostNote(actor=who, channel=model.Channel(self.channel), text=self.text),)


class Comment(Act):
    """Comment on an issue or on a pull request."""

    do: Literal["comment"]
    issue: IssueId | None = None
    pull: PullId | None = None
    text: Text

    @model_validator(mode="after")
    def _one_of_both(self) -> Comment:
        if (self.issue is None) == (self.pull is None):
            raise Unreadable("a comment needs either `issue` or `pull`", "name the one that is commented on")
        return self

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        if self.issue is not None:
            return (model.CommentOnIssue(actor=who, issue=IssueRef(self.issue), body=self.text),)
        return (model.CommentOnPullRequest(actor=who, pull=PullRef(self.pull or ""), body=self.text),)


class Move(Act):
    """Move an issue to a status."""

    do: Literal["move"]
    issue: IssueId
    to: StatusName

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        return (model.TransitionIssue(actor=who, issue=IssueRef(self.issue), status=self.to),)


class Assign(Act):
    """Assign an issue; `to: null` takes the assignee away."""

    do: Literal["assign"]
    issue: IssueId
    to: PersonRef | None

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        assignee = SeatId(self.to) if self.to else None
        return (model.AssignIssue(actor=who, issue=IssueRef(self.issue), assignee=assignee),)


class EditIssue(Act):
    """Change fields of an issue; what is left out stays."""

    do: Literal["edit_issue"]
    issue: IssueId
    summary: ShortText | None = None
    description: Text | None = None
    priority: PriorityName | None = None
    points: Points | None = None
    labels: tuple[LabelName, ...] | None = None

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        changes = IssueChanges(
            summary=self.summary,
            description=self.description,
            priority=Priority(self.priority) if self.priority else None,
            points=self.points,
            labels=self.labels,
        )
        return (model.EditIssue(actor=who, issue=IssueRef(self.issue), changes=changes),)


class Rank(Act):
    """Rank an issue before another."""

    do: Literal["rank"]
    issue: IssueId
    before: IssueId

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        return (model.RankIssue(actor=who, issue=IssueRef(self.issue), before=IssueRef(self.before)),)


class Schedule(Act):
    """Move an issue into a sprint; `sprint: null` puts it back into the backlog."""

    do: Literal["schedule"]
    issue: IssueId
    sprint: SprintId | None

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        sprint = SprintRef(self.sprint) if self.sprint else None
        return (model.MoveIssue(actor=who, issue=IssueRef(self.issue), sprint=sprint),)


class Link(Act):
    """Link two issues: `issue` blocks, relates to, … `other`."""

    do: Literal["link"]
    issue: IssueId
    link: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    other: IssueId

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        return (model.LinkIssues(actor=who, issue=IssueRef(self.issue), link=self.link, other=IssueRef(self.other)),)


class CreateIssue(Act):
    """Create an issue, into a sprint or into the backlog."""

    do: Literal["create_issue"]
    new: IssuePart
    sprint: SprintId | None = None

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        sprint = SprintRef(self.sprint) if self.sprint else None
        return (model.CreateIssues(actor=who, issues=(self.new.draft(),), sprint=sprint),)
