"""The base of all acts, and the place where they happen."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from simulator.model import actions as model
from simulator.model.keys import SeatId
from simulator.scenario.part import (
    Part,
    PersonRef,
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where acts happen: the scenario's folder, for patches, and the repository's default branch."""

    folder: Path
    default_branch: str


class Act(Part):
    """Base of all acts. `who` is the acting person; left out, it is the person of the event or of the persona."""

    who: PersonRef | None = None

    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        """The act as actions of the person `who`; patches are read from the scenario's folder."""
        raise NotImplementedError

    def seat(self, default: SeatId) -> SeatId:
        """Who acts."""
        return SeatId(self.who) if self.who else default
