"""Event `reprioritise`: an issue becomes more, or less, important in the middle of the sprint."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from typing_extensions import override

from simulator.model.actions import Action, Channel, CommentOnIssue, EditIssue, PostNote, RankIssue
from simulator.model.agile import IssueChanges, Priority
from simulator.model.keys import IssueRef, SeatId
from simulator.scenario.backlog import PriorityName
from simulator.scenario.events.event import Stage
from simulator.scenario.events.triggered import TriggeredEvent
from simulator.scenario.part import IssueId, TeammateRef, Text


class ReprioritiseEvent(TriggeredEvent):
    """A new priority and rank, with the reason in a comment."""

    type: Literal["reprioritise"]
    who: TeammateRef
    issue: IssueId
    priority: PriorityName
    before: IssueId | None = None
    """Ranked before this issue from now on."""
    comment: Text
    note: Text | None = None
    """What is said in the chat."""

    @property
    @override
    def seat(self) -> SeatId:
        return SeatId(self.who)

    @override
    def acts(self, stage: Stage, about: Mapping[str, str]) -> tuple[Action, ...]:
        who, issue = self.seat, IssueRef(self.issue)
        actions: list[Action] = [
            EditIssue(actor=who, issue=issue, changes=IssueChanges(priority=Priority(self.priority))),
            CommentOnIssue(actor=who, issue=issue, body=self.comment),
        ]
        if self.before:
            actions.insert(1, RankIssue(actor=who, issue=issue, before=IssueRef(self.before)))
        if self.note:
            actions.append(PostNote(actor=who, channel=Channel.CHAT, text=self.note))
        return tuple(actions)
