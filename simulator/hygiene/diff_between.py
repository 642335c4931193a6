"""How much of one diff is not in another: lines that people write, file by file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from simulator.model.code import ChangedFile
from simulator.model.substance import is_written_by_hand


def lines_between(before: Iterable[ChangedFile], after: Iterable[ChangedFile]) -> int:
    """Changed lines that only one of two diffs against the same base has; where a patch is not known, their counts differ.

    Lock files, generated and binary files count nothing, nor do blank lines and indentation.
    """
    old, new = ({file.path: file for file in files if is_written_by_hand(file.path)} for files in (before, after))
    return sum(_between(old.get(path), new.get(path)) for path in old.keys() | new.keys())


def _between(old: ChangedFile | None, new: ChangedFile | None) -> int:
    if old == new:
        return 0
    known = [file for file in (old, new) if file is not None]
    if any(not file.patch for file in known):
        counts = [(file.additions, file.deletions) if file else (0, 0) for file in (old, new)]
        return sum(abs(a - b) for a, b in zip(*counts, strict=True))
    one, other = (_changed(file.patch) if file and file.patch else Counter[str]() for file in (old, new))
    return (one - other).total() + (other - one).total()


def _changed(patch: str) -> Counter[str]:
    squeezed = (line[0] + "".join(line[1:].split()) for line in patch.splitlines() if line[:1] in ("+", "-"))
    return Counter(line for line in squeezed if len(line) > 1)
