"""What colleagues know when they react to a fact: the story, everything up to the fact, and a seed to draw with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from simulator.model.facts import Fact
from simulator.model.keys import SeatId
from simulator.plan.draws import drawn_length
from simulator.plan.pulls import PullStanding, standing
from simulator.ports import Bindings
from simulator.scenario.events.absence import AbsenceEvent
from simulator.scenario.loaded import LoadedScenario
from simulator.scenario.values import Span

_SETTLING_IN = timedelta(minutes=30)


@dataclass(frozen=True, kw_only=True)
class Situation:
    """The state of things at a fact. Later facts of `facts` are not looked at."""

    scenario: LoadedScenario
    facts: Sequence[Fact]
    bindings: Bindings
    seed: int
    until: Fact

    @cached_property
    def known(self) -> tuple[Fact, ...]:
        """The facts up to and including the one reacted to."""
        return tuple(self._up_to_the_fact())

    def pull(self, number: str) -> PullStanding | None:
        """A pull request as it stands at the fact."""
        return standing(self.known, number)

    def is_human(self, seat: SeatId | None) -> bool:
        """Whether a human sits there."""
        return self.scenario.roster.is_human_seat(seat)

    def later(self, span: Span, *key: str) -> datetime:
        """A drawn length of working time after the fact; the key names the question that chance decides."""
        length = drawn_length(span.shortest, span.longest, self.seed, *key)
        return self.scenario.calendar.add_working_time(self.until.at, length)

    def present(self, seat: SeatId, at: datetime) -> datetime:
        """The instant, or the time that somebody who is away then gets to it after coming back."""
        absence = self.absence_of(seat, at)
        if absence is None:
            return at
        back = self.scenario.instant(absence.until)
        wait = drawn_length(timedelta(), _SETTLING_IN, self.seed, "back", seat, absence.id, self.until.source_id)
        return self.present(seat, self.scenario.calendar.add_working_time(back, wait))

    def absence_of(self, seat: SeatId, at: datetime) -> AbsenceEvent | None:
        """The absence of somebody at an instant, if there is one."""
        absences = (
            event for event in self.scenario.spec.story if isinstance(event, AbsenceEvent) and event.who == seat
        )
        when = self.scenario.instant
        return next((event for event in absences if when(event.since) <= at < when(event.until)), None)

    def _up_to_the_fact(self) -> Iterator[Fact]:
        for fact in self.facts:
            if fact.source_id == self.until.source_id:
                break
            if fact.at <= self.until.at:
                yield fact
        yield self.until
