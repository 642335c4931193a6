"""Where to look next, told by what was just done: some things are too dear to be looked at every time."""

from __future__ import annotations

from enum import StrEnum
from threading import Lock

from simulator.model.actions import (
    Action,
    CloseSprint,
    CreateSprint,
    EditSprint,
    ProtectBranch,
    PublishRelease,
    ReportCheck,
    RerunCheck,
    ResolveThread,
    StartSprint,
)


class Hint(StrEnum):
    """What changed without leaving a trace in the lists that every look reads."""

    SPRINTS = "sprints"
    CHECKS = "checks"
    RERUNS = "reruns"
    THREADS = "threads"
    RELEASES = "releases"
    SURROUNDINGS = "surroundings"


OF_PEOPLE = frozenset({Hint.SPRINTS, Hint.RERUNS, Hint.THREADS})
"""What somebody may have done in the browser or on the command line, without the performer's knowing."""

_SAID_BY: dict[type[Action], Hint] = {
    CreateSprint: Hint.SPRINTS,
    StartSprint: Hint.SPRINTS,
    CloseSprint: Hint.SPRINTS,
    EditSprint: Hint.SPRINTS,
    ReportCheck: Hint.CHECKS,
    RerunCheck: Hint.RERUNS,
    ResolveThread: Hint.THREADS,
    PublishRelease: Hint.RELEASES,
    ProtectBranch: Hint.SURROUNDINGS,
}


class Hints:
    """Hints that the performer gives and the observer takes; safe between threads."""

    def __init__(self) -> None:
        self._given: set[Hint] = set()
        self._lock = Lock()

    def give_for(self, action: Action) -> None:
        """Remember what an action will have changed."""
        begins_only = isinstance(action, ReportCheck) and not action.conclusion
        if type(action) in _SAID_BY and not begins_only:
            self.give({_SAID_BY[type(action)]})

    def give(self, hints: set[Hint]) -> None:
        """Remember hints."""
        with self._lock:
            self._given |= hints

    def take(self) -> set[Hint]:
        """All hints since they were last taken."""
        with self._lock:
            taken, self._given = self._given, set()
            return taken
