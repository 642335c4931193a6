"""Event `new_issue`: an issue comes up in the middle of the sprint, such as a bug in production."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from typing_extensions import override

from simulator.model.actions import Action, Channel, CommentOnIssue, CreateIssues, PostNote, RankIssue
from simulator.model.keys import IssueRef, SeatId, SprintRef
from simulator.scenario.backlog import IssuePart
from simulator.scenario.events.event import Stage
from simulator.scenario.events.triggered import TriggeredEvent
from simulator.scenario.part import IssueId, SprintId, TeammateRef, Text


class NewIssueEvent(TriggeredEvent):
    """An issue that nobody planned, put into the sprint or into the backlog."""

    type: Literal["new_issue"]
    who: TeammateRef
    new: IssuePart
    sprint: SprintId | None = None
    before: IssueId | None = None
    """Ranked before this issue."""
    comment: Text | None = None
    note: Text | None = None
    """What is said in the chat."""

    @property
    @override
    def seat(self) -> SeatId:
        return SeatId(self.who)

    @override
    def acts(self, stage: Stage, about: Mapping[str, str]) -> tuple[Action, ...]:
        who, issue = self.seat, IssueRef(self.new.id)
        sprint = SprintRef(self.sprint) if self.sprint else None
        actions: list[Action] = [CreateIssues(actor=who, issues=(self.new.draft(),), sprint=sprint)]
        if self.before:
            actions.append(RankIssue(actor=who, issue=issue, before=IssueRef(self.before)))
        if self.comment:
            actions.append(CommentOnIssue(actor=who, issue=issue, body=self.comment))
        if self.note:
            actions.append(PostNote(actor=who, channel=Channel.CHAT, text=self.note))
        return tuple(actions)
