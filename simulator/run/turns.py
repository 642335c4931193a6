"""Turns of the story that the run itself takes: somebody goes or comes back, the clock runs at another pace."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.model.actions import Action, ChangeAvailability, ChangePace
from simulator.model.agenda import AgendaEntry
from simulator.model.facts import Fact, FactKind
from simulator.run.clockwork import Clockwork
from simulator.run.doing import Done, Way
from simulator.run.intake import Intake
from simulator.run.live import Live
from simulator.run.shelf import Shelf
from simulator.timekeeping.clock import Clock
from simulator.timekeeping.pace import check_pace


class Turns:
    """Takes them, each with its fact: written once for its entry, also after a `kill -9`."""

    def __init__(self, shelf: Shelf, intake: Intake, clockwork: Clockwork, *, clock: Clock) -> None:
        self._shelf = shelf
        self._intake = intake
        self._clockwork = clockwork
        self._clock = clock

    @property
    def ways(self) -> Mapping[type[Action], Way]:
        """How each kind of these actions is done."""
        return {ChangePace: self._pace, ChangeAvailability: self._availability}

    def _pace(self, live: Live, entry: AgendaEntry, action: ChangePace) -> Done:
        pace_s = check_pace(action.pace_s)
        self._clockwork.pace(live, pace_s)
        self._take_in(live, entry, action, kind=FactKind.PACE_CHANGED, detail={"pace_s": pace_s})
        return Done()

    def _availability(self, live: Live, entry: AgendaEntry, action: ChangeAvailability) -> Done:
        until = action.until.isoformat() if action.until else None
        detail = {"seat": action.actor, "away": action.away, "until": until, "delegate": action.delegate}
        self._take_in(live, entry, action, kind=FactKind.AVAILABILITY_CHANGED, detail=detail)
        return Done()

    def _take_in(
        self, live: Live, entry: AgendaEntry, action: Action, *, kind: FactKind, detail: dict[str, Any]
    ) -> None:
        now = self._clock()
        fact = Fact(
            source_id=f"run:{kind}:{entry.id}",
            kind=kind,
            subject=f"person:{action.actor}" if kind is FactKind.AVAILABILITY_CHANGED else f"run:{live.run_id}",
            actor=action.actor,
            url="",
            recorded_at=now,
            at=live.timeline.simulated(now),
            detail=detail,
        )
        self._intake.take(live, fact)
