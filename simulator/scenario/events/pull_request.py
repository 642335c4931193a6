"""Event `pull_request`: a colleague's own work, from the first commit to the merge.

The branch is pushed at `started`, before others can have merged, so that a later merge of both sides is a true one. What
happens after opening (answer to requested changes, merge after approval, issue done) is a reaction: plan/own_work/colleagues.py.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field
from typing_extensions import override

from simulator.model.actions import (
    AssignIssue,
    OpenPullRequest,
    PushCommit,
    ReviewWhenRead,
    SubmitReview,
    TransitionIssue,
)
from simulator.model.code import ReviewVerdict
from simulator.model.keys import IssueRef, PullRef, SeatId
from simulator.scenario.acts.on_code import CommitPart
from simulator.scenario.events.event import Event, Stage, seat
from simulator.scenario.part import BranchName, IssueId, NewPullId, Part, PersonRef, ShortText, TeammateRef, Text
from simulator.scenario.timed import TimedAction
from simulator.scenario.values import SpanText, TimeText, read_span

AGAIN = "-again"
"""Ends the id of an action that is tried once more, because something had been in its way."""
_AFTER_OPENING = frozenset({"open-move", "approve", "stand-in"})


class ApprovalPart(Part):
    """A colleague's approval that comes in any case."""

    who: TeammateRef
    after: SpanText = Field(default_factory=lambda: read_span("1h..2h"))
    """Working time after the pull request opens."""
    text: Text


class FollowUpPart(Part):
    """What the author does about requested changes."""

    within: SpanText = Field(default_factory=lambda: read_span("1h..3h"))
    commits: tuple[CommitPart, ...] = Field(min_length=1)
    text: Text
    """The author's comment with the new commits."""


class ConflictPart(Part):
    """What the author does when the merge is refused because the default branch has changed the same files."""

    commits: tuple[CommitPart, ...] = Field(min_length=1)
    """The work as it goes together with the other side: the default branch is merged in, and these are the branch's files."""
    text: Text | None = None
    """The author's comment; left out: words of their own."""


class StandInPart(Part):
    """Who reviews when nobody has answered by a moment."""

    at: TimeText
    who: TeammateRef


class PullRequestEvent(Event):
    """A colleague's branch, pull request and merge, with requests for review to others."""

    type: Literal["pull_request"]
    who: TeammateRef
    issue: IssueId | None = None
    """The issue that it is for: moved to In Progress, In Review and Done on the way."""
    started: TimeText
    """When the branch is pushed."""
    at: TimeText
    """When the pull request opens."""
    pull: NewPullId
    branch: BranchName
    commits: tuple[CommitPart, ...] = Field(min_length=1)
    title: ShortText
    body: Text
    reviewers: tuple[PersonRef, ...] = ()
    approval: ApprovalPart | None = None
    when_changes_requested: FollowUpPart | None = None
    when_conflicting: ConflictPart | None = None
    """Left out: the author asks those who review how it goes together."""
    stand_in: StandInPart | None = None
    resolves: bool = True
    """Whether the merge finishes the issue; else it goes back to In Progress."""
    merge_within: SpanText = Field(default_factory=lambda: read_span("30m..1h"))
    """Working time from an approval to the merge."""

    @override
    def compile(self, stage: Stage) -> tuple[TimedAction, ...]:
        return self._start(stage) + self._open(stage) + self._approve(stage) + self._ask_stand_in(stage)

    @override
    def needs(self, part: str) -> str | None:
        return self.pull if part.removesuffix(AGAIN) in _AFTER_OPENING else None

    def opening(self, stage: Stage) -> tuple[TimedAction, ...]:
        """What it takes to open the pull request, and what a colleague says of it in any case."""
        return self._open(stage) + self._approve(stage)

    @override
    def reactions(self) -> tuple[str, ...]:
        merges = f"when {self.pull} is approved: {self.who} merges it within {self.merge_within}"
        if self.when_conflicting:
            merges += ", or brings it up to date if the merge is refused"
        if self.when_changes_requested is None:
            return (merges,)
        span = self.when_changes_requested.within
        return (f"when changes are requested of {self.pull}: {self.who} pushes again within {span}", merges)

    def _start(self, stage: Stage) -> tuple[TimedAction, ...]:
        at, who = stage.at(self.started), seat(self.who)
        pushes = self.pushes(stage, self.commits)
        return (
            *self._issue_moves("start", at, who, "In Progress"),
            *(self.timed(f"push-{n}", at, p) for n, p in pushes),
        )

    def pushes(self, stage: Stage, commits: tuple[CommitPart, ...]) -> tuple[tuple[int, PushCommit], ...]:
        """The commits as numbered pushes of the author."""
        return tuple(
            (
                number,
                PushCommit(
                    actor=seat(self.who),
                    branch=self.branch,
                    message=commit.message,
                    files=commit.changes(stage.place.folder),
                    base=stage.place.default_branch,
                ),
            )
            for number, commit in enumerate(commits, start=1)
        )

    def _open(self, stage: Stage) -> tuple[TimedAction, ...]:
        at, who = stage.at(self.at), seat(self.who)
        opened = OpenPullRequest(
            actor=who,
            ref=PullRef(self.pull),
            branch=self.branch,
            title=self.title,
            body=self.body,
            base=stage.place.default_branch,
            reviewers=tuple(seat(person) for person in self.reviewers),
        )
        return (self.timed("open", at, opened), *self._issue_moves("open", at, who, "In Review"))

    def _approve(self, stage: Stage) -> tuple[TimedAction, ...]:
        if self.approval is None:
            return ()
        review = SubmitReview(
            actor=seat(self.approval.who),
            pull=PullRef(self.pull),
            verdict=ReviewVerdict.APPROVE,
            body=self.approval.text,
        )
        at = stage.present(self.approval.who, stage.later(stage.at(self.at), self.approval.after, self.id, "approval"))
        return (self.timed("approve", at, review),)

    def _ask_stand_in(self, stage: Stage) -> tuple[TimedAction, ...]:
        if self.stand_in is None:
            return ()
        look = ReviewWhenRead(actor=seat(self.stand_in.who), pull=PullRef(self.pull), tests_required=False)
        return (self.timed("stand-in", stage.at(self.stand_in.at), look),)

    def _issue_moves(self, part: str, at: datetime, who: SeatId, status: str) -> tuple[TimedAction, ...]:
        if self.issue is None:
            return ()
        issue = IssueRef(self.issue)
        taken = (self.timed(f"{part}-assign", at, AssignIssue(actor=who, issue=issue, assignee=who)),)
        move = self.timed(f"{part}-move", at, TransitionIssue(actor=who, issue=issue, status=status))
        return (*(taken if part == "start" else ()), move)
