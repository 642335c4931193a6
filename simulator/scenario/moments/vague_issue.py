"""Moment 1: an issue that says too little to be built."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import ClassVar, Literal

from typing_extensions import override

from simulator.model.actions import CommentOnIssue
from simulator.model.agile import StatusCategory
from simulator.model.history import Change, Issue
from simulator.model.keys import IssueRef
from simulator.scenario.moments.commands import say
from simulator.scenario.moments.deeds import changes_by, first_code, from_the_start, said_about
from simulator.scenario.moments.moment import Consequence, Moment, Scene, Sign
from simulator.scenario.moments.traces import everybody
from simulator.scenario.moments.words import asks_for_a_look, is_question, listed_points, substance
from simulator.scenario.part import IssueId, Text
from simulator.scenario.values import LengthText
from simulator.scenario.view import View

_A_PROPOSAL = 12  # words with a meaning: less cannot say what somebody is going to build
_ADDED = 6


class VagueIssue(Moment):
    """An issue with one vague sentence: who asks before building spares everybody the wrong thing."""

    number: ClassVar[int] = 1
    title: ClassVar[str] = "An issue without acceptance criteria"
    ways: ClassVar[Mapping[str, str]] = {
        "asked": "You asked what is meant before you wrote code.",
        "proposed": "You wrote down how you understand it before you wrote code, so that anybody could object.",
        "wrote_criteria": "You put criteria into the issue before you wrote code.",
        "put_back": "You took it out of the sprint because it was not ready, and said so.",
        "asked_after_all": "You asked while you were building, early enough to change course.",
    }
    slips: ClassVar[Mapping[str, str]] = {
        "started_blind": "Code was written before anybody knew what would be right.",
    }
    usual_hints: ClassVar[tuple[str, str, str]] = (
        "Read the issue once more as if you had to test it. How would you know that it is done?",
        "Look at the issue's description and at who reported it. They are there all day.",
        "Comment on the issue before you move it: which cases are meant, what should happen in each, what is out of "
        "scope? Then write the answer into the description as criteria.",
    )
    usual_explanation: ClassVar[str] = (
        "A sentence such as “make it better” can be met in a hundred ways, and ninety of them are wrong. A question "
        "costs minutes; the wrong thing costs days, and the review finds it last. Agree on examples before the "
        "first line: given this, when that, then what? Put them into the issue, for whoever tests it and whoever "
        "reads it next year. Many teams call an issue ready only when it has criteria (Definition of Ready)."
    )

    type: Literal["vague_issue"]
    issue: IssueId
    """The issue that says too little."""
    notices_after: LengthText = timedelta(hours=16)
    """Working time from the slip until somebody sees that it is not what was meant."""
    misunderstood: Text = (
        "I had a look at where this is going, and it is not what I meant. What hurts is something else, and I "
        "should have been asked, or should have written it down. Can we talk before you go on?"
    )
    """What `who` says then on the issue."""

    @override
    def obstacle(self, view: View, about: Mapping[str, str]) -> str:
        issue = view.issue(self.issue)
        return "" if issue and issue.deleted_at is None else f"the issue {self.issue} is not there"

    @override
    def concerns(self, scene: Scene) -> bool:
        issue = scene.view.issue(self.issue)
        owner = issue.state.assignee if issue else None
        return super().concerns(scene) and (owner is None or owner == scene.seat or not scene.view.is_human(owner))

    @override
    def well(self, scene: Scene) -> Iterator[Sign]:
        for sign in self._shown(from_the_start(scene)):
            yield replace(sign, at=max(sign.at, scene.opened))

    def _shown(self, scene: Scene) -> Iterator[Sign]:
        issue = scene.view.issue(self.issue)
        if issue is None:
            return
        code = first_code(scene, issue.key)
        asked = False
        for said in said_about(scene, issue):
            if asks_for_a_look(said.text):
                continue
            if is_question(said.text, least=3) and (_before(said.at, code) or not asked):
                asked = True
                way = "asked" if _before(said.at, code) else "asked_after_all"
                yield Sign(way=way, at=said.at, evidence=(said.evidence,))
            elif _before(said.at, code) and substance(said.text) >= _A_PROPOSAL:
                yield Sign(way="proposed", at=said.at, evidence=(said.evidence,))
        for change in changes_by(scene, issue, "description"):
            if _before(change.at, code) and _adds_criteria(change):
                yield Sign(way="wrote_criteria", at=change.at, evidence=(change.url,))
        yield from self._put_back(scene, issue)

    def _put_back(self, scene: Scene, issue: Issue) -> Iterator[Sign]:
        words = [said for said in said_about(scene, issue) if substance(said.text) >= 2]
        for change in changes_by(scene, issue, "sprint"):
            if words and not change.state.sprints:
                at = max(change.at, words[0].at)
                yield Sign(way="put_back", at=at, evidence=(change.url, words[0].evidence))

    @override
    def badly(self, scene: Scene) -> Iterator[Sign]:
        issue = scene.view.issue(self.issue)
        code = first_code(scene, issue.key) if issue else None
        if issue is None or code is None:
            return
        signs = (sign for one in everybody(scene) for sign in self._shown(from_the_start(one)))
        if not any(_before(sign.at, code) for sign in signs):
            yield Sign(way="started_blind", at=code, evidence=(issue.url,))

    @override
    def consequences(self, scene: Scene, slip: Sign) -> tuple[Consequence, ...]:
        words = CommentOnIssue(actor=self.seat, issue=IssueRef(self.issue), body=self.misunderstood)
        return (Consequence(after=self.notices_after, actions=(words,)),)

    @override
    def where(self, scene: Scene) -> str:
        found = scene.view.issue(self.issue)
        return found.url if found else ""

    @override
    def commands(self, scene: Scene) -> tuple[str, ...]:
        issue = scene.view.issue(self.issue)
        who = scene.view.history.name_of(self.seat).partition(" ")[0]
        asked = "which cases are meant, what should happen in each, and how do we see that it is done?"
        return (say(f"{who}, about {issue.key}: {asked}"),) if issue else ()

    @override
    def task(self, scene: Scene) -> str:
        issue = scene.view.issue(self.issue)
        if issue and (issue.deleted_at or issue.state.category is StatusCategory.DONE):
            return ""
        return f"Get {issue.key if issue else self.issue} ready to be built: {issue.state.summary if issue else ''}".rstrip(
            ": "
        )


def _before(at: datetime, code: datetime | None) -> bool:
    return code is None or at <= code


def _adds_criteria(change: Change) -> bool:
    more = substance(change.after) - substance(change.before)
    return more >= _ADDED or (more > 0 and listed_points(change.after) > listed_points(change.before))
