"""Moment 4: the daily stand-up, one line that is true."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from shlex import quote
from typing import Annotated, ClassVar, Literal

from pydantic import Field
from typing_extensions import override

from simulator.model.actions import Channel, PostNote
from simulator.model.agile import StatusCategory
from simulator.model.history import Said
from simulator.model.keys import IssueKey
from simulator.scenario.moments.deeds import said_by
from simulator.scenario.moments.moment import Consequence, Moment, Scene, Sign
from simulator.scenario.moments.words import substance
from simulator.scenario.part import Text
from simulator.scenario.values import LengthText

_DONE = re.compile(
    r"\b(?:done|finished|completed?|merged|shipped|released|closed|ready|fertig|erledigt|termin[ée]e?|hecho|terminado|готово)\b",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"\b(?:not|n't|almost|nearly|half|soon|tomorrow|today|will|want|plan|going to|hope|should|until|when|before|next|by|then"
    r"|still|review\w*|waiting|waits|pull request|pr|open(?:ed)?|approv\w*|nicht|fast|bald|noch|heute|morgen)\b|n't\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.!?;\n]+")
_FEWEST_WORDS = 3


class StandUps(Moment):
    """A line a day: what was done, what is next, what blocks. True to what the board and the code say."""

    number: ClassVar[int] = 4
    title: ClassVar[str] = "The daily stand-up"
    ways: ClassVar[Mapping[str, str]] = {
        "answered": "You answered the stand-up.",
        "said_in_the_feed": "You told the team in the chat how it goes.",
        "told_on_the_issue": "You wrote on the issue how it goes.",
    }
    slips: ClassVar[Mapping[str, str]] = {
        "silence": "The team heard nothing of you for days.",
        "rosy": "Something was called done while it was still open.",
    }
    usual_hints: ClassVar[tuple[str, str, str]] = (
        "Could a colleague say this morning what you are at, and whether you need anything?",
        "The stand-up's question on the dashboard, the chat, or a comment on the issue that you work on: any of "
        "them will do.",
        "One line each: what you finished since yesterday, what you do next, what is in your way. Done means merged "
        "and moved.",
    )
    usual_explanation: ClassVar[str] = (
        "A stand-up is not a report to somebody above: it is how a team of people who work apart finds out today, "
        "and not on the last day, that two of them do the same thing or that one of them is stuck. It takes a line. "
        "It must be true, because others plan by it: `done` with an open pull request makes somebody build on what "
        "is not there."
    )

    type: Literal["stand_ups"]
    times: Annotated[int, Field(ge=1, le=20)] = 2
    """On so many days the team must have heard from somebody."""
    silence: LengthText = timedelta(hours=16)
    """Working time without a word that is too long."""
    asks: Text = (
        "Haven't heard from you for a while. All well? What are you at, and is anything in your way? A line is enough."
    )
    """What `who` asks in the chat after the silence."""
    doubts: Text = (
        "I was going to build on that, but I see it is not merged yet. No harm done. Could you say `in review` next "
        "time, so that I know to wait?"
    )
    """What `who` says in the chat when something was called done that is open."""

    @override
    def well(self, scene: Scene) -> Iterator[Sign]:
        days: dict[date, tuple[str, Said]] = {}
        for said in self._reports(scene):
            if next(self._rosy(scene, said), None) is None:
                days.setdefault(self._day(scene, said.at), (self._way(said), said))
        told = list(days.values())
        for turn in range(self.times, len(told) + 1):
            way, last = told[turn - 1]
            evidence = tuple(said.evidence for _, said in told[turn - self.times : turn])
            yield Sign(way=way, at=last.at, evidence=evidence)

    @override
    def badly(self, scene: Scene) -> Iterator[Sign]:
        last = scene.opened
        heard_of = (said for said in said_by(scene) if substance(said.text) >= _FEWEST_WORDS)  # wherever it was said
        for said in [*heard_of, None]:
            limit = scene.view.later(last, self.silence)
            heard = said.at if said else scene.end
            if limit < heard:
                yield Sign(way="silence", at=limit, evidence=(f"person:{scene.seat}",))
                break
            last = heard
        for said in self._reports(scene, least=0):
            for key in self._rosy(scene, said):
                issue = scene.view.history.issues[key]
                yield Sign(way="rosy", at=said.at, evidence=(said.evidence, issue.url))

    @override
    def consequences(self, scene: Scene, slip: Sign) -> tuple[Consequence, ...]:
        text, after = (self.asks, timedelta(hours=1)) if slip.way == "silence" else (self.doubts, timedelta(hours=2))
        said = PostNote(actor=self.seat, channel=Channel.CHAT, text=text)
        return (Consequence(after=after, actions=(said,)),)

    @override
    def commands(self, scene: Scene) -> tuple[str, ...]:
        prompts = scene.view.history.run.prompts.values()
        asked = (p for p in prompts if p.kind == "stand_up" and p.seat == scene.seat and p.answer is None)
        is_open = [prompt for prompt in asked if prompt.is_open(scene.view.now)]
        return tuple(f"sprintdojo answer {quote(prompt.id)}" for prompt in is_open[-1:])

    @override
    def task(self, scene: Scene) -> str:
        today = self._day(scene, scene.view.now)
        if any(self._day(scene, said.at) == today for said in self._reports(scene)):
            return ""
        return "Stand-up: the team would like to hear how it goes."

    @override
    def where(self, scene: Scene) -> str:
        return super().where(scene) or "sprintdojo say TEXT"

    # --- parts ------------------------------------------------------------------------------------------------------

    def _reports(self, scene: Scene, *, least: int = _FEWEST_WORDS) -> Iterator[Said]:
        """What the person said that tells the team how it goes, in at least so many words with a meaning."""
        for said in said_by(scene):
            if substance(_without_questions(said.text)) >= least and self._is_report(scene, said):
                yield said

    def _is_report(self, scene: Scene, said: Said) -> bool:
        if said.prompt is not None:
            return scene.view.history.run.prompts[said.prompt].kind == "stand_up"
        if said.issue is not None:
            issue = scene.view.history.issues[said.issue]
            return scene.seat in issue.people() and issue.at(said.at).category is not StatusCategory.TO_DO
        return said.channel is not None

    def _way(self, said: Said) -> str:
        return "answered" if said.prompt else "told_on_the_issue" if said.issue else "said_in_the_feed"

    def _day(self, scene: Scene, at: datetime) -> date:
        return at.astimezone(scene.view.scenario.calendar.zone).date()

    def _rosy(self, scene: Scene, said: Said) -> Iterator[IssueKey]:
        """Issues that are called done in a sentence though their pull request was open, and they not done, at that time."""
        history = scene.view.history
        for sentence in _SENTENCE.split(said.text[:5_000]):
            if not _DONE.search(sentence) or _NOT_YET.search(sentence):
                continue
            for key in history.keys_in(sentence) or ((said.issue,) if said.issue else ()):
                pulls = [
                    pull for pull in history.pulls_of.get(key, ()) if pull.opened_at <= said.at and not pull.closed_at
                ]
                still_open = [pull for pull in pulls if pull.merged_at is None or pull.merged_at > said.at]
                if still_open and history.issues[key].at(said.at).assignee in (None, scene.seat):
                    yield key


def _without_questions(text: str) -> str:
    """A text without the sentences that ask something: a question tells nobody how it goes."""
    return re.sub(r"[^.!?\n]*\?", " ", text[:5_000])
