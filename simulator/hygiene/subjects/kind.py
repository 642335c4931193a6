"""What a subject is: something that a rule can judge, whose it is, what it weighs, and how those of a kind are found."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, Generic, TypeVar

from simulator.model.history import History
from simulator.model.keys import SeatId
from simulator.model.record import record

OF_ITS_AUTHORS = "everybody who wrote something of it; shared work counts for each"
BY_LINES = "by their substantive lines"

S = TypeVar("S")
S_co = TypeVar("S_co", covariant=True)


@record
class Opportunity(Generic[S_co]):
    """One subject that a rule can judge. `name` is `kind:name`; `seats` share it, the first did it first."""

    subject: S_co
    name: str
    url: str
    item: str
    mass: float
    seats: tuple[SeatId, ...]
    at: datetime


class Source(Enum):
    """Where subjects are looked for, one thing after another: what is found in one depends on it, and is found again only
    when it or something that was read meanwhile is another one.
    """

    PULLS = "pulls"
    BRANCHES = "branches"
    COMMITS = "commits"
    ISSUES = "issues"
    SPRINTS = "sprints"
    DIRECT_PUSHES = "direct_pushes"
    LANDINGS = "landings"
    ALONE = "alone"
    PEOPLE = "people"
    HISTORY = "history"

    def things(self, history: History) -> Iterable[tuple[Hashable, Any]]:  # Any: what the source's name says
        """Key and thing, in the history's order; people are the roster's humans, the history is one thing."""
        match self:
            case Source.DIRECT_PUSHES | Source.LANDINGS:
                return ((thing.sha, thing) for thing in getattr(history, self.value))
            case Source.PEOPLE:
                return ((person.seat, person) for person in history.roster.humans())
            case Source.HISTORY:
                return (("", None),)
            case _:
                return getattr(history, self.value).items()  # type: ignore[no-any-return]

    def is_the_same(self, before: History, now: History) -> bool:
        """Whether two histories hold the very same things; False also where that cannot be told at once."""
        match self:
            case Source.PEOPLE:
                return before.roster is now.roster
            case Source.HISTORY:
                return True
            case _:
                return getattr(before, self.value) is getattr(now, self.value)


@dataclass(frozen=True, slots=True)
class Place(Generic[S_co]):
    """Opportunities that are found in each thing of a source. `find` gets the thing and the history (HISTORY: None)."""

    source: Source
    find: Callable[[Any, History], Iterable[Opportunity[S_co]]]  # Any: what the source holds


@record
class Kind(Generic[S]):
    """A kind of subject. In words, for the rule book: `opportunity`, which subjects count; `whose` they are, where that does not
    say it; what each `weighs` in its work item.

    `per_sprint_item`: how much evidence to expect grows with the sprint; otherwise the rule's quota stands as it is.
    """

    name: str
    opportunity: str
    places: tuple[Place[S], ...]
    per_sprint_item: bool = True
    whose: str = ""
    weighs: str = "all the same"

    def find(self, history: History) -> Iterator[Opportunity[S]]:
        """All opportunities of the kind in a history."""
        for place in self.places:
            for _, thing in place.source.things(history):
                yield from place.find(thing, history)
