"""What colleagues know when they react to a fact: the story, everything up to the fact, and a seed to draw with."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import islice, takewhile
from operator import attrgetter

from simulator.model.facts import Fact, FactKind
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
    """The state of things at a fact. `facts` are in the order of their instants; later ones are not looked at."""

    scenario: LoadedScenario
    facts: Sequence[Fact]
    bindings: Bindings
    seed: int
    until: Fact
    wordings: Wordings = field(default_factory=Table)

    @cached_property
    def known(self) -> tuple[Fact, ...]:
        """The facts up to and including the one reacted to."""
        before = bisect_left(self.facts, self.until.at, key=attrgetter("at"))
        meanwhile = takewhile(self._is_earlier, islice(self.facts, before, None))
        return (*self.facts[:before], *meanwhile, self.until)

    @cached_property
    def opened(self) -> Mapping[str, Fact]:
        """The opening of each pull request that is known, by its subject."""
        return {fact.subject: fact for fact in reversed(self.known) if fact.kind is FactKind.PULL_REQUEST_OPENED}

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

    def _is_earlier(self, fact: Fact) -> bool:
        return fact.at == self.until.at and fact.source_id != self.until.source_id
