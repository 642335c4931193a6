"""People at work: seats for humans and simulated colleagues."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from simulator.model.keys import Login, SeatId


class SeatKind(StrEnum):
    """Who sits there: a human who learns, a simulated teammate, or the simulator itself."""

    HUMAN = "human"
    TEAMMATE = "teammate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One of the people. `login` and `email` are those of the services, empty where there is none; `accounts` are further
    ones.
    """

    seat: SeatId
    kind: SeatKind
    name: str
    login: Login
    email: str
    role: str = "developer"
    accounts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Roster:
    """All people of a run, by seat. Looks up accounts without regard to case, as the services do.

    Where people share an account, what it does counts as done by the first of them.
    """

    people: Mapping[SeatId, Person]
    _seats: Mapping[str, SeatId] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        seats: dict[str, SeatId] = {}
        for person in self.people.values():
            for account in (person.login, person.email, *person.accounts):
                if account:
                    seats.setdefault(account.lower(), person.seat)
        object.__setattr__(self, "_seats", seats)

    def __iter__(self) -> Iterator[Person]:
        return iter(self.people.values())

    def __getitem__(self, seat: SeatId) -> Person:
        return self.people[seat]

    def seat_of(self, account: str | None) -> SeatId | None:
        """Seat of a login or an e-mail address, None for strangers and bots."""
        return self._seats.get(account.lower()) if account else None

    def humans(self) -> tuple[Person, ...]:
        """The human seats, in the scenario's order."""
        return tuple(person for person in self if person.kind is SeatKind.HUMAN)

    def is_human_seat(self, seat: SeatId | None) -> bool:
        """Whether the seat is one for a human learner."""
        return seat is not None and seat in self.people and self.people[seat].kind is SeatKind.HUMAN
