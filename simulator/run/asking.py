"""What the run asks people and what they answer or say: as facts, each once.

Refuses to do anything on the services; what follows from an answer is a reaction (plan/react.py).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from simulator.adapters.fill import fill
from simulator.errors import BadAnswer, RunError, UnknownPrompt
from simulator.model.actions import AnswerPrompt, Channel, FieldKind, PostPrompt, PromptField, PromptOption
from simulator.model.facts import Fact, FactKind
from simulator.model.history import History, Prompt
from simulator.model.keys import SeatId
from simulator.model.prompts import posted_detail, read_answers
from simulator.model.typed import typed
from simulator.ports import Bindings
from simulator.run.live import Live
from simulator.timekeeping.clock import Clock

LONGEST_WORDS = 2_000
_MOST_A_MINUTE = 10
_MOST_CHANGES = 50
_MINUTE = timedelta(minutes=1)


def posted(action: PostPrompt, live: Live, *, bindings: Bindings, clock: Clock) -> Fact:
    """The fact that somebody is asked something; placeholders in its texts are filled in."""
    filled = PostPrompt(
        actor=action.actor,
        prompt=action.prompt,
        kind=action.kind,
        seat=action.seat,
        title=fill(action.title, bindings, strict=False),
        text=fill(action.text, bindings, strict=False),
        fields=tuple(_filled(part, bindings) for part in action.fields),
        until=action.until or _end(action, live, clock),
    )
    return _fact(
        live,
        clock,
        FactKind.PROMPT_POSTED,
        actor=action.actor,
        name=f"prompt:{action.prompt}",
        detail=posted_detail(filled),
    )


def answered(action: AnswerPrompt, live: Live, history: History, *, bindings: Bindings, clock: Clock) -> Fact | None:
    """The fact that a prompt is answered; None when the answer says what the last one said.

    Raises UnknownPrompt, RunError when it is too late or somebody else is asked, BadAnswer for what cannot be used.
    """
    prompt = prompt_of(history, action.prompt, action.actor)
    lists = {str(field["id"]) for field in prompt.fields if field["kind"] == FieldKind.ISSUES}
    given = {
        name: _named(text, bindings) if name in lists else fill(text, bindings, strict=False)
        for name, text in action.answers.items()
    }
    answers = read_answers(prompt, given, now=live.timeline.simulated(clock()))
    if prompt.answer is not None and dict(prompt.answer.answers) == answers:
        return None
    if prompt.times_answered >= _MOST_CHANGES:
        raise RunError(f"this was answered {_MOST_CHANGES} times", where=prompt.id, to_do="leave it at the last answer")
    return _fact(
        live,
        clock,
        FactKind.PROMPT_ANSWERED,
        actor=action.actor,
        name=f"answer:{prompt.id}:{prompt.times_answered + 1}",
        detail={"prompt": prompt.id, "seat": action.actor, "answers": answers},
    )


def said(seat: SeatId, text: str, live: Live, history: History, *, clock: Clock) -> Fact:
    """The fact that a human says something in the run's chat. Raises BadAnswer for nothing or too much, RunError if too often."""
    words, now = words_of(text), clock()
    may_speak(history, seat, now=now)
    at = live.timeline.simulated(now)
    detail = {
        "channel": str(Channel.CHAT),
        "text": words,
        "day": live.story.calendar.day_number(live.story.first_day, at),
    }
    return _fact(
        live,
        clock,
        FactKind.NOTE_POSTED,
        actor=seat,
        name=f"said:{seat}:{len(_said_by(history, seat)) + 1}",
        detail=detail,
    )


def may_speak(history: History, seat: SeatId, *, now: datetime) -> None:
    """Raises RunError when a seat has said as much as anybody may within a minute before `now`, a time on the wall."""
    if sum(now - note.recorded_at < _MINUTE for note in _said_by(history, seat)) >= _MOST_A_MINUTE:
        raise RunError(f"those were {_MOST_A_MINUTE} messages in a minute", to_do="wait a moment; people read slower")


def words_of(text: str) -> str:
    """What somebody says, without what surrounds it. Raises BadAnswer for nothing or too much."""
    length = len(text.strip())
    words = typed(text) if length <= LONGEST_WORDS else ""
    if not words:
        raise BadAnswer(
            f"a message has 1 to {LONGEST_WORDS} characters, this one has {length if length > LONGEST_WORDS else 'none'}",
            to_do="say it in other words",
        )
    return words


def prompt_of(history: History, prompt: str, seat: SeatId) -> Prompt:
    """A prompt by its id, or by `""` the newest open one of a seat. Raises UnknownPrompt, RunError when another seat is asked."""
    prompts = history.run.prompts
    if not prompt:
        mine = [p for p in prompts.values() if p.seat == seat and p.is_open(history.now)]
        waiting = [p for p in mine if p.answer is None] or mine
        if not waiting:
            raise UnknownPrompt("nothing is asked at the moment", to_do="see `sprintdojo status`")
        return waiting[-1]
    found = prompts.get(prompt)
    if found is None:
        open_ones = ", ".join(p.id for p in prompts.values() if p.is_open(history.now) and p.seat == seat)
        raise UnknownPrompt(f"nobody asked {prompt[:60]!r}", to_do=f"open now: {open_ones or 'nothing'}")
    if found.seat != seat:
        raise RunError(f"{prompt} asks {found.seat}, not {seat}", to_do=f"answer as {found.seat}, or leave it to them")
    return found


def _said_by(history: History, seat: SeatId) -> list[Fact]:
    return [note for note in history.run.notes if note.actor == seat and note.source_id.startswith("run:said:")]


def _end(action: PostPrompt, live: Live, clock: Clock) -> datetime | None:
    if action.within_s is None:
        return None
    now = live.timeline.simulated(clock())
    return live.story.calendar.add_working_time(now, timedelta(seconds=action.within_s))


def _filled(part: PromptField, bindings: Bindings) -> PromptField:
    options = tuple(
        PromptOption(
            value=fill(option.value, bindings, strict=False),
            label=fill(option.label, bindings, strict=False),
            note=fill(option.note, bindings, strict=False),
            points=option.points,
            because=fill(option.because, bindings, strict=False),
        )
        for option in part.options
    )
    return PromptField(
        id=part.id,
        label=fill(part.label, bindings, strict=False),
        kind=part.kind,
        options=options,
        optional=part.optional,
        given=fill(part.given, bindings, strict=False),
    )


def _named(text: str, bindings: Bindings) -> str:
    """A list of issues, with their keys in place of the scenario's own ids."""
    words = fill(text, bindings, strict=False).replace(",", " ").split()
    return ",".join(bindings.get(f"issue:{word}", word) for word in words)


def _fact(live: Live, clock: Clock, kind: FactKind, *, actor: SeatId, name: str, detail: dict[str, Any]) -> Fact:
    """A fact of the run itself, now; `name` is unique in the run."""
    now = clock()
    prompt = detail.get("prompt")
    return Fact(
        source_id=f"run:{name}",
        kind=kind,
        subject=f"prompt:{prompt}" if prompt else f"run:{live.run_id}",
        actor=actor,
        url="",
        recorded_at=now,
        at=live.timeline.simulated(now),
        detail=detail,
    )
