"""Macros that hold lines of wiki text: where one begins and ends, also in the middle of lines, and what its parameters say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

NAMES = "code|noformat|quote|panel|info|note|tip|warning|adf"
_OPENING = re.compile(rf"\{{({NAMES})(?::([^}}\n]*))?\}}")
_WITHIN = re.compile(r"(?<![\\{])\{(code|noformat|quote|panel)(?::[^}\n]*)?\}")
_FURTHEST = 1000  # lines that are looked through for the end of a macro that shares its lines with text
_LANGUAGE = re.compile(r"[\w+#.-]{1,60}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Macro:
    """A macro: its name and parameters, the lines inside, the place of its last line and what follows there."""

    name: str
    more: str
    inside: list[str]
    last: int
    after: str

    @property
    def parameters(self) -> Mapping[str, str]:
        """The named parameters."""
        named = (part.partition("=") for part in self.more.split("|"))
        return {name.strip(): value.strip().strip('"') for name, sign, value in named if sign}

    @property
    def language(self) -> str:
        """What a code block's first parameter says, or the one of that name; "" for neither."""
        first = self.more.partition("|")[0].strip()
        found = self.parameters.get("language", "") if "=" in first else first
        return found if _LANGUAGE.fullmatch(found) else ""


def macro_at(lines: list[str], at: int) -> Macro | None:
    """The macro that a line begins with, None when none is opened there or it is never closed."""
    opening = _OPENING.match(lines[at])
    if opening is None:
        return None
    name, more, rest = opening[1], opening[2] or "", lines[at][opening.end() :]
    closing = f"{{{name}}}"
    if not rest.strip():
        end = next((i for i in range(at + 1, len(lines)) if lines[i].strip() == closing), None)
        if end is not None:
            return Macro(name=name, more=more, inside=lines[at + 1 : end], last=end, after="")
    if name == "adf":
        return None
    for place in range(at, min(at + _FURTHEST, len(lines))):
        line = rest if place == at else lines[place]
        if closing in line:
            before, _, after = line.partition(closing)
            inside = [before] if place == at else [*filter(str.strip, [rest]), *lines[at + 1 : place], before]
            while inside and not inside[-1].strip():
                inside.pop()
            return Macro(name=name, more=more, inside=inside, last=place, after=after.strip())
    return None


def opened_within(lines: list[str], at: int) -> int | None:
    """Where in a line of text a macro is opened that is closed further on, None when there is none."""
    for opening in _WITHIN.finditer(lines[at]):
        closing = f"{{{opening[1]}}}"
        if opening.start() and (
            closing in lines[at][opening.end() :] or any(closing in line for line in lines[at + 1 : at + _FURTHEST])
        ):
            return opening.start()
    return None


def without_openings(text: str) -> str:
    """A paragraph's text in which nothing opens a macro in the middle of a line: what would is escaped."""
    lines = text.split("\n")
    if "{" not in text or all(opened_within(lines, at) is None for at in range(len(lines))):
        return text
    return _WITHIN.sub(lambda opening: f"\\{opening[0]}" if opening.start() else opening[0], text)
