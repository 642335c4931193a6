"""What colleagues know when they react to a fact: the story, everything up to the fact, and a seed to draw with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from simulator.model.facts import Fact
from simulator.model.keys import SeatId
from simulator.plan.draws import drawn_length
from simulator.plan.presence import Absence, absence_of, there_at
from simulator.plan.pulls import PullStanding, standing
from simulator.plan.words.wordings import Speaker, Table, Wordings, said_by_colleagues
from simulator.ports import Bindings
from simulator.scenario.loaded import LoadedScenario
from simulator.scenario.values import Span


@dataclass(frozen=True, kw_only=True)
class Situation:
    """The state of things at a fact. Later facts of `facts` are not looked at."""

    scenario: LoadedScenario
    facts: Sequence[Fact]
    bindings: Bindings
    seed: int
    until: Fact
    wordings: Wordings = field(default_factory=Table)

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
        return self.after(self.until.at, span, *key)

    def after(self, start: datetime, span: Span, *key: str) -> datetime:
        """A drawn length of working time after an instant; the key names the question that chance decides."""
        length = drawn_length(span.shortest, span.longest, self.seed, *key)
        return self.scenario.calendar.add_working_time(start, length)

    def present(self, seat: SeatId, at: datetime) -> datetime:
        """The instant, or the time that somebody who is away or not at work then gets to it."""
        return there_at(self.scenario, self.known, seat, at, seed=self.seed, key=self.until.source_id)

    def absence_of(self, seat: SeatId, at: datetime) -> Absence | None:
        """The absence of somebody at an instant, if there is one."""
        return absence_of(self.scenario, self.known, seat, at)

    def speaker(self, seat: SeatId, *key: str) -> Speaker:
        """A colleague's words for an occasion that the key names."""
        part = self.scenario.spec.people[seat]
        said = said_by_colleagues(self.known)
        return Speaker(wordings=self.wordings, tone=part.tone, seed=self.seed, key=(seat, *key), said=said)

    def _up_to_the_fact(self) -> Iterator[Fact]:
        for fact in self.facts:
            if fact.source_id == self.until.source_id:
                break
            if fact.at <= self.until.at:
                yield fact
        yield self.until
