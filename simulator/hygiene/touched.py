"""Whether a push changed what a remark is about: the lines around it, wherever they stand afterwards.

Refuses to judge whether the change is the one that was asked for.
"""

from __future__ import annotations

from simulator.model.code import ChangedFile
from simulator.model.diff_lines import diff_lines
from simulator.model.history import Head


def touches(before: Head, after: Head, *, path: str | None, line: int | None, around: int = 5) -> bool:
    """Whether the lines up to five above and below a line of a file differ between two heads of a pull request.

    Where the lines are not known (a remark on the whole file, no patch), any change of the file counts.
    """
    if before.sha == after.sha:
        return False
    old, new = (_file(head, path) for head in (before, after))
    if old == new:
        return False
    if old is None or new is None or not old.patch or not new.patch or line is None:
        return True
    window = [text for number, text in _shown(old) if abs(number - line) <= around]
    return not window or not _holds([text for _, text in _shown(new)], window)


def _file(head: Head, path: str | None) -> ChangedFile | None:
    return next((file for file in head.files if file.path == path), None)


def _shown(file: ChangedFile) -> list[tuple[int, str]]:
    return [(line.number, line.text) for line in diff_lines(file.patch) if line.is_shown]


def _holds(texts: list[str], window: list[str]) -> bool:
    starts = (place for place, text in enumerate(texts) if text == window[0])
    return any(texts[place : place + len(window)] == window for place in starts)
