"""What a job card says. Refuses to know what comes next: job_card.py does."""

from __future__ import annotations

from dataclasses import dataclass

LEVELS = 3
"""Levels of hints: a nudge, where to look, what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobCard:
    """What to do next: `why` it is next, `where` (a URL, or a command), and what the person waits for meanwhile.

    Of a moment: its id, and the hints that were taken, level 1 first. Of anything else, `commands` that lead there, where there
    are any.
    """

    title: str
    why: str
    where: str = ""
    moment: str | None = None
    hints: tuple[str, ...] = ()
    waits_for: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()

    @property
    def more_hints(self) -> bool:
        """Whether there is a hint that was not taken yet."""
        return self.moment is not None and len(self.hints) < LEVELS
