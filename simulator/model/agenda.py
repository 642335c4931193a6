"""Entries of a run's agenda: what is to be done at which simulated time, and how far it got. Refuses to know how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class Phase(StrEnum):
    """Whether an entry sets the run up or is part of the play."""

    SETUP = "setup"
    PLAY = "play"


class EntryState(StrEnum):
    """How far an entry got. One that is begun but not finished is done again after a crash."""

    WAITING = "waiting"
    BEGUN = "begun"
    DONE = "done"
    SKIPPED = "skipped"
    FAILED = "failed"

    @property
    def is_open(self) -> bool:
        """Whether the entry still has to be done."""
        return self in {EntryState.WAITING, EntryState.BEGUN}


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaEntry:
    """An action (packed) to be done at the simulated instant `at`; entries of one instant go by priority, then sequence.

    `id` is unique in the run; `sequence` is given when the entry is added, in the order of adding. `begun_at` (first attempt)
    and `done_at` are wall time.
    """

    id: str
    at: datetime
    action: Mapping[str, Any]  # JSON values, as model.actions.pack makes them
    priority: int = 0
    sequence: int = 0
    phase: Phase = Phase.PLAY
    state: EntryState = EntryState.WAITING
    begun_at: datetime | None = None
    done_at: datetime | None = None
    attempts: int = 0
    note: str = ""
