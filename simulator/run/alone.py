"""What a rehearsal knows and a real run cannot: nobody acts on the services but itself.

So there is something to see only after an act, and each act can be given a second of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from simulator.model.actions import Action
from simulator.model.facts import Observation
from simulator.ports import Bindings, Observer, Performer
from simulator.run.live import Live
from simulator.timekeeping.clock import HandClock


def alone(live: Live, clock: HandClock) -> Live:
    """The run with a performer that takes a second for everything, and an observer that looks once after it acted."""
    services = _Alone(performer=live.performer, observer=live.observer, clock=clock)
    return replace(live, performer=services, observer=services)


@dataclass(slots=True)
class _Alone:
    performer: Performer
    observer: Observer
    clock: HandClock
    has_acted: bool = True  # at first: what stands there before the first act

    def perform(self, action: Action, *, bindings: Bindings, again: bool = False) -> Bindings:
        self.has_acted = True  # also when it fails half-way
        made = self.performer.perform(action, bindings=bindings, again=again)
        self.clock.tick()
        return made

    def observe(
        self, cursor: Mapping[str, Any], *, closely: bool = False
    ) -> tuple[Sequence[Observation], Mapping[str, Any]]:
        if not self.has_acted:
            return (), cursor
        seen = self.observer.observe(cursor, closely=closely)
        self.has_acted = False
        return seen
