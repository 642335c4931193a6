"""The patterns that rulesets name refs and files with: Ruby's `File.fnmatch` as GitHub uses it. Pure.

`*` and `?` stop at a slash, `**/` reaches over folders, `[a-z]` is one of some letters, a backslash takes away the next letter's
meaning. Source: https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/creating-rulesets-for-a-repository#using-fnmatch-syntax
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from simulator.emulators.github import expressions
from simulator.emulators.github.expressions import Expression, literal

_RANGE = re.compile(r"(.)(?:-(.))?", re.DOTALL)
_NOTHING = r"[^\x00-\x{10FFFF}]"


def matches_any(name: str, patterns: Iterable[str]) -> bool:
    """Whether a name matches one of the patterns, in the whole and with regard to case."""
    found = (_compiled(pattern) for pattern in patterns)
    return any(expression.is_all_of(name) for expression in found if expression)


@functools.lru_cache(maxsize=1024)
def _compiled(pattern: str) -> Expression | None:
    return expressions.of_glob("".join(_translated(pattern)))


def _translated(pattern: str) -> list[str]:
    parts: list[str] = []
    place = 0
    while place < len(pattern):
        length, part = _next(pattern, place)
        parts.append(part)
        place += length
    return parts


def _next(pattern: str, place: int) -> tuple[int, str]:
    """How many letters of the pattern are read from a place on, and the regular expression they mean."""
    letter = pattern[place]
    if pattern.startswith("**/", place) and (place == 0 or pattern[place - 1] == "/"):
        return 3, "(?:[^/]+/)*"
    if letter == "*":
        stars = re.match(r"\*+", pattern[place:])
        assert stars is not None
        return stars.end(), "[^/]*"
    if letter == "?":
        return 1, "[^/]"
    if letter == "\\" and place + 1 < len(pattern):
        return 2, literal(pattern[place + 1])
    if letter == "[":
        return _letters(pattern, place)
    return 1, literal(letter)


def _letters(pattern: str, place: int) -> tuple[int, str]:
    found = re.match(r"\[(?P<negated>[!^]?)(?P<letters>[^\]]+)\]", pattern[place:])
    if found is None:
        return 1, literal("[")
    ranges = "".join(_range(*each) for each in _RANGE.findall(found["letters"]))
    if found["negated"]:
        return found.end(), f"[^/{ranges}]"
    return found.end(), f"[{ranges}]" if ranges else _NOTHING


def _range(first: str, last: str) -> str:
    """A range within brackets, without the slash, which no pattern for one letter matches; backwards it is empty."""
    if first <= "/" <= (last or first):
        return _range(first, ".") + _range("0", last or first)
    if first > (last or first):
        return ""
    return f"{literal(first)}-{literal(last or first)}"
