"""Acts in the run itself: going away, being back, another pace."""

from __future__ import annotations

from typing import Literal

from typing_extensions import override

from simulator.model import actions as model
from simulator.model.keys import SeatId
from simulator.scenario.acts.act import Act, Place
from simulator.scenario.part import PersonRef
from simulator.scenario.values import PaceText, TimeText


class Away(Act):
    """Somebody is away from now on: what they were to do waits until they are back, or goes to the delegate."""

    do: Literal["away"]
    until: TimeText | None = None
    """When they mean to be back; left out: nobody knows."""
    delegate: PersonRef | None = None

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        until = place.instant(self.until) if self.until else None
        delegate = SeatId(self.delegate) if self.delegate else None
        return (model.ChangeAvailability(actor=who, away=True, until=until, delegate=delegate),)


class Back(Act):
    """Somebody is back."""

    do: Literal["back"]

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        return (model.ChangeAvailability(actor=who, away=False),)


class Pace(Act):
    """The clock runs at another pace from now on."""

    do: Literal["pace"]
    day: PaceText
    """How long a working day takes on the learner's clock."""

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        return (model.ChangePace(actor=who, pace_s=self.day.total_seconds()),)
