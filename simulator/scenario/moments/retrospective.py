"""Moment 18: the retrospective, and what becomes of its action in the next sprint."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from shlex import quote
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field
from typing_extensions import override

from simulator.model.actions import Channel, CommentOnIssue, PostNote
from simulator.model.agile import StatusCategory
from simulator.model.history import Issue, Prompt
from simulator.model.keys import IssueRef
from simulator.scenario.moments.deeds import said_about, said_by
from simulator.scenario.moments.moment import Consequence, Moment, Scene, Sign
from simulator.scenario.moments.traces import issues_made_by, moves_by
from simulator.scenario.moments.words import is_about, substance
from simulator.scenario.part import EventId, Text

if TYPE_CHECKING:
    from simulator.scenario.loaded import SprintWindow

_VAGUE = re.compile(
    r"(?i)\b(?:communicat\w*|(?:be|do|get|become|work|try|go)\s+(?:\w+\s+)?(?:better|harder|faster|more careful\w*)|improv\w*"
    r"|be more \w+|more (?:careful|attention|discipline|focus)\w*|pay (?:more )?attention"
    r"|better (?:team\s?work|quality|planning|code)"
    r"|besser\w*|mieux|mejor\w*|лучше)\b"
)
_TELLS_BY = re.compile(
    r"\d|\b(?:every|each|daily|before|after|within|until|when|whenever|by (?:mon|tue|wed|thu|fri)|at most|under)\b",
    re.I,
)
_PROPOSING = (
    *(
        "retro",
        "next time",
        "next sprint",
        "from now on",
        "from tomorrow",
        "we should",
        "i will",
        "i'll",
        "let's",
        "let us",
    ),
    *("action", "agree to", "start doing", "stop doing", "nächste", "prochain", "próxim", "следующ"),
)
_LABELS = frozenset({"retro", "retrospective", "action", "improvement", "kaizen"})
_LONGEST_READ = 5_000


class Retrospective(Moment):
    """A retrospective comes to an action that somebody owns, and the next sprint shows what became of it.

    Stands beside an event of the type `retro`, which asks; it stays open into the following sprint.
    """

    number: ClassVar[int] = 18
    title: ClassVar[str] = "The retrospective and its action"
    sprints: ClassVar[int] = 2
    ways: ClassVar[Mapping[str, str]] = {
        "decided_something": "Your action was concrete: one can see whether it is done, and it has an owner.",
        "wrote_it_down": "You made the action an issue.",
        "said_it": "You told the team in plain words what you will do differently.",
        "came_back_to_it": "You came back to the action in the next sprint.",
        "did_it": "The action was done in the next sprint.",
        "does_better": "What you wanted to do better went better in the next sprint.",
    }
    slips: ClassVar[Mapping[str, str]] = {
        "nothing_decided": "The retrospective ended without an action.",
        "left_it_vague": "The action was a good wish: nobody could tell whether it is done.",
        "forgot_it": "Half of the next sprint went by, and nobody had looked at the action.",
    }
    usual_hints: ClassVar[tuple[str, str, str]] = (
        "What would you do differently next Monday, and how would a colleague notice?",
        "Look at the habit with the lowest number in the report, and at the issue that comes of your action.",
        "Write one action that can be seen to be done, such as `pull requests under 300 lines, split before opening`, "
        "put your name to it, and comment on its issue in the next sprint what came of it.",
    )
    usual_explanation: ClassVar[str] = (
        "A retrospective is worth what changes after it. `Communicate better` changes nothing, since nobody can say on "
        "Friday whether it happened. One action that is small, owned and visible beats ten wishes; as an issue of the "
        "next sprint it competes with the rest of the work fairly. Look at it again before you decide on the next one. "
        "The Scrum Guide (2020) says that the most impactful improvements are addressed as soon as possible and may "
        "even be added to the next sprint's backlog."
    )

    type: Literal["retrospective"]
    retro: EventId
    """The event of type `retro` that asks."""
    concrete: Annotated[int, Field(ge=2, le=50)] = 4
    """Words with a meaning that an action needs at least."""
    how_seen: Text = (
        "I like where this goes. How will we see in two weeks that it happened? If we had a number or a day for it, I "
        "would know what to look for."
    )
    """What `who` asks in the chat when the action is vague."""
    reminds: Text = (
        "We wanted to try this in this sprint, and half of it is gone. Is it still a good idea? If not, let's close it "
        "and say why; that is fine, too."
    )
    """What `who` says on the action's issue when nobody came back to it."""

    @override
    def well(self, scene: Scene) -> Iterator[Sign]:
        prompt = self._prompt(scene)
        if prompt and prompt.answer and self._is_concrete(_action(prompt)):
            yield Sign(way="decided_something", at=prompt.answer.at, evidence=(f"prompt:{prompt.id}",))
        for issue in issues_made_by(scene):
            meant = (
                _LABELS & {label.lower() for label in issue.state.labels} or "retro" in issue.initial.summary.lower()
            )
            if meant and self._is_concrete(f"{issue.initial.summary} {issue.initial.description}"):
                yield Sign(way="wrote_it_down", at=issue.created_at, evidence=(issue.url,))
        following = self._following(scene)
        for said in said_by(scene):
            in_time = following is None or said.at < following.start
            if said.channel and in_time and is_about(said.text, _PROPOSING) and self._is_concrete(said.text):
                yield Sign(way="said_it", at=said.at, evidence=(said.evidence,))
        yield from self._came_back(scene)
        yield from self._better(scene, prompt)

    def _came_back(self, scene: Scene) -> Iterator[Sign]:
        following = self._following(scene)
        for issue in self._issues(scene) if following else ():
            begun = max(following.start, issue.created_at) if following else scene.opened
            for move in moves_by(scene, issue):
                if move.at >= begun:
                    way = "did_it" if move.after.category is StatusCategory.DONE else "came_back_to_it"
                    yield Sign(way=way, at=move.at, evidence=(issue.url,))
            for said in said_about(scene, issue):
                if said.at >= begun and substance(said.text) >= 2:
                    yield Sign(way="came_back_to_it", at=said.at, evidence=(said.evidence,))

    def _better(self, scene: Scene, before: Prompt | None) -> Iterator[Sign]:
        """The same rule was kept in a greater share by the next retrospective, as that one says."""
        rule = before.answer.answers.get("habit", "") if before and before.answer else ""
        if before is None or not rule:
            return
        then = _share_in(" ".join(_notes(before, rule)))
        later = (
            p for p in scene.view.history.run.prompts.values() if p.kind == "retrospective" and p.seat == scene.seat
        )
        for prompt in sorted((p for p in later if p.at > before.at), key=lambda p: p.at):
            now = _share_in(prompt.text.rpartition(f"{rule} was ")[2].rpartition("; now ")[2])
            if then is not None and now is not None and now > then:
                yield Sign(way="does_better", at=prompt.at, evidence=(f"prompt:{before.id}", f"prompt:{prompt.id}"))

    @override
    def badly(self, scene: Scene) -> Iterator[Sign]:
        prompt = self._prompt(scene)
        answer = prompt.answer if prompt else None
        if prompt and answer and _action(prompt).strip() and not self._is_concrete(_action(prompt)):
            yield Sign(way="left_it_vague", at=answer.at, evidence=(f"prompt:{prompt.id}",))
        over = prompt.until if prompt else None
        silent = prompt and not _action(prompt).strip() and not any(over and s.at <= over for s in self.well(scene))
        if prompt and over and over < scene.end and silent:
            yield Sign(way="nothing_decided", at=over, evidence=(f"prompt:{prompt.id}",))
        yield from self._forgotten(scene)

    def _forgotten(self, scene: Scene) -> Iterator[Sign]:
        following = self._following(scene)
        if following is None:
            return
        half = scene.view.later(following.start, scene.view.worked(following.start, following.end) / 2)
        seen = [sign.at for sign in self._came_back(scene)]
        for issue in self._issues(scene):
            mine = issue.state.assignee in (None, scene.seat) and issue.state.category is not StatusCategory.DONE
            if mine and half <= scene.end and not any(at <= half for at in seen) and issue.created_at < half:
                yield Sign(way="forgot_it", at=half, evidence=(issue.url,))

    @override
    def consequences(self, scene: Scene, slip: Sign) -> tuple[Consequence, ...]:
        issue = next(self._issues(scene), None)
        if slip.way == "left_it_vague":
            said = PostNote(actor=self.seat, channel=Channel.CHAT, text=self.how_seen)
            return (Consequence(after=timedelta(minutes=10), actions=(said,)),)
        if slip.way == "forgot_it" and issue:
            words = CommentOnIssue(actor=self.seat, issue=IssueRef(issue.key), body=self.reminds)
            return (Consequence(after=timedelta(hours=1), actions=(words,)),)
        return ()

    @override
    def commands(self, scene: Scene) -> tuple[str, ...]:
        prompt = self._prompt(scene)
        is_open = prompt is not None and prompt.answer is None and prompt.is_open(scene.view.now)
        return (f"sprintdojo answer {quote(prompt.id)}",) if prompt and is_open else ()

    @override
    def task(self, scene: Scene) -> str:
        issue = next(self._issues(scene), None)
        following = self._following(scene)
        if issue and following and scene.view.now >= following.start:
            return f"Look at what we wanted to try, {issue.key}: {issue.state.summary}"
        prompt = self._prompt(scene)
        asked = prompt is None or (prompt.answer is None and prompt.is_open(scene.view.now))
        return "Think back over the sprint: what is the one thing to do differently?" if asked else ""

    @override
    def where(self, scene: Scene) -> str:
        issue = next(self._issues(scene), None)
        return issue.url if issue else super().where(scene)

    # --- parts ------------------------------------------------------------------------------------------------------

    def _prompt(self, scene: Scene) -> Prompt | None:
        """The question that the retrospective asked this person."""
        prompt = scene.view.history.run.prompts.get(f"{self.retro}:{scene.seat}")
        if prompt and prompt.answer and not scene.holds(prompt.answer.at):
            return None
        return prompt if prompt and prompt.at <= scene.end else None

    def _issues(self, scene: Scene) -> Iterator[Issue]:
        """The issues that stand for the action: the one that came of the answer, and what the person wrote down."""
        found = scene.view.issue(f"action-{self.retro}-{scene.seat}")
        if found and found.deleted_at is None and scene.holds(found.created_at):
            yield found
        for issue in issues_made_by(scene):
            if issue != found and _LABELS & {label.lower() for label in issue.state.labels}:
                yield issue

    def _following(self, scene: Scene) -> SprintWindow | None:
        """The sprint after the one in which it opened."""
        return next((window for window in scene.view.scenario.sprints if window.start > scene.opened), None)

    def _is_concrete(self, text: str) -> bool:
        text = text[:_LONGEST_READ]
        without = _VAGUE.sub(" ", text)
        vague = without != text and _TELLS_BY.search(text) is None
        return substance(without) >= self.concrete + (2 if vague else 0)


def _action(prompt: Prompt) -> str:
    return prompt.answer.answers.get("action", "") if prompt.answer else ""


def _notes(prompt: Prompt, rule: str) -> Iterator[str]:
    for field in prompt.fields:
        for option in field.get("options") or ():
            if option.get("value") == rule:
                yield str(option.get("note") or "")


def _share_in(text: str) -> float | None:
    """The share that words such as `kept in 3 of 5` tell, None when they tell none."""
    found = re.search(r"kept in (\d{1,6}) of (\d{1,6})", text, re.ASCII)
    return int(found[1]) / int(found[2]) if found and int(found[2]) else None
