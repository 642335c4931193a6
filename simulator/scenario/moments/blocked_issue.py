"""Moment 13: work that waits for another team."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Annotated, ClassVar, Literal

from pydantic import Field
from typing_extensions import override

from simulator.model.actions import Action, CommentOnIssue, LinkIssues, TransitionIssue
from simulator.model.agile import StatusCategory
from simulator.model.history import Issue
from simulator.model.keys import IssueRef
from simulator.scenario.events.event import Stage
from simulator.scenario.moments.commands import say
from simulator.scenario.moments.deeds import changes_by, from_the_start, said_about
from simulator.scenario.moments.moment import Consequence, Moment, Scene, Sign
from simulator.scenario.moments.traces import at_hand, everybody, is_flagged, moves_by, starts_by
from simulator.scenario.moments.words import is_about, substance
from simulator.scenario.part import IssueId, StatusName, Text
from simulator.scenario.timed import TimedAction
from simulator.scenario.values import LengthText, TimeText
from simulator.scenario.view import View

_BLOCKED = (
    *("block", "wait", "stuck", "depend", "until", "not ready", "not before", "on hold", "late", "delay", "impediment"),
    *(
        "cannot go on",
        "can't go on",
        "cannot continue",
        "can't continue",
        "blockiert",
        "warte",
        "bloqu",
        "заблок",
        "жд",
    ),
)

_MARKS = {"flagged": "flagged_it", "link": "linked_it", "sprint": "put_it_back"}  # field of the changelog → way


class BlockedIssue(Moment):
    """A dependency is late: who says so at once can do something else meanwhile, and others can help."""

    number: ClassVar[int] = 13
    title: ClassVar[str] = "Blocked by another team"
    ways: ClassVar[Mapping[str, str]] = {
        "flagged_it": "You put the flag on the issue, so that the board shows it.",
        "linked_it": "You linked it with what it waits for.",
        "said_so": "You said what it waits for.",
        "took_other_work": "You took something else meanwhile, and not too much at once.",
        "put_it_back": "You put it back until it can go on.",
    }
    slips: ClassVar[Mapping[str, str]] = {
        "sat_in_silence": "The issue stayed in progress for half a day and more, and the board did not say that it waits.",
        "too_much_at_once": "More was begun than one can do at a time.",
    }
    usual_hints: ClassVar[tuple[str, str, str]] = (
        "Can this issue go on today? Would the team know from the board?",
        "Read the latest comments of the issue that you work on, and look at what it is linked with.",
        "Add the flag in Jira, comment what it waits for, whom you asked and since when, and take the next issue of the "
        "sprint. Take one, not three.",
    )
    usual_explanation: ClassVar[str] = (
        "An issue in progress that cannot go on looks just like one that goes well. Nobody offers help, nobody calls the "
        "other team, and on the last day it surprises everybody. Say it within half a day: what it waits for, who was "
        "asked, since when. The flag makes it visible to all who look at the board. Then pick something else, but keep "
        "the number of begun things small: two at a time is a usual limit, since each further one slows all of them "
        "(Little's law: cycle time is work in progress divided by throughput)."
    )

    type: Literal["blocked_issue"]
    issue: IssueId
    """The issue that is blocked."""
    blocker: IssueId | None = None
    """The issue that it waits for; it is linked as blocking when the moment opens."""
    link: Annotated[str, Field(min_length=1, max_length=60)] = "blocks"
    """How `blocker` is linked with `issue`; `none` leaves that to the learner."""
    late: Text
    """What `who` says on the issue: that it is not ready, and until when."""
    ready: TimeText | None = None
    """When it is ready after all."""
    solved: Text | None = None
    """What `who` says on the issue then."""
    done: StatusName = "Done"
    """The status that `blocker` moves to then."""
    within: LengthText = timedelta(hours=4)
    """Working time in which others should know that it waits."""
    limit: Annotated[int, Field(ge=1, le=50)] = 2
    """Issues in progress at a time that are enough."""
    wonders: Text = (
        "I saw this one in progress and counted on it for today's demo, and now I hear that it waits for something. Had "
        "I known this morning, I would have called them myself. What does it wait for?"
    )
    """What `who` says on the issue later when nobody said so."""

    @override
    def opening(self, stage: Stage, about: Mapping[str, str]) -> tuple[Action, ...]:
        issue = IssueRef(self.issue)
        said = CommentOnIssue(actor=self.seat, issue=issue, body=self.late)
        if self.blocker is None or self.link == "none":
            return (said,)
        linked = LinkIssues(actor=self.seat, issue=IssueRef(self.blocker), link=self.link, other=issue)
        return (linked, said)

    @override
    def compile(self, stage: Stage) -> tuple[TimedAction, ...]:
        return (*super().compile(stage), *self._solution(stage))

    def _solution(self, stage: Stage) -> Iterator[TimedAction]:
        if self.ready is None:
            return
        at = stage.at(self.ready)
        if self.blocker:
            moved = TransitionIssue(actor=self.seat, issue=IssueRef(self.blocker), status=self.done)
            yield self.timed("ready", at, moved)
        if self.solved:
            said = CommentOnIssue(actor=self.seat, issue=IssueRef(self.issue), body=self.solved)
            yield self.timed("solved", at, said)

    @override
    def obstacle(self, view: View, about: Mapping[str, str]) -> str:
        issue = view.issue(self.issue)
        gone = issue is None or issue.deleted_at is not None or issue.state.category is StatusCategory.DONE
        if gone:
            return f"the issue {self.issue} is not there to be blocked"
        late = self.ready is not None and view.scenario.instant(self.ready) <= view.now
        return "what it waits for is ready already" if late else ""

    @override
    def concerns(self, scene: Scene) -> bool:
        issue = scene.view.issue(self.issue)
        people = [seat for seat in (issue.people() if issue else ()) if scene.view.is_human(seat)]
        return super().concerns(scene) and (not people or scene.seat in people)

    @override
    def well(self, scene: Scene) -> Iterator[Sign]:
        issue = scene.view.issue(self.issue)
        if issue is None:
            return
        for change in (c for field in _MARKS for c in changes_by(scene, issue, field)):
            moved_out = change.field != "sprint" or change.state.sprints != issue.at(scene.opened).sprints
            if moved_out and (change.after.strip() or change.field == "sprint"):
                yield Sign(way=_MARKS[change.field], at=change.at, evidence=(change.url,))
        for said in said_about(scene, issue):
            if is_about(said.text, _BLOCKED) and substance(said.text) >= 3:
                yield Sign(way="said_so", at=said.at, evidence=(said.evidence,))
        for move in moves_by(scene, issue):
            if move.after.category is StatusCategory.TO_DO and move.before.category is StatusCategory.IN_PROGRESS:
                yield Sign(way="put_it_back", at=move.at, evidence=(issue.url,))
        yield from self._took_other(scene, issue)

    def _took_other(self, scene: Scene, blocked: Issue) -> Iterator[Sign]:
        for issue, move in starts_by(scene):
            if issue.key == blocked.key or not self._still_waits(scene, move.at):
                continue
            open_ones = at_hand(scene.view.history, scene.seat, move.at)
            known = self._was_said(scene, blocked, move.at) or blocked not in open_ones
            if known and len(open_ones) <= self.limit:
                yield Sign(way="took_other_work", at=move.at, evidence=(issue.url, blocked.url))

    @override
    def badly(self, scene: Scene) -> Iterator[Sign]:
        issue = scene.view.issue(self.issue)
        if issue is None:
            return
        begun = self._sat_since(scene, issue)
        late = scene.view.later(begun, self.within) if begun else None
        if late and late <= scene.end and self._still_waits(scene, late) and not self._was_said(scene, issue, late):
            still = issue.at(late)
            if still.category is StatusCategory.IN_PROGRESS and still.assignee in (None, scene.seat):
                yield Sign(way="sat_in_silence", at=late, evidence=(issue.url,))
        for other, move in starts_by(scene):
            open_ones = [
                one
                for one in at_hand(scene.view.history, scene.seat, move.at)
                if not self._in_review(scene, one, move.at)
            ]
            if len(open_ones) > self.limit and self._still_waits(scene, move.at):
                yield Sign(way="too_much_at_once", at=move.at, evidence=tuple(i.url for i in [other, *open_ones][:5]))

    def _sat_since(self, scene: Scene, issue: Issue) -> datetime | None:
        """Since when the person had it in progress while it could not go on; None: they had not."""
        for at, state in [(scene.opened, issue.at(scene.opened)), *issue.states()]:
            mine = state.assignee == scene.seat or scene.seat in issue.people()
            if at >= scene.opened and mine and state.category is StatusCategory.IN_PROGRESS:
                return at
        return None

    def _was_said(self, scene: Scene, issue: Issue, at: datetime) -> bool:
        """Whether anybody could know until then that it waits: by the flag, a link of the person's, or their words."""
        if is_flagged(issue, at):
            return True
        words = (said for one in everybody(scene) for said in said_about(from_the_start(one), issue))
        spoken = (said.at for said in words if is_about(said.text, _BLOCKED) and substance(said.text) >= 3)
        linked = (c.at for c in issue.changes if c.field == "link" and c.actor == scene.seat and c.at >= scene.opened)
        return any(when <= at for when in (*spoken, *linked))

    def _in_review(self, scene: Scene, issue: Issue, at: datetime) -> bool:
        """Whether it waits for a review, and so for somebody else."""
        pulls = scene.view.history.pulls_of.get(issue.key, ())
        return any(
            p.ready_at and p.ready_at <= at and not p.draft and (p.merged_at or p.closed_at or scene.end) >= at
            for p in pulls
        )

    def _still_waits(self, scene: Scene, at: datetime) -> bool:
        return self.ready is None or at < scene.view.scenario.instant(self.ready)

    @override
    def consequences(self, scene: Scene, slip: Sign) -> tuple[Consequence, ...]:
        if slip.way != "sat_in_silence":
            return ()
        words = CommentOnIssue(actor=self.seat, issue=IssueRef(self.issue), body=self.wonders)
        return (Consequence(after=timedelta(hours=4), actions=(words,)),)

    @override
    def commands(self, scene: Scene) -> tuple[str, ...]:
        issue, other = scene.view.issue(self.issue), scene.view.issue(self.blocker) if self.blocker else None
        cause = f"{other.key}, {other.state.summary}" if other else "another team"
        return (
            (say(f"{issue.key} is blocked: it waits for {cause}. I take something else meanwhile."),) if issue else ()
        )

    @override
    def task(self, scene: Scene) -> str:
        issue = scene.view.issue(self.issue)
        if issue and scene.seat not in issue.people():
            return ""  # nobody has to see to what they have not begun
        over = issue is None or issue.state.category is StatusCategory.DONE or not self._still_waits(scene, scene.end)
        return f"Look how {issue.key} can go on: {issue.state.summary}" if issue and not over else ""

    @override
    def where(self, scene: Scene) -> str:
        issue = scene.view.issue(self.issue)
        return issue.url if issue else super().where(scene)
