"""What the run asks its people, what they answer, and the meetings at which it asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from simulator.model.actions.action import Action
from simulator.model.keys import SeatId


class FieldKind(StrEnum):
    """How a field of a prompt is filled in: words, one of some options, a number, some of the listed issues."""

    TEXT = "text"
    CHOICE = "choice"
    NUMBER = "number"
    ISSUES = "issues"


class PromptKind(StrEnum):
    """What a prompt is about."""

    QUESTION = "question"
    STAND_UP = "stand_up"
    PLANNING = "planning"
    REVIEW = "review"
    RETROSPECTIVE = "retrospective"


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptOption:
    """One of the things to choose from. `points` (0 to 1) and `because` are shown to nobody before they have answered."""

    value: str
    label: str
    note: str = ""
    points: float | None = None
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptField:
    """One field of a prompt; `given` is what stands in it before somebody writes (of issues: keys with commas between)."""

    id: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    options: tuple[PromptOption, ...] = ()
    optional: bool = False
    given: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostPrompt(Action):
    """Ask a seat something. `prompt` is unique in the run.

    It can be answered until `until` (simulated), or for `within_s` seconds of working time; without either, to the end.
    """

    prompt: str
    kind: PromptKind
    seat: SeatId
    title: str
    text: str = ""
    fields: tuple[PromptField, ...] = ()
    until: datetime | None = None
    within_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPrompt(Action):
    """Answer a prompt: field → what is written or chosen (an option's value; issues by keys or scenario ids with commas)."""

    prompt: str
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldCeremony(Action):
    """A meeting takes place now: what is said and asked there is decided on the state of this moment, by `plan.meetings`.

    `event` is the scenario's event, `occurrence` tells one meeting of it from another: `day-3`, or `once`.
    """

    event: str
    kind: PromptKind
    occurrence: str = "once"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakAtStandUp(Action):
    """A scripted learner answers a stand-up by what the history shows of their work; `plan.speaking` finds the words."""

    prompt: str
    boasting: bool = False
