"""Labelled texts: how often a heuristic's breach is one (precision), and how many of the breaches it finds (recall).

A file has `story`, the steps that put a `{text}` where the rule looks; `good` and `bad` texts; and the least `precision` and
`recall` of “is a breach” that the rule must keep on them. A text of several parts is written `120 | src/a.py`; `{text:1}` and
`{text:2}` are where its parts go, with nothing for those that it lacks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from simulator.errors import SprintdojoError
from simulator.hygiene.rule import Rule
from simulator.model.hygiene import Breach
from simulator.testing.story import Story

LEAST_TO_SCORE = 0.9
"""Precision below which a heuristic informs and does not score."""
_BETWEEN_PARTS = " | "
_PART = re.compile(r"\{text:[0-9]\}")


class Labelled(BaseModel):
    """Texts that people labelled for a rule."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    story: Sequence[Mapping[str, Any]]  # Any: the arguments of a verb
    good: tuple[str, ...] = Field(min_length=1)
    bad: tuple[str, ...] = Field(min_length=1)
    precision: float = Field(ge=0, le=1)
    recall: float = Field(ge=0, le=1)


@dataclass(frozen=True, slots=True)
class Measured:
    """What a rule made of labelled texts: bad ones that it `found`, good ones that it held against somebody (`wrong`)."""

    labelled: Labelled
    found: tuple[str, ...]
    wrong: tuple[str, ...]

    @property
    def precision(self) -> float:
        """Share of the breaches that are some, 0 to 1."""
        return len(self.found) / max(1, len(self.found) + len(self.wrong))

    @property
    def recall(self) -> float:
        """Share of the bad texts that are found, 0 to 1."""
        return len(self.found) / len(self.labelled.bad)

    @property
    def missed(self) -> tuple[str, ...]:
        """Bad texts that were let through."""
        return tuple(text for text in self.labelled.bad if text not in self.found)


def read_labelled(path: Path) -> Labelled:
    """A file of labelled texts. Raises SprintdojoError for one that is none."""
    try:
        return Labelled.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError, ValidationError) as exc:
        raise SprintdojoError(f"these are no labelled texts: {exc}", where=str(path), to_do="mend the file") from exc


def measure(rule: Rule, labelled: Labelled) -> Measured:
    """What a rule makes of labelled texts. Raises ValueError for a text at which there is nothing to judge."""
    held = {text for text in (*labelled.good, *labelled.bad) if _is_breach(rule, labelled, text)}
    return Measured(
        labelled,
        found=tuple(text for text in labelled.bad if text in held),
        wrong=tuple(text for text in labelled.good if text in held),
    )


def _is_breach(rule: Rule, labelled: Labelled, text: str) -> bool:
    history = Story().tell(_with_text(labelled.story, text)).history()
    verdicts = [rule(each.subject, history) for each in rule.about.find(history) if each.mass > 0]
    if not verdicts:
        raise ValueError(f"{rule.code}: nothing to judge in {text!r}")
    return any(isinstance(verdict, Breach) for verdict in verdicts)


def _with_text(steps: Any, text: str) -> Any:  # Any: YAML
    if isinstance(steps, str):
        return _filled(steps, text)
    if isinstance(steps, Mapping):
        return {_with_text(key, text): _with_text(value, text) for key, value in steps.items()}
    return [_with_text(each, text) for each in steps] if isinstance(steps, Sequence) else steps


def _filled(place: str, text: str) -> str | int:
    """A place with the text in it, or with one of its parts; a part that is a number is one."""
    if place == "{text}" or "{text:" not in place:
        return place.replace("{text}", text)
    for number, part in enumerate(text.split(_BETWEEN_PARTS), start=1):
        place = place.replace(f"{{text:{number}}}", part.strip())
    place = _PART.sub("", place)
    return int(place) if place.isascii() and place.isdecimal() else place
