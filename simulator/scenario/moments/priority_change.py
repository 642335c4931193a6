"""Moment 11: the product owner's priorities change in the middle of the sprint."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Annotated, ClassVar, Literal

from pydantic import Field
from typing_extensions import override

from simulator.model.actions import (
    Action,
    Channel,
    CommentOnIssue,
    CreateIssues,
    EditIssue,
    MoveIssue,
    PostNote,
    RankIssue,
)
from simulator.model.agile import IssueChanges, Priority, StatusCategory
from simulator.model.history import Issue, Move, Said
from simulator.model.keys import IssueKey, IssueRef, SprintRef
from simulator.scenario.events.event import Stage
from simulator.scenario.moments.about_an_issue import AboutAnIssue
from simulator.scenario.moments.commands import say
from simulator.scenario.moments.deeds import said_by
from simulator.scenario.moments.moment import Consequence, Scene, Sign
from simulator.scenario.moments.traces import everybody, starts_by
from simulator.scenario.moments.words import is_about, is_question, substance
from simulator.scenario.part import IssueId, Text
from simulator.scenario.values import LengthText
from simulator.scenario.view import View

_MAKING_ROOM = (
    *("leave", "left out", "drop", "postpone", "later", "next sprint", "too much", "fit", "room", "capacity", "swap"),
    *("instead", "take out", "move out", "takes out", "goes out", "backlog", "give up", "make way", "pause", "park"),
    *("put off", "push back", "deprioriti", "in exchange", "trade", "wait"),
    *(
        "raus",
        "später",
        "verschieb",
        "nächsten sprint",
        "plus tard",
        "prochain sprint",
        "después",
        "próximo sprint",
        "позже",
    ),
)
_FEW_WORDS, _A_SENTENCE = 1, 3  # words with a meaning
_TELLING = ("priorit", "first", "top", "urgent", "switch", "change", "new", "now", "next", *_MAKING_ROOM)


class PriorityChange(AboutAnIssue):
    """Something new is more important now: a sprint that takes it in gives something of the same size back."""

    number: ClassVar[int] = 11
    brings: ClassVar[str] = "a change of priority"
    title: ClassVar[str] = "Priorities change in mid-sprint"
    ways: ClassVar[Mapping[str, str]] = {
        "swapped": "You took something of about the same size out of the sprint.",
        "asked_what_leaves": "You asked what should leave the sprint for it.",
        "said_what_leaves": "You said by name what will not be done in its place.",
        "told_the_team": "You told the team what is first now.",
        "took_it_first": "You started it before anything else that was still to do, and nothing else with it.",
    }
    slips: ClassVar[Mapping[str, str]] = {
        "took_it_besides": "It came into the sprint on top of everything else, and nobody said a word.",
        "went_on_as_before": "Other work was begun while what is first now waited.",
    }
    usual_hints: ClassVar[tuple[str, str, str]] = (
        "Something has come in. Is there still time for all the rest?",
        "Compare the points of the new issue with those that nobody has begun, at the end of the sprint's list.",
        "Ask the product owner on the new issue which one leaves for it, move that one to the backlog, and say so in "
        "the chat.",
    )
    usual_explanation: ClassVar[str] = (
        "Plans change, and a product owner who learns something new does right to say so. But a team's time does not "
        "grow with the list: what comes in pushes something out, either by decision today or by accident on the last "
        "day. So answer with a swap of about the same size, and let the owner choose. The Scrum Guide (2020) says that "
        "scope may be clarified and renegotiated with the product owner as more is learned. A rule of thumb: when more "
        "than a quarter of a sprint's points have changed, talk about its goal again."
    )

    type: Literal["priority_change"]
    before: IssueId | None = None
    """Ranked before this issue."""
    reason: Text
    """Why; `who` says it on the issue."""
    note: Text | None = None
    """What `who` says in the chat."""
    same_size: Annotated[float, Field(gt=0, le=1)] = 0.5
    """What leaves has at least this share of the new issue's points."""
    decide_within: LengthText = timedelta(hours=8)
    """Working time until silence counts as a yes to everything."""
    asks: Text = (
        "I have just told two customers that they get everything this sprint, because nobody said otherwise. Looking "
        "at the board, I am not so sure any more. What will not be ready?"
    )
    """What `who` asks in the chat later when nothing left."""
    wonders: Text = "I see that other work was begun since. Is anything in the way here? It is what I need first."
    """What `who` asks on the issue later when it waited."""

    @override
    def opening(self, stage: Stage, about: Mapping[str, str]) -> tuple[Action, ...]:
        who, issue, sprint = self.seat, IssueRef(self.ref), SprintRef(self.sprint)
        actions: list[Action] = []
        if self.new:
            actions.append(CreateIssues(actor=who, issues=(self.new.draft(),), sprint=sprint))
        else:
            first = IssueChanges(priority=Priority.HIGHEST)
            actions += [
                MoveIssue(actor=who, issue=issue, sprint=sprint),
                EditIssue(actor=who, issue=issue, changes=first),
            ]
        if self.before:
            actions.append(RankIssue(actor=who, issue=issue, before=IssueRef(self.before)))
        actions.append(CommentOnIssue(actor=who, issue=issue, body=self.reason))
        if self.note:
            actions.append(PostNote(actor=who, channel=Channel.CHAT, text=self.note))
        return tuple(actions)

    @override
    def well(self, scene: Scene) -> Iterator[Sign]:
        issue = scene.view.issue(self.ref)
        if issue is None:
            return
        yield from self._swapped(scene, issue)
        for said in said_by(scene):
            others = [key for key in scene.view.history.keys_in(said.text) if key != issue.key]
            here = said.issue == issue.key or issue.key in scene.view.history.keys_in(said.text)
            makes_room = is_about(said.text, _MAKING_ROOM)
            if makes_room and is_question(said.text, least=3) and "?" in said.text:
                yield Sign(way="asked_what_leaves", at=said.at, evidence=(said.evidence,))
            elif makes_room and self._names_another(said, issue, others):
                yield Sign(way="said_what_leaves", at=said.at, evidence=(said.evidence,))
            elif here and said.channel and is_about(said.text, _TELLING) and substance(said.text) >= 3:
                yield Sign(way="told_the_team", at=said.at, evidence=(said.evidence,))
        started = next(self._started(scene), None)
        if started and started[0].key == issue.key:
            yield Sign(way="took_it_first", at=started[1].at, evidence=(issue.url,))

    def _names_another(self, said: Said, issue: Issue, others: Sequence[IssueKey]) -> bool:
        """Whether it says which issue makes room: by its key few words are enough, on the issue itself it takes a sentence."""
        elsewhere = said.issue not in (None, issue.key)
        return substance(said.text) >= (_FEW_WORDS if others else _A_SENTENCE) and bool(others or elsewhere)

    def _swapped(self, scene: Scene, new: Issue) -> Iterator[Sign]:
        """The issues that the person took out, once they add up."""
        wanted, gone, urls = (new.state.points or 0.0) * self.same_size, 0.0, [new.url]
        for at, issue, points in self._taken_out(scene, new):
            gone, urls = gone + points, [*urls, issue.url]
            if gone >= wanted:
                yield Sign(way="swapped", at=at, evidence=tuple(urls))
                return

    def _taken_out(self, scene: Scene, new: Issue, *, by_anybody: bool = False) -> list[tuple[datetime, Issue, float]]:
        sprint, found = self._sprint(scene.view), []
        for issue in scene.view.history.issues.values():
            before = issue.initial
            for change in issue.changes:
                left = sprint in before.sprints and sprint not in change.state.sprints
                undone = before.category is not StatusCategory.DONE and issue.key != new.key
                theirs = by_anybody or change.actor == scene.seat
                if left and undone and theirs and scene.holds(change.at):
                    found.append((change.at, issue, before.points or 0.0))
                before = change.state
        return sorted(found, key=lambda entry: (entry[0], entry[1].key))

    @override
    def badly(self, scene: Scene) -> Iterator[Sign]:
        issue = scene.view.issue(self.ref)
        if issue is None:
            return
        decided = scene.view.later(scene.opened, self.decide_within)
        signs = (sign for one in everybody(scene) for sign in self.well(one))
        spoke = any(sign.at <= decided and sign.way != "took_it_first" for sign in signs)
        if decided <= scene.end and not spoke and not self._others_made_room(scene, issue, decided):
            yield Sign(way="took_it_besides", at=decided, evidence=(issue.url,))
        started = next(self._started(scene), None)
        waits = started and issue.at(started[1].at).category is StatusCategory.TO_DO
        if started and waits and issue.at(started[1].at).assignee in (None, scene.seat):
            yield Sign(way="went_on_as_before", at=started[1].at, evidence=(started[0].url, issue.url))

    def _started(self, scene: Scene) -> Iterator[tuple[Issue, Move]]:
        """What the person began since, without what came up later still, such as an incident."""
        return ((issue, move) for issue, move in starts_by(scene) if not self._came_later(scene, issue))

    def _came_later(self, scene: Scene, issue: Issue) -> bool:
        new = scene.view.issue(self.ref)
        return new is not None and issue.key != new.key and issue.created_at > scene.opened

    def _others_made_room(self, scene: Scene, new: Issue, at: datetime) -> bool:
        """Whether somebody else took the new issue, or it left again, or somebody else took enough out for it."""
        state, sprint = new.at(at), self._sprint(scene.view)
        gone = sum(points for when, _, points in self._taken_out(scene, new, by_anybody=True) if when <= at)
        enough = 0 < (new.state.points or 0.0) * self.same_size <= gone
        return enough or sprint not in state.sprints or state.assignee not in (None, scene.seat)

    @override
    def consequences(self, scene: Scene, slip: Sign) -> tuple[Consequence, ...]:
        if slip.way == "went_on_as_before":
            words = CommentOnIssue(actor=self.seat, issue=IssueRef(self.ref), body=self.wonders)
            return (Consequence(after=timedelta(hours=4), actions=(words,)),)
        asked = PostNote(actor=self.seat, channel=Channel.CHAT, text=self.asks)
        return (Consequence(after=timedelta(hours=12), actions=(asked,)),)

    @override
    def commands(self, scene: Scene) -> tuple[str, ...]:
        issue, who = self.undone(scene), scene.view.history.name_of(self.seat).partition(" ")[0]
        asked = "I take it first. Which issue of about the same size should leave the sprint for it?"
        return (say(f"{who}, about {issue.key}: {asked}"),) if issue else ()

    @override
    def task(self, scene: Scene) -> str:
        issue = self.undone(scene)
        return f"See what {issue.key} means for the sprint: {issue.state.summary}" if issue else ""

    # --- parts ------------------------------------------------------------------------------------------------------

    def _sprint(self, view: View) -> int | None:
        bound = view.bindings.get(f"sprint:{self.sprint}", "")
        return int(bound) if bound.isdecimal() else None
