"""What a rule is: a function of one subject, its terms, and a docstring in five sections that is its page.

Refuses to know which rules there are.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self, TypeVar

from pydantic import BaseModel, ConfigDict, model_validator

from simulator.hygiene.subjects import Kind
from simulator.model.history import History
from simulator.model.hygiene import Severity, Verdict
from simulator.model.keys import SeatId

SECTIONS = ("What it checks", "Why it matters", "Example", "How to fix", "References")
S = TypeVar("S")
OptionsT = TypeVar("OptionsT", bound="Options")
_CODE = re.compile(r"[A-Z]{2}-[0-9]{2}\Z", re.ASCII)
_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*\Z", re.ASCII)
_HEADING = re.compile(rf"^({'|'.join(SECTIONS)})\n-+\n", re.MULTILINE)


class Options(BaseModel):
    """Base of a rule's options: frozen, no unknown names, each field bounded and described.

    What is `good` lies below what is worth half (`mid`, `half`), and a `least` below its `most`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_validator(mode="after")
    def _rising(self) -> Self:
        for low, high in (("good", "mid"), ("good", "half"), ("full", "half"), ("least", "most")):
            for name in type(self).model_fields:
                first, _, rest = name.partition("_")
                other = f"{high}_{rest}" if rest else high
                if first == low and hasattr(self, other) and not getattr(self, name) < getattr(self, other):
                    raise ValueError(
                        f"{name} ({getattr(self, name)}) must be less than {other} ({getattr(self, other)})"
                    )
        return self


class NoOptions(Options):
    """For a rule that has nothing to set."""


@dataclass(frozen=True, kw_only=True)
class Page:
    """A rule's docstring, taken apart. `summary` is its first line."""

    summary: str
    sections: Mapping[str, str]

    @cached_property
    def why(self) -> str:
        """Why it matters, in one line."""
        return " ".join(self.sections["Why it matters"].split())


def always(_: History, __: Sequence[SeatId]) -> bool:
    """Evidence can always be expected."""
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule. `quota` is how many work items of evidence a sprint should give at least; 0 judges only what there is.

    `expects` tells of a history and some seats whether such evidence can come at all (without checks nobody's merge can be
    green): False for none, True for any amount, a number for so many work items at most.

    `essential`: the rule weighs in full; the others support them at a third of their severity.

    `caps_letter`: while one of its breaches is open, the letter is at most C. `ceiling`: the score is at most that.
    """

    code: str
    name: str
    about: Kind[Any]  # Any: each kind has its own subject type, the judge's first parameter
    severity: Severity
    target: float
    quota: float
    options: Options
    judge: Callable[[Any, History, Any], Verdict]
    page: Page
    essential: bool = False
    caps_letter: bool = False
    ceiling: float | None = None
    expects: Callable[[History, Sequence[SeatId]], int] = always

    @property
    def group(self) -> str:
        """The first two letters of the code."""
        return self.code[:2]

    def __call__(self, subject: Any, history: History) -> Verdict:
        """The verdict on one subject."""
        return self.judge(subject, history, self.options)


def rule(  # noqa: PLR0913 - a rule's terms, all by keyword
    *,
    code: str,
    name: str,
    about: Kind[S],
    severity: Severity,
    target: float,
    quota: float,
    options: OptionsT,
    essential: bool = False,
    caps_letter: bool = False,
    ceiling: float | None = None,
    expects: Callable[[History, Sequence[SeatId]], int] = always,
) -> Callable[[Callable[[S, History, OptionsT], Verdict]], Rule]:
    """Make a rule of a function. Raises ValueError, in plain words, for terms or a docstring that do not do."""
    if not _CODE.match(code):
        raise ValueError(f"{code!r} is no rule code: two capital letters, '-', two digits")
    if not _NAME.match(name):
        raise ValueError(f"{code}: {name!r} is no rule name: lower-case words joined by hyphens")
    if not 0 < target <= 1 or quota < 0:
        raise ValueError(f"{code}: a target lies above 0 and up to 1, a quota is not negative")

    def decorate(judge: Callable[[S, History, OptionsT], Verdict]) -> Rule:
        return Rule(
            code=code,
            name=name,
            about=about,
            severity=severity,
            target=target,
            quota=quota,
            options=options,
            judge=judge,
            page=read_page(inspect.getdoc(judge) or "", code=code),
            essential=essential,
            caps_letter=caps_letter,
            ceiling=ceiling,
            expects=expects,
        )

    return decorate


def read_page(docstring: str, *, code: str) -> Page:
    """The page in a docstring: a summary line, then the five sections, each underlined, in their order."""
    parts = _HEADING.split(docstring)
    sections = dict(zip(parts[1::2], (text.strip() for text in parts[2::2]), strict=True))
    if tuple(sections) != SECTIONS:
        raise ValueError(f"{code}: the docstring needs the sections {', '.join(SECTIONS)}, in this order")
    empty = [heading for heading, text in sections.items() if not text]
    if empty or not parts[0].strip():
        raise ValueError(f"{code}: nothing is written under {', '.join(empty) or 'the first line'}")
    return Page(summary=parts[0].strip().splitlines()[0], sections=sections)
