"""What happened in the run itself: events of the story, moments seen, hints taken, prompts and their answers, who is away.

Refuses to know facts of the services. All instants are simulated.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from simulator.model.facts import Fact, FactKind
from simulator.model.keys import SeatId


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One time that an event of the story took place; `about` names what met its condition."""

    event: str
    occurrence: str
    at: datetime
    about: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was seen of somebody in a moment: `well` or `badly`, and in which way."""

    moment: str
    seat: SeatId
    outcome: str
    way: str
    at: datetime
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Somebody's answer to a prompt: field → what was written or chosen."""

    seat: SeatId
    at: datetime
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """Something that the run asks a seat: a stand-up, a question, a plan. `fields` as they were posted."""

    id: str
    kind: str
    seat: SeatId
    title: str
    text: str
    at: datetime
    until: datetime | None
    fields: tuple[Mapping[str, Any], ...]
    answer: Answer | None
    times_answered: int = 0

    @property
    def points(self) -> tuple[float, float] | None:
        """What the answer earned and the most that there was to earn; None for a prompt without points."""
        scored = [self._points_of(field) for field in self.fields]
        counted = [points for points in scored if points is not None]
        return (sum(p for p, _ in counted), sum(most for _, most in counted)) if counted else None

    def is_open(self, now: datetime) -> bool:
        """Whether it can be answered at a simulated instant. What has points is answered once, the rest until it is over."""
        in_time = self.until is None or now <= self.until
        return in_time and not (self.answer is not None and self.points is not None)

    def _points_of(self, field: Mapping[str, Any]) -> tuple[float, float] | None:
        worth = {o["value"]: float(o["points"]) for o in field.get("options") or () if o.get("points") is not None}
        if not worth:
            return None
        return worth.get(self.answer.answers.get(field["id"], ""), 0.0) if self.answer else 0.0, max(worth.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """A time in which somebody was not there; `until` None: nobody knows."""

    seat: SeatId
    since: datetime
    until: datetime | None
    delegate: SeatId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InTheRun:
    """All of it. `notes` are the facts of the feed as they are."""

    events: Mapping[str, tuple[Occurrence, ...]] = field(default_factory=dict)
    seen: tuple[Seen, ...] = ()
    hints: Mapping[tuple[str, SeatId], int] = field(default_factory=dict)
    """(moment, seat) → the highest level of hint that was taken."""
    prompts: Mapping[str, Prompt] = field(default_factory=dict)
    absences: tuple[Away, ...] = ()
    notes: tuple[Fact, ...] = ()

    def away(self, seat: SeatId, at: datetime) -> Away | None:
        """The absence of somebody at an instant, None when they are there."""
        return next(
            (a for a in self.absences if a.seat == seat and a.since <= at and (a.until is None or at < a.until)), None
        )


class RunReplay:
    """Takes in facts of the run itself in order."""

    def __init__(self) -> None:
        self._story = _Story()
        self._whole: InTheRun | None = InTheRun()

    def add(self, fact: Fact) -> None:
        """Take in one more fact, later than those before it; one of another kind changes nothing."""
        take = _TAKES.get(fact.kind)
        if take is not None:
            take(self._story, fact)
            self._whole = None

    def whole(self) -> InTheRun:
        """All of it as it stands."""
        if self._whole is None:
            story = self._story
            self._whole = InTheRun(
                events={event: tuple(times) for event, times in story.events.items()},
                seen=tuple(story.seen),
                hints=dict(story.hints),
                prompts=dict(story.prompts),
                absences=tuple(story.absences),
                notes=tuple(story.notes),
            )
        return self._whole


def replay_run(facts: Iterable[Fact]) -> InTheRun:
    """What the facts of the run itself tell, given in their order."""
    replay = RunReplay()
    for fact in facts:
        replay.add(fact)
    return replay.whole()


class _Story:
    def __init__(self) -> None:
        self.events: dict[str, list[Occurrence]] = {}
        self.seen: list[Seen] = []
        self.hints: dict[tuple[str, SeatId], int] = {}
        self.prompts: dict[str, Prompt] = {}
        self.absences: list[Away] = []
        self.notes: list[Fact] = []

    def happened(self, fact: Fact) -> None:
        event, about = str(fact.detail["event"]), fact.detail.get("about") or {}
        times = self.events.setdefault(event, [])
        times.append(
            Occurrence(event=event, occurrence=str(fact.detail.get("occurrence")), at=fact.at, about=dict(about))
        )

    def saw(self, fact: Fact) -> None:
        detail = fact.detail
        self.seen.append(
            Seen(
                moment=str(detail["moment"]),
                seat=SeatId(detail["seat"]),
                outcome=str(detail["outcome"]),
                way=str(detail["way"]),
                at=fact.at,
                evidence=tuple(detail.get("evidence") or ()),
            )
        )

    def hinted(self, fact: Fact) -> None:
        key = (str(fact.detail["moment"]), SeatId(fact.detail["seat"]))
        self.hints[key] = max(self.hints.get(key, 0), int(fact.detail["level"]))

    def asked(self, fact: Fact) -> None:
        detail, until = fact.detail, fact.detail.get("until")
        self.prompts[str(detail["prompt"])] = Prompt(
            id=str(detail["prompt"]),
            kind=str(detail["kind"]),
            seat=SeatId(detail["seat"]),
            title=str(detail.get("title") or ""),
            text=str(detail.get("text") or ""),
            at=fact.at,
            until=datetime.fromisoformat(until) if until else None,
            fields=tuple(detail.get("fields") or ()),
            answer=None,
        )

    def answered(self, fact: Fact) -> None:
        prompt = self.prompts.get(str(fact.detail["prompt"]))
        if prompt is not None:
            answer = Answer(
                seat=SeatId(fact.detail["seat"]), at=fact.at, answers=dict(fact.detail.get("answers") or {})
            )
            self.prompts[prompt.id] = replace(prompt, answer=answer, times_answered=prompt.times_answered + 1)

    def came_or_went(self, fact: Fact) -> None:
        seat, until = SeatId(fact.detail["seat"]), fact.detail.get("until")
        for place, absence in enumerate(self.absences):
            if absence.seat == seat and (absence.until is None or absence.until > fact.at):
                self.absences[place] = replace(absence, until=fact.at)
        if fact.detail.get("away"):
            delegate = fact.detail.get("delegate")
            self.absences.append(
                Away(
                    seat=seat,
                    since=fact.at,
                    until=datetime.fromisoformat(until) if until else None,
                    delegate=SeatId(delegate) if delegate else None,
                )
            )

    def noted(self, fact: Fact) -> None:
        self.notes.append(fact)


_TAKES = {
    FactKind.EVENT_HAPPENED: _Story.happened,
    FactKind.MOMENT_SEEN: _Story.saw,
    FactKind.HINT_TAKEN: _Story.hinted,
    FactKind.PROMPT_POSTED: _Story.asked,
    FactKind.PROMPT_ANSWERED: _Story.answered,
    FactKind.AVAILABILITY_CHANGED: _Story.came_or_went,
    FactKind.NOTE_POSTED: _Story.noted,
}
OF_THE_RUN = frozenset(_TAKES)
"""The kinds of facts that tell of the run itself."""
