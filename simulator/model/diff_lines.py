"""The lines of unified hunks, as GitHub gives them, numbered as people see them.

Pure; a file whose patch is not known has none. Lines end at line feeds alone: a form feed or a Unicode separator inside one must
not shift the numbers.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from simulator.model.code import ChangedFile

_HUNK = re.compile(r"@@ -[0-9]+(?:,[0-9]+)? \+([0-9]+)(?:,[0-9]+)? @@", re.ASCII)


@dataclass(frozen=True, slots=True)
class DiffLine:
    """A line of a diff: `sign` is + for an added one, - for a removed one, a space for one around them.

    `number` counts on the new side; of a removed line it is where it stood, unless somebody says otherwise.
    """

    sign: str
    number: int
    text: str

    @property
    def is_shown(self) -> bool:
        """Whether it is a line of the new side, on which a remark can stand."""
        return self.sign != "-"


def diff_lines(patch: str | None) -> Iterator[DiffLine]:
    """The lines of a patch, in order."""
    number, inside = 0, False
    for line in (patch or "").split("\n"):
        hunk = _HUNK.match(line)
        if hunk:
            number, inside = int(hunk[1]), True
        elif inside and line[:1] in ("+", "-", " "):
            yield DiffLine(line[0], number, line[1:].rstrip("\r"))
            number += line[0] != "-"


def added_lines(file: ChangedFile) -> Iterator[tuple[int, str]]:
    """The lines that a diff adds to a file, numbered as in the file's new side."""
    return ((line.number, line.text) for line in diff_lines(file.patch) if line.sign == "+")


def removed_lines(file: ChangedFile) -> Iterator[str]:
    """The lines that a diff takes out of a file."""
    return (line.text for line in diff_lines(file.patch) if line.sign == "-")


def shown_lines(patch: str | None) -> frozenset[int]:
    """Lines of the new side on which a remark can stand: those that the diff adds or shows around."""
    return frozenset(line.number for line in diff_lines(patch) if line.is_shown)


def shown_text(files: Iterable[ChangedFile], path: str) -> dict[int, str]:
    """The lines of the new side that the diff of a file shows: number → text."""
    return {
        line.number: line.text
        for file in files
        if file.path == path
        for line in diff_lines(file.patch)
        if line.is_shown
    }


def taken_out(file: ChangedFile) -> Iterator[DiffLine]:
    """The lines that a diff takes out, each at the nearest line of the new side that the diff shows.

    Nothing for a file whose diff shows no line of the new side.
    """
    shown = sorted(shown_lines(file.patch))
    for line in diff_lines(file.patch):
        if line.sign == "-" and shown:
            place = bisect_left(shown, line.number)
            around = shown[max(0, place - 1) : place + 1]
            nearest = min(around, key=lambda number: (abs(number - line.number), number))
            yield DiffLine("-", nearest, line.text)
