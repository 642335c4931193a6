"""How much room the objects of a repository take."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class _Measured:
    size_kb: int
    files: int
    as_of: object
    at: float


_known: dict[Path, _Measured] = {}
_MOST_KNOWN = 10_000
_FEW = 100  # files of objects that are counted at once
_RECENT_S = 60.0


def disk_size_kb(repository: Path) -> int:
    """Size of all objects, loose and packed, in whole KB rounded up."""
    return _measured(repository, None).size_kb


def recent_size_kb(repository: Path, *, as_of: object) -> int:
    """The same as it was when `as_of` was another; with many objects as it was a minute ago at most.

    GitHub too tells the new size of a repository a while after a push.
    """
    known = _known.get(repository)
    if known is None or (known.as_of != as_of and (known.files <= _FEW or time.monotonic() - known.at > _RECENT_S)):
        if len(_known) >= _MOST_KNOWN:
            _known.clear()
        known = _known[repository] = _measured(repository, as_of)
    return known.size_kb


def _measured(repository: Path, as_of: object) -> _Measured:
    size, files = _size_of(str(repository / "objects"))
    return _Measured(-(-size // 1024), files, as_of, time.monotonic())


def _size_of(folder: str) -> tuple[int, int]:
    size = files = 0
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                below = _size_of(entry.path) if entry.is_dir() else (entry.stat().st_size, 1)
                size, files = size + below[0], files + below[1]
    except FileNotFoundError:  # a push that is under way puts its folder away
        return size, files
    return size, files
