"""Lines of one file's unified diff: which can be commented on, where they stand, where they go when the file changes.

Pure text; knows neither git nor requests. Positions count as GitHub's do: the line below the first `@@` is 1, and further
`@@` lines count too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_HEADER = re.compile(r"@@ -(?P<old>\d+)(?:,(?P<old_count>\d+))? \+(?P<new>\d+)(?:,(?P<new_count>\d+))? @@")
LEFT = "LEFT"
RIGHT = "RIGHT"


@dataclass(frozen=True, slots=True)
class DiffLine:
    """One line of a diff. `old` and `new` are its line numbers in the two files, None where it does not exist."""

    position: int
    hunk: int
    text: str
    old: int | None
    new: int | None

    def stands_at(self, line: int, side: str) -> bool:
        """Whether this is line `line` of the old file (LEFT) or of the new one (RIGHT)."""
        return line == (self.old if side == LEFT else self.new)


def lines_of(patch: str) -> list[DiffLine]:
    """All lines of a patch below its `@@` headers, in order; the mark of a missing final newline is no line."""
    lines: list[DiffLine] = []
    old = new = 0
    hunk = -1
    for position, text in enumerate(patch.split("\n")):
        header = _HEADER.match(text)
        if header:
            old, new, hunk = int(header["old"]), int(header["new"]), hunk + 1
        elif hunk >= 0 and text[:1] in {" ", "+", "-"}:
            on_left, on_right = text[0] != "+", text[0] != "-"
            lines.append(DiffLine(position, hunk, text, old if on_left else None, new if on_right else None))
            old, new = old + on_left, new + on_right
    return lines


def find(lines: list[DiffLine], *, line: int, side: str) -> DiffLine | None:
    """The diff line that shows this line of this side, None when the diff does not show it."""
    return next((each for each in lines if each.stands_at(line, side)), None)


def at_position(lines: list[DiffLine], position: int) -> DiffLine | None:
    """The diff line at a position, None when there is none."""
    return next((each for each in lines if each.position == position), None)


def hunk_until(patch: str, position: int) -> str:
    """The hunk that holds a position, from its `@@` line down to that position."""
    rows = patch.split("\n")[: position + 1]
    start = max((number for number, row in enumerate(rows) if _HEADER.match(row)), default=0)
    return "\n".join(rows[start:])


def carried(patch: str, line: int) -> int | None:
    """Where line `line` of the old file is in the new one, given the diff between them; None when it is gone or changed."""
    shift = 0
    for each in lines_of(patch):
        if each.old == line:
            return each.new
        if each.old is not None and each.old > line:
            break
        shift += (each.old is None) - (each.new is None)
    return line + shift
