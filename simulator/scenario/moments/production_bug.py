"""Moment 12: something is broken where customers are, now."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Annotated, ClassVar, Literal

from pydantic import Field
from typing_extensions import override

from simulator.model.actions import Action, Channel, CommentOnIssue, CreateIssues, PostNote
from simulator.model.agile import StatusCategory
from simulator.model.history import Issue, PullRequest
from simulator.model.keys import IssueRef, SprintRef
from simulator.scenario.events.event import Stage
from simulator.scenario.moments.about_an_issue import AboutAnIssue
from simulator.scenario.moments.commands import begin, branch_for, say
from simulator.scenario.moments.deeds import changes_by, first_code, pulls_by, said_about, said_by
from simulator.scenario.moments.moment import Consequence, Scene, Sign
from simulator.scenario.moments.traces import at_hand, everybody, fits_one, moves_by
from simulator.scenario.moments.words import is_about, substance
from simulator.scenario.part import Text
from simulator.scenario.people import PathPattern
from simulator.scenario.values import LengthText

_PARKING = (
    *(
        "park",
        "paus",
        "on hold",
        "put aside",
        "set aside",
        "later",
        "interrupt",
        "back to",
        "comes first",
        "stop",
        "wait",
    ),
    *("production", "incident", "hotfix", "pausier", "en pause", "pausa"),
)
_REVERT = re.compile(r"(?i)\brevert|\broll(?:ing)? ?back")  # back to what was tested before


class ProductionBug(AboutAnIssue):
    """An incident comes in: somebody takes it, parks the rest, and mends it from main, small and with a test."""

    number: ClassVar[int] = 12
    brings: ClassVar[str] = "a production bug"
    urgent: ClassVar[bool] = True
    title: ClassVar[str] = "A bug in production"
    ways: ClassVar[Mapping[str, str]] = {
        "took_it_at_once": "You took the incident, or answered it, within the hour.",
        "parked_the_rest": "You parked what you were working on, so that it was plain what comes first.",
        "branched_from_main": "The fix came on a branch of its own from the default branch, and carries the incident's key.",
        "kept_it_small": "The fix changed only what it had to.",
        "added_a_test": "The fix came with a test, so that the bug cannot come back unseen.",
        "told_the_cause": "You wrote on the incident what it was and what you did.",
    }
    slips: ClassVar[Mapping[str, str]] = {
        "unanswered": "The incident stood there for hours, and nobody knew whether anybody was at it.",
        "mixed_in": "The fix came together with a feature, so one could not go out without the other.",
        "no_test": "The fix was merged without a test.",
    }
    usual_hints: ClassVar[tuple[str, str, str]] = (
        "Customers are waiting. Does anybody know that you are at it?",
        "Look at the incident's issue, and at what the default branch holds: that is what runs in production.",
        "Assign the incident to yourself and say so. Make a branch with its key from the default branch, write a test "
        "that fails, mend it with as few lines as you can, open a pull request at once. Then write on the issue what "
        "it was.",
    )
    usual_explanation: ClassVar[str] = (
        "In an incident the first thing that helps is a sentence: I am at it. It stops others from starting, too, and "
        "lets support answer. What runs in production is the default branch, so the fix starts there and carries "
        "nothing else: a half-built feature that goes out with it is the next incident. A small change is read in "
        "minutes; under 50 lines is a good size. A test that failed before and passes now is the only proof that it is "
        "mended, and the reason why it stays so. How long that takes is one of DORA's four keys, the time to restore."
    )

    type: Literal["production_bug"]
    alarm: Text
    """What `who` says in the chat."""
    details: Text | None = None
    """What `who` adds on the incident: what was seen, since when."""
    at_once: LengthText = timedelta(hours=1)
    """Working time in which an answer is quick."""
    patience: LengthText = timedelta(hours=3)
    """Working time after which no answer is a slip."""
    small: Annotated[int, Field(ge=1, le=100_000)] = 50
    """Changed lines written by hand up to which a fix is small; tests do not count."""
    tests: PathPattern = "*test*"
    """Shell pattern of the files that are tests."""
    presses: Text = "Support asks me every ten minutes. Is somebody at it? I only need to know who."
    """What `who` says on the incident when nobody answers."""
    is_back: Text = (
        "Bad news: it happens again, the same thing by another road. I looked for a test of the fix and found none. "
        "Could we write one before we mend it a second time?"
    )
    """What `who` says on the incident later when the fix had no test."""
    stuck: Text = (
        "I wanted to put the fix out this morning and could not: it hangs on the feature that it came with. We had to "
        "patch the server by hand. Next time on a branch of its own, please."
    )
    """What `who` says on the incident when the fix came with a feature."""

    @override
    def opening(self, stage: Stage, about: Mapping[str, str]) -> tuple[Action, ...]:
        who, issue = self.seat, IssueRef(self.ref)
        actions: list[Action] = []
        if self.new:
            actions.append(CreateIssues(actor=who, issues=(self.new.draft(),), sprint=SprintRef(self.sprint)))
        if self.details:
            actions.append(CommentOnIssue(actor=who, issue=issue, body=self.details))
        return (*actions, PostNote(actor=who, channel=Channel.CHAT, text=self.alarm))

    @override
    def well(self, scene: Scene) -> Iterator[Sign]:
        incident = scene.view.issue(self.ref)
        if incident is None:
            return
        answered = self._answer(scene, incident)
        if answered and answered.at <= scene.view.later(scene.opened, self.at_once):
            yield answered
        yield from self._parked(scene, incident)
        for fix in self._fixes(scene, incident):
            if not self._mixes(scene, fix, incident):
                yield Sign(way="branched_from_main", at=fix.opened_at, evidence=(fix.url,))
            if fix.merged_at and 0 < self._own_lines(fix) <= self.small:
                yield Sign(way="kept_it_small", at=fix.merged_at, evidence=(fix.url,))
            if self._tested(fix):
                yield Sign(way="added_a_test", at=fix.heads[-1].at, evidence=(fix.url,))
        yield from self._told(scene, incident)

    def _parked(self, scene: Scene, incident: Issue) -> Iterator[Sign]:
        """What was at hand when it came in goes back to the board's left, gets the flag, or a word."""
        for issue in at_hand(scene.view.history, scene.seat, scene.opened):
            if issue.key == incident.key:
                continue
            for move in moves_by(scene, issue):
                if move.after.category is StatusCategory.TO_DO:
                    yield Sign(way="parked_the_rest", at=move.at, evidence=(issue.url,))
            for change in changes_by(scene, issue, "flagged"):
                if change.after.strip():
                    yield Sign(way="parked_the_rest", at=change.at, evidence=(change.url,))
            for said in said_about(scene, issue):
                if is_about(said.text, _PARKING) and substance(said.text) >= 2:
                    yield Sign(way="parked_the_rest", at=said.at, evidence=(said.evidence,))

    def _told(self, scene: Scene, incident: Issue) -> Iterator[Sign]:
        fixes = tuple(self._fixes(scene, incident))
        since = min((fix.opened_at for fix in fixes), default=None)
        for said in said_about(scene, incident):
            if said.pull is None and since and said.at >= since and substance(said.text) >= 5:
                yield Sign(way="told_the_cause", at=said.at, evidence=(said.evidence,))

    @override
    def badly(self, scene: Scene) -> Iterator[Sign]:
        incident = scene.view.issue(self.ref)
        if incident is None:
            return
        late = scene.view.later(scene.opened, self.patience)
        answered = self._answer(scene, incident)
        if late <= scene.end and not (answered and answered.at <= late) and not self._is_others(scene, incident, late):
            yield Sign(way="unanswered", at=late, evidence=(incident.url,))
        for fix in self._fixes(scene, incident):
            if self._mixes(scene, fix, incident):
                yield Sign(way="mixed_in", at=max(fix.opened_at, scene.opened), evidence=(fix.url,))
            if fix.merged_at and fix.heads and not self._tested(fix) and not _REVERT.search(fix.title):
                yield Sign(way="no_test", at=fix.merged_at, evidence=(fix.url,))

    @override
    def consequences(self, scene: Scene, slip: Sign) -> tuple[Consequence, ...]:
        text, hours = {
            "unanswered": (self.presses, 0.5),
            "no_test": (self.is_back, 10),
            "mixed_in": (self.stuck, 6),
        }[slip.way]
        words = CommentOnIssue(actor=self.seat, issue=IssueRef(self.ref), body=text)
        return (Consequence(after=timedelta(hours=hours), actions=(words,)),)

    @override
    def commands(self, scene: Scene) -> tuple[str, ...]:
        issue = self.undone(scene)
        return (say(f"I am on it: {issue.key}."), *begin(scene.view, branch_for(issue))) if issue else ()

    @override
    def task(self, scene: Scene) -> str:
        issue = self.undone(scene)
        return f"Production has a bug, {issue.key}: {issue.state.summary}" if issue else ""

    # --- parts ------------------------------------------------------------------------------------------------------

    def _answer(self, scene: Scene, incident: Issue) -> Sign | None:
        """The first thing by which the person showed that they are at it."""
        shown: list[tuple[datetime, str]] = [(move.at, incident.url) for move in moves_by(scene, incident)]
        taken = (change for change in changes_by(scene, incident, "assignee") if change.state.assignee == scene.seat)
        shown += [(change.at, change.url) for change in taken]
        shown += [(said.at, said.evidence) for said in said_about(scene, incident) if substance(said.text) >= 2]
        chat = (
            said for said in said_by(scene) if said.channel and is_about(said.text, ("on it", "at it", "i'll take"))
        )
        shown += [(said.at, said.evidence) for said in chat]
        code = first_code(scene, incident.key)
        shown += [(code, incident.url)] if code else []
        first = min((entry for entry in shown if scene.holds(entry[0])), default=None)
        return Sign(way="took_it_at_once", at=first[0], evidence=(first[1],)) if first else None

    def _is_others(self, scene: Scene, incident: Issue, at: datetime) -> bool:
        """Whether somebody else was at it by then."""
        answers = (self._answer(one, incident) for one in everybody(scene) if one.seat != scene.seat)
        state = incident.at(at)
        over = state.category is StatusCategory.DONE or (incident.deleted_at is not None and incident.deleted_at <= at)
        return (
            over
            or state.assignee not in (None, scene.seat)
            or any(answer is not None and answer.at <= at for answer in answers)
        )

    def _fixes(self, scene: Scene, incident: Issue) -> Iterator[PullRequest]:
        """The person's pull requests that name the incident, in the branch, the title, the commits or the description."""
        history = scene.view.history
        own = {pull.number: pull for pull in pulls_by(scene)}
        own |= {p.number: p for p in history.pulls.values() if p.author == scene.seat and self._is_alive(scene, p)}
        for pull in own.values():
            named = history.keys_in("\n".join([pull.head, pull.title, *(commit.message for commit in pull.commits)]))
            told = not named and incident.key in history.keys_in(pull.body[:5_000])  # else it is work on something else
            if incident.key in named or told:
                yield pull

    def _is_alive(self, scene: Scene, pull: PullRequest) -> bool:
        over = pull.merged_at or pull.closed_at
        return pull.opened_at <= scene.end and (over is None or over > scene.opened)

    def _mixes(self, scene: Scene, fix: PullRequest, incident: Issue) -> bool:
        """Whether a fix holds other work: it began before the incident, names another issue, or goes onto another branch."""
        history = scene.view.history
        others = {key for key in history.keys_in(f"{fix.head} {fix.title}") if key != incident.key}
        early = any(commit.at < scene.opened and commit.parents == 1 for commit in fix.commits)
        return fix.opened_at < scene.opened or early or bool(others) or fix.base != history.default_branch

    def _own_lines(self, fix: PullRequest) -> int:
        files = fix.heads[-1].files if fix.heads else ()
        return sum(file.additions + file.deletions for file in files if not fits_one(file.path, (self.tests,)))

    def _tested(self, fix: PullRequest) -> bool:
        files = fix.heads[-1].files if fix.heads else ()
        return any(fits_one(file.path, (self.tests,)) and file.additions for file in files)
