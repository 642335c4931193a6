"""The base of all acts, and the place where they happen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from simulator.model import actions as model
from simulator.model.keys import SeatId
from simulator.scenario.part import (
    Part,
    PersonRef,
)
from simulator.scenario.values import StoryTime


def _no_calendar(time: StoryTime) -> datetime:
    raise LookupError(f"there is no calendar to find {time} in")


@dataclass(frozen=True, slots=True)
class Place:
    """Where acts happen: the scenario's folder, for patches, the repository's default branch, and its calendar."""

    folder: Path
    default_branch: str
    instant: Callable[[StoryTime], datetime] = _no_calendar
    """The simulated instant of a time of the story."""


class Act(Part):
    """Base of all acts. `who` is the acting person; left out, it is the person of the event or of the persona."""

    who: PersonRef | None = None

    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        """The act as actions of the person `who`; patches are read from the scenario's folder."""
        raise NotImplementedError

    def seat(self, default: SeatId) -> SeatId:
        """Who acts."""
        return SeatId(self.who) if self.who else default
