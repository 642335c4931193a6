"""Event `new_issue`: an issue comes up in the middle of the sprint, such as a bug in production."""

from __future__ import annotations

from typing import Literal

from typing_extensions import override

from simulator.model.actions import Action, Channel, CommentOnIssue, CreateIssues, PostNote, RankIssue
from simulator.model.keys import IssueRef, SprintRef
from simulator.scenario.backlog import IssuePart
from simulator.scenario.events.event import Event, Stage, seat
from simulator.scenario.part import IssueId, SprintId, TeammateRef, Text
from simulator.scenario.timed import TimedAction
from simulator.scenario.values import MomentText


class NewIssueEvent(Event):
    """An issue that nobody planned, put into the sprint or into the backlog."""

    type: Literal["new_issue"]
    at: MomentText
    who: TeammateRef
    new: IssuePart
    sprint: SprintId | None = None
    before: IssueId | None = None
    """Ranked before this issue."""
    comment: Text | None = None
    note: Text | None = None
    """What is said in the chat."""

    @override
    def compile(self, stage: Stage) -> tuple[TimedAction, ...]:
        who, issue = seat(self.who), IssueRef(self.new.id)
        sprint = SprintRef(self.sprint) if self.sprint else None
        actions: list[Action] = [CreateIssues(actor=who, issues=(self.new.draft(),), sprint=sprint)]
        if self.before:
            actions.append(RankIssue(actor=who, issue=issue, before=IssueRef(self.before)))
        if self.comment:
            actions.append(CommentOnIssue(actor=who, issue=issue, body=self.comment))
        if self.note:
            actions.append(PostNote(actor=who, channel=Channel.CHAT, text=self.note))
        return self.in_turn(stage.at(self.at), *actions)
