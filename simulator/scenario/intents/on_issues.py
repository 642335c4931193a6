"""Intents on issues: ask before building, flag what is blocked, leave for the next sprint what will not fit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Literal

from typing_extensions import override

from simulator.scenario.acts.on_issues import Comment, EditIssue, Flag, Schedule
from simulator.scenario.acts.vocabulary import AnyAct
from simulator.scenario.intents.intent import Intent, StepPart
from simulator.scenario.part import IssueId, SprintId, Text


class AskOnIssue(Intent):
    """Ask on an issue before building; the answer goes into its description."""

    intend: Literal["ask"]
    issue: IssueId
    text: Text
    description: Text | None = None
    """The issue's description with the answer in it, written once somebody has answered."""
    thanks: Text = "Thank you, that helps. It is in the description now; shout if I got something wrong."

    @override
    def steps(self) -> Iterator[StepPart]:
        yield self.first(Comment(do="comment", issue=self.issue, text=self.text))
        if self.description:
            edit = EditIssue(do="edit_issue", issue=self.issue, description=self.description)
            said = Comment(do="comment", issue=self.issue, text=self.thanks)
            yield self.then("write", {"answered": self.issue}, timedelta(minutes=15), edit, said)


class FlagIssue(Intent):
    """Flag an issue that waits for somebody, and say for whom and since when."""

    intend: Literal["flag"]
    issue: IssueId
    text: Text

    @override
    def steps(self) -> Iterator[StepPart]:
        said = Comment(do="comment", issue=self.issue, text=self.text)
        yield self.first(Flag(do="flag", issue=self.issue), said)


class LeaveForCarryOver(Intent):
    """Say in time that an issue will not fit, and move it to where it belongs."""

    intend: Literal["leave_for_carry_over"]
    issue: IssueId
    to: SprintId | None = None
    """The sprint it goes to; left out: the backlog."""
    text: Text

    @override
    def steps(self) -> Iterator[StepPart]:
        said: tuple[AnyAct, ...] = (Comment(do="comment", issue=self.issue, text=self.text),)
        yield self.first(*said, Schedule(do="schedule", issue=self.issue, sprint=self.to))
