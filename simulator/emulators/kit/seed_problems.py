"""What is wrong with a seed, in words and with the line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, get_args

import yaml
from pydantic import BaseModel

Place = tuple[str | int, ...]
"""The keys and numbers that lead to a value."""

_SHAPES = {
    "login": "letters, digits and single hyphens inside, 39 at most",
    "email": "an e-mail address",
    "name": "owner/name",
    "key": "2 to 10 capital letters, digits or _, a letter first",
    "token_digest": "a SHA-256 digest in hexadecimal",
    "color": "six hexadecimal digits",
    "url": "an http or https address",
    "topics": "lower-case letters, digits and hyphens",
}
_A_BRANCH = "a branch name"


@dataclass(frozen=True)
class Problem:
    """One fault: where in the values, what, and what the place is called if not by its keys."""

    place: Place
    what: str
    shown: str = ""

    def __str__(self) -> str:
        return f"{self.shown or _named(self.place)}: {self.what}"


def in_words(error: Any, known: set[str]) -> Problem:  # Any: pydantic's ErrorDetails
    """A fault that pydantic found."""
    place: Place = tuple(error["loc"])
    what = error["msg"].removeprefix("Value error, ")
    if error["type"] == "extra_forbidden":
        close = get_close_matches(str(place[-1]), known, n=1)
        what = "unknown key" + (f", did you mean {close[0]}?" if close else "")
    elif error["type"] == "missing":
        what = "is missing"
    elif error["type"] == "string_pattern_mismatch":
        what = f"should be {_shape(place)}"
    return Problem(place, what)


def again(values: Iterable[tuple[Place, str]]) -> Iterator[tuple[str, Place]]:
    """The values that come more than once, each with the place where it comes again first."""
    seen, told = set[str](), set[str]()
    for place, value in values:
        if value in seen and value not in told:
            told.add(value)
            yield value, place
        seen.add(value)


def known_keys(model: type[BaseModel]) -> set[str]:
    """The names of all keys of a model and of the models inside it."""
    found = set(model.model_fields)
    for field in model.model_fields.values():
        for inner in _models(field.annotation):
            found |= known_keys(inner)
    return found


def line_finder(text: str) -> Callable[[Place], int]:
    """A function that gives the line of a place in a YAML text, or of the nearest thing around it."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)

    def line(place: Place) -> int:
        node, mark = root, root.start_mark if root else None
        for step in place:
            found = _child(node, step)
            if found is None:
                break
            mark, node = found
        return mark.line + 1 if mark else 1

    return line


def _child(node: Any, step: str | int) -> tuple[Any, Any] | None:  # Any: PyYAML has no types for its nodes
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return key.start_mark, value
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step].start_mark, node.value[step]
    return None


def _models(annotation: Any) -> Iterator[type[BaseModel]]:  # Any: whatever may stand behind a colon
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)


def _shape(place: Place) -> str:
    names = [step for step in place if isinstance(step, str)]
    if len(place) > 4 and names[-1] == "name":  # of a branch; those of repositories stand higher
        return _A_BRANCH
    return _SHAPES.get(names[-1], _A_BRANCH)


def _named(place: Place) -> str:
    words = ""
    for step in place:
        words += f"[{step}]" if isinstance(step, int) else f".{step}" if words else str(step)
    return words or "seed"
