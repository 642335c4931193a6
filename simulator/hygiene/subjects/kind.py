"""What a subject is: something that a rule can judge, whose it is, what it weighs, and how those of a kind are found."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from simulator.model.history import History
from simulator.model.keys import SeatId

S = TypeVar("S")
S_co = TypeVar("S_co", covariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opportunity(Generic[S_co]):
    """One subject that a rule can judge. `name` is `kind:name`; `seats` share it, the first did it first."""

    subject: S_co
    name: str
    url: str
    item: str
    mass: float
    seats: tuple[SeatId, ...]
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind(Generic[S]):
    """A kind of subject. `opportunity` says in words which subjects count, for the rule book.

    `per_sprint_item`: how much evidence to expect grows with the sprint; otherwise the rule's quota stands as it is.
    """

    name: str
    opportunity: str
    find: Callable[[History], Iterable[Opportunity[S]]]
    per_sprint_item: bool = True
