"""Places in a diff that a moment is about, named by a path pattern and a pattern in the lines."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

from simulator.model.code import ChangedFile
from simulator.model.diff_lines import added_lines, removed_lines
from simulator.model.history import Head
from simulator.scenario.expressions import finds
from simulator.scenario.part import Part
from simulator.scenario.people import PatternText

_LONGEST_LINE = 500


class Spot(Part):
    """A place in a diff: lines that match a pattern, in files whose path matches another."""

    path: str = "*"
    """Shell pattern of the file, such as `payments/*.py`."""
    find: PatternText
    """Regular expression, searched in each line."""

    def added_in(self, head: Head | None) -> tuple[tuple[str, int], ...]:
        """Path and line of each match among the added lines of a pull request at a head."""
        return tuple(
            (file.path, number)
            for file in self._files(head)
            for number, text in added_lines(file)
            if finds(self.find, text[:_LONGEST_LINE])
        )

    def removed_in(self, head: Head | None) -> bool:
        """Whether a pull request at a head takes out a line that matches, and puts no such line in."""
        gone = any(finds(self.find, text[:_LONGEST_LINE]) for file in self._files(head) for text in removed_lines(file))
        return gone and not self.added_in(head)

    def _files(self, head: Head | None) -> Iterator[ChangedFile]:
        return (file for file in (head.files if head else ()) if fnmatchcase(file.path, self.path))
