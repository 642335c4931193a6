"""What a change comes to, as commits and pull requests count it."""

from __future__ import annotations

from abc import ABC, abstractmethod


class Changed(ABC):
    """Something that changes files and lines."""

    @property
    @abstractmethod
    def totals(self) -> tuple[int, int, int]:
        """Changed files, added lines, deleted lines."""

    @property
    def changed_files(self) -> int:
        """How many files it changes."""
        return self.totals[0]

    @property
    def additions(self) -> int:
        """Lines added."""
        return self.totals[1]

    @property
    def deletions(self) -> int:
        """Lines deleted."""
        return self.totals[2]
