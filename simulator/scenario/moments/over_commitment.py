"""Moment 2: more is asked for than fits into the sprint."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Annotated, ClassVar, Literal

from pydantic import Field
from typing_extensions import override

from simulator.model.actions import Action, Channel, MoveIssue, PostNote
from simulator.model.history import Issue
from simulator.model.keys import IssueRef, SprintRef
from simulator.scenario.events.event import Stage
from simulator.scenario.moments.commands import say
from simulator.scenario.moments.deeds import said_by
from simulator.scenario.moments.moment import Consequence, Moment, Scene, Sign
from simulator.scenario.moments.traces import everybody
from simulator.scenario.moments.words import is_about, is_question, substance
from simulator.scenario.part import IssueId, SprintId, Text
from simulator.scenario.values import LengthText
from simulator.scenario.view import View

_LEAVING_OUT = (
    "leave out of",
    "left out",
    "out of the sprint",
    "out of this sprint",
    "has to leave",
    "have to leave",
    "should leave",
    "what leaves",
    "drop",
    "postpone",
    "next sprint",
    "too much",
    "not fit",
    "won't fit",
    "doesn't fit",
    "cannot fit",
    "can't fit",
    "will fit",
    "what fits",
    "capacity",
    "over-commit",
    "overcommit",
    "take out",
    "take it out",
    "move out",
    "move it out",
    "swap",
    "backlog",
    "stretch",
    "can wait",
    "wait until",
    "passt nicht",
    "zu viel",
    "nicht rein",
    "не влез",
    "не помест",
    "no cabe",
    "demasiado",
    "ne tient pas",
    "trop",
)


class OverCommitment(Moment):
    """The product owner wants more than the team can do: committing means leaving something out, aloud."""

    number: ClassVar[int] = 2
    title: ClassVar[str] = "More than fits into the sprint"
    ways: ClassVar[Mapping[str, str]] = {
        "cut_to_fit": "You took issues out of the sprint until it fitted the team's capacity.",
        "said_what_is_left_out": "You said aloud what will not fit, by name.",
        "asked_what_leaves": "You asked the product owner what should leave the sprint.",
        "planned_to_fit": "Your plan for the sprint stayed within the team's capacity.",
    }
    slips: ClassVar[Mapping[str, str]] = {
        "took_everything": "The sprint held more than the team can do, and nobody said so.",
    }
    usual_hints: ClassVar[tuple[str, str, str]] = (
        "Add up the points in the sprint. How many did the team finish in a sprint so far?",
        "Compare the sum at the top of the sprint in Jira with the capacity that was named in planning.",
        "Say on the issue or in the chat which one will not fit and why, and move it back to the backlog.",
    )
    usual_explanation: ClassVar[str] = (
        "A sprint that is full on the first day has no room for what nobody foresaw, and something always comes. "
        "What does not fit is not done faster by being promised; it is carried over, and the promise with it. "
        "Saying on day 1 what is left out lets the product owner choose; on day 10 nobody can. A rule of thumb: "
        "when more than a fifth of the points carry over, look at the capacity before you look at the people."
    )

    type: Literal["over_commitment"]
    issues: tuple[IssueId, ...] = ()
    """What `who` pushes into the sprint besides."""
    sprint: SprintId
    """Which sprint."""
    capacity: Annotated[float, Field(gt=0, le=10_000)]
    """Points that the team can do in that sprint."""
    push: Text | None = None
    """What `who` says about it in the chat."""
    decide_within: LengthText = timedelta(hours=8)
    """Working time until a sprint that is still too full counts as taken."""
    asks_after: LengthText = timedelta(hours=32)
    """Working time from then until `who` asks what will be ready."""
    asks: Text = (
        "Half of the sprint is gone, and I see more open points than days. Which of these will not be ready? I "
        "would have to tell people."
    )
    """What `who` asks then."""

    @override
    def opening(self, stage: Stage, about: Mapping[str, str]) -> tuple[Action, ...]:
        sprint = SprintRef(self.sprint)
        moved = tuple(MoveIssue(actor=self.seat, issue=IssueRef(issue), sprint=sprint) for issue in self.issues)
        said = (PostNote(actor=self.seat, channel=Channel.CHAT, text=self.push),) if self.push else ()
        return (*moved, *said)

    @override
    def well(self, scene: Scene) -> Iterator[Sign]:
        yield from self._cut(scene)
        for said in said_by(scene):
            planned = self._planned(scene, said.prompt)
            if planned is not None and 0 < planned <= self.capacity:
                yield Sign(way="planned_to_fit", at=said.at, evidence=(said.evidence,))
            if self._points(scene, said.at) <= self.capacity and not self.issues:
                continue  # nothing has to leave
            names_one = bool(self._named(scene, said.text)) or said.issue in self._in_sprint(scene, said.at)
            if names_one and is_about(said.text, _LEAVING_OUT) and substance(said.text) >= 3:
                way = "asked_what_leaves" if is_question(said.text) and "?" in said.text else "said_what_is_left_out"
                yield Sign(way=way, at=said.at, evidence=(said.evidence,))
            elif is_question(said.text, least=3) and is_about(said.text, _LEAVING_OUT):
                yield Sign(way="asked_what_leaves", at=said.at, evidence=(said.evidence,))

    def _cut(self, scene: Scene) -> Iterator[Sign]:
        sprint = self._sprint(scene.view)
        for issue in scene.view.history.issues.values():
            before = issue.initial
            for change in issue.changes:
                left = sprint in before.sprints and sprint not in change.state.sprints
                if left and change.actor == scene.seat and self._points(scene, change.at) <= self.capacity:
                    yield Sign(way="cut_to_fit", at=change.at, evidence=(change.url,))
                before = change.state

    def _planned(self, scene: Scene, prompt: str | None) -> float | None:
        """Points of the issues that an answer to a planning names, None for other prompts."""
        asked = scene.view.history.run.prompts.get(prompt or "")
        if asked is None or asked.kind != "planning" or asked.answer is None:
            return None
        chosen = " ".join(
            asked.answer.answers.get(str(f.get("id")), "") for f in asked.fields if f.get("kind") == "issues"
        )
        return sum(issue.state.points or 0.0 for issue in self._named(scene, chosen))

    @override
    def badly(self, scene: Scene) -> Iterator[Sign]:
        decided = scene.view.later(scene.opened, self.decide_within)
        if decided > scene.end or self._points(scene, decided) <= self.capacity:
            return
        signs = (sign for one in everybody(scene) for sign in self.well(one) if scene.holds(sign.at))
        if not any(sign.at <= decided for sign in signs):
            yield Sign(way="took_everything", at=decided, evidence=(f"sprint:{self._sprint(scene.view)}",))

    @override
    def consequences(self, scene: Scene, slip: Sign) -> tuple[Consequence, ...]:
        asked = PostNote(actor=self.seat, channel=Channel.CHAT, text=self.asks)
        return (Consequence(after=self.asks_after, actions=(asked,)),)

    @override
    def commands(self, scene: Scene) -> tuple[str, ...]:
        points, who = self._points(scene, scene.end), scene.view.history.name_of(self.seat).partition(" ")[0]
        fits = f"{points:g} points are in the sprint, and we can do {self.capacity:g}"
        return (say(f"{who}, {fits}. Which issue should leave the sprint?"),) if points > self.capacity else ()

    @override
    def task(self, scene: Scene) -> str:
        if self._points(scene, scene.end) <= self.capacity:
            return ""
        return f"Settle with {scene.view.history.name_of(self.seat)} what the sprint holds."

    @override
    def where(self, scene: Scene) -> str:
        pushed = (issue.url for ref in self.issues if (issue := scene.view.issue(ref)))
        return next(pushed, super().where(scene))

    # --- parts ------------------------------------------------------------------------------------------------------

    def _sprint(self, view: View) -> int | None:
        bound = view.bindings.get(f"sprint:{self.sprint}", "")
        running = view.history.sprint
        return int(bound) if bound.isdecimal() else running.id if running else None

    def _points(self, scene: Scene, at: datetime) -> float:
        history, sprint = scene.view.history, self._sprint(scene.view)
        counted = [
            i for i in history.issues.values() if i.created_at <= at and (i.deleted_at is None or i.deleted_at > at)
        ]
        states = [issue.at(at) for issue in counted]
        return sum(state.points or 0.0 for state in states if sprint in state.sprints)

    def _in_sprint(self, scene: Scene, at: datetime) -> set[str]:
        sprint = self._sprint(scene.view)
        return {key for key, issue in scene.view.history.issues.items() if sprint in issue.at(at).sprints}

    def _named(self, scene: Scene, text: str) -> list[Issue]:
        history = scene.view.history
        return [history.issues[key] for key in history.keys_in(text)]
