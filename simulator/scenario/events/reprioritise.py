"""Event `reprioritise`: an issue becomes more, or less, important in the middle of the sprint."""

from __future__ import annotations

from typing import Literal

from typing_extensions import override

from simulator.model.actions import Action, Channel, CommentOnIssue, EditIssue, PostNote, RankIssue
from simulator.model.agile import IssueChanges, Priority
from simulator.model.keys import IssueRef
from simulator.scenario.backlog import PriorityName
from simulator.scenario.events.event import Event, Stage, seat
from simulator.scenario.part import IssueId, TeammateRef, Text
from simulator.scenario.timed import TimedAction
from simulator.scenario.values import MomentText


class ReprioritiseEvent(Event):
    """A new priority and rank, with the reason in a comment."""

    type: Literal["reprioritise"]
    at: MomentText
    who: TeammateRef
    issue: IssueId
    priority: PriorityName
    before: IssueId | None = None
    """Ranked before this issue from now on."""
    comment: Text
    note: Text | None = None
    """What is said in the chat."""

    @override
    def compile(self, stage: Stage) -> tuple[TimedAction, ...]:
        who, issue = seat(self.who), IssueRef(self.issue)
        actions: list[Action] = [
            EditIssue(actor=who, issue=issue, changes=IssueChanges(priority=Priority(self.priority))),
            CommentOnIssue(actor=who, issue=issue, body=self.comment),
        ]
        if self.before:
            actions.insert(1, RankIssue(actor=who, issue=issue, before=IssueRef(self.before)))
        if self.note:
            actions.append(PostNote(actor=who, channel=Channel.CHAT, text=self.note))
        return self.in_turn(stage.at(self.at), *actions)
