"""Acts in the feed and on issues, and comments on both services."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator
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
from simulator.scenario.values import DateText, LengthText, Unreadable

FieldName = Annotated[str, StringConstraints(min_length=1, max_length=80)]
FieldText = Annotated[str, StringConstraints(max_length=1_000)]


class Note(Act):
    """Say something in the run's feed."""

    do: Literal["note"]
    channel: Literal["stand-up", "chat", "mail"] = "chat"
    text: Text
    subject: ShortText | None = None
    """Of a mail."""
    to: tuple[PersonRef, ...] = ()
    """Whom a mail goes to; left out: everybody."""

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        note = model.PostNote(
            actor=who,
            channel=model.Channel(self.channel),
            text=self.text,
            subject=self.subject or "",
            to=tuple(SeatId(person) for person in self.to),
        )
        return (note,)


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
    append: Text | None = None
    """Added below the description."""
    priority: PriorityName | None = None
    points: Points | None = None
    labels: tuple[LabelName, ...] | None = None
    """All labels; those that are not listed go."""
    add_labels: tuple[LabelName, ...] = ()
    remove_labels: tuple[LabelName, ...] = ()
    due: DateText | None = None
    fields: dict[FieldName, FieldText] = Field(default_factory=dict)
    """Further Jira fields, by name."""

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        changes = IssueChanges(
            summary=self.summary,
            description=self.description,
            append=self.append,
            priority=Priority(self.priority) if self.priority else None,
            points=self.points,
            labels=self.labels,
            add_labels=self.add_labels,
            remove_labels=self.remove_labels,
            due=self.due.isoformat() if self.due else None,
            extra=self.fields,
        )
        return (model.EditIssue(actor=who, issue=IssueRef(self.issue), changes=changes),)


class Flag(Act):
    """Flag an issue as impeded; `raised: false` takes the flag away."""

    do: Literal["flag"]
    issue: IssueId
    raised: bool = True

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        changes = IssueChanges(flagged=self.raised)
        return (model.EditIssue(actor=who, issue=IssueRef(self.issue), changes=changes),)


class Rank(Act):
    """Rank an issue before another, or after one."""

    do: Literal["rank"]
    issue: IssueId
    before: IssueId | None = None
    after: IssueId | None = None

    @model_validator(mode="after")
    def _one_place(self) -> Rank:
        if (self.before is None) == (self.after is None):
            raise Unreadable("nothing says where this issue is ranked", "give either `before` or `after`")
        return self

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        before = IssueRef(self.before) if self.before else None
        after = IssueRef(self.after) if self.after else None
        return (model.RankIssue(actor=who, issue=IssueRef(self.issue), before=before, after=after),)


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


class Unlink(Act):
    """Take a link between two issues away."""

    do: Literal["unlink"]
    issue: IssueId
    link: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    other: IssueId

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        issue, other = IssueRef(self.issue), IssueRef(self.other)
        return (model.UnlinkIssues(actor=who, issue=issue, link=self.link, other=other),)


class WatchIssue(Act):
    """Watch an issue; `watching: false` stops it."""

    do: Literal["watch"]
    issue: IssueId
    watching: bool = True

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        return (model.WatchIssue(actor=who, issue=IssueRef(self.issue), watching=self.watching),)


class LogWork(Act):
    """Log time on an issue."""

    do: Literal["log_work"]
    issue: IssueId
    spent: LengthText
    text: Text | None = None

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        seconds = max(60, int(self.spent.total_seconds()))  # Jira logs whole minutes
        return (model.LogWork(actor=who, issue=IssueRef(self.issue), spent_s=seconds, text=self.text or ""),)


class CreateIssue(Act):
    """Create an issue, into a sprint or into the backlog."""

    do: Literal["create_issue"]
    new: IssuePart
    sprint: SprintId | None = None

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        sprint = SprintRef(self.sprint) if self.sprint else None
        return (model.CreateIssues(actor=who, issues=(self.new.draft(),), sprint=sprint),)
