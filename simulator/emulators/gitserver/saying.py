"""What git says to the person who pushes, line by line, without what is none of theirs."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

_LINE_END = re.compile(rb"(?<=[\r\n])")
_WHY = re.compile(rb"error: (cannot lock ref '([^']+)': )(.*)")
_OF_A_FILE = re.compile(rb"Unable to create '.*\.lock': File exists")
_IS_LOCKED = b"it is locked by another process"


class Saying:
    """Collects the pieces that git's messages come in. `why` has the reasons of refs that could not move, by their names.

    Paths of the server are taken out, and so are the lines that begin with one of `unsaid`.
    """

    def __init__(self, repository: Path, *, unsaid: Iterable[bytes]) -> None:
        self.why: dict[bytes, bytes] = {}
        self._hidden = {f"{place}/".encode() for place in (repository, os.path.realpath(repository))}
        self._unsaid = tuple(unsaid)
        self._begun = b""
        self._is_locked = False

    def lines(self, piece: bytes) -> bytes:
        """The lines that a further piece completes, as far as the person sees them."""
        *whole, self._begun = _LINE_END.split(self._begun + piece)
        return b"".join(map(self._shown, whole))

    def rest(self) -> bytes:
        """What is left when git has ended."""
        begun, self._begun = self._begun, b""
        return self._shown(begun)

    def _shown(self, line: bytes) -> bytes:
        for hidden in self._hidden:
            line = line.replace(hidden, b"")
        why, is_below, self._is_locked = _WHY.match(line), self._is_locked, False
        if why:
            self._is_locked = _OF_A_FILE.match(why[3]) is not None
            self.why[why[2]] = why[1] + (_IS_LOCKED if self._is_locked else why[3])
            return b""
        return b"" if line.startswith(self._unsaid) or (is_below and not line.strip()) else line
