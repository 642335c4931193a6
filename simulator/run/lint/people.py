"""Who is who: the accounts that several sources tell of, joined to people.

Accounts are one person's when a mapping file, a `.mailmap` or a service says so, or when their names are the same and of more
than one word. Bots are nobody.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from simulator.model.keys import Login, SeatId
from simulator.model.past import Someone
from simulator.model.people import Person, Roster, SeatKind

_NOT_IN_A_SEAT = re.compile(r"[^a-z0-9]+")
_LONGEST_SEAT = 40


def roster_of(people: Iterable[Someone], *, known: Sequence[Someone] = ()) -> Roster:
    """Everybody with a seat of their own, those of the mapping file (`known`) first, under the names that it gives them."""
    found = _joined(known, people)
    seats: dict[SeatId, Person] = {}
    for one in found:
        if not one.is_bot:
            person = _person(one, taken=seats)
            seats[person.seat] = person
    return Roster(seats)


@dataclass(slots=True)
class _Joined:
    """People who turned out to be one."""

    name: str
    accounts: dict[str, None] = field(default_factory=dict)
    is_bot: bool = False


def _joined(known: Sequence[Someone], people: Iterable[Someone]) -> list[_Joined]:
    by_account: dict[str, _Joined] = {}
    by_name: dict[str, _Joined] = {}
    found: list[_Joined] = []
    for one in (*known, *people):
        accounts = [account.lower() for account in one.accounts]
        same = next((by_account[account] for account in accounts if account in by_account), None)
        same = same or by_name.get(_whole_name(one.name))
        if same is None:
            same = _Joined(one.name)
            found.append(same)
        same.is_bot = same.is_bot or one.is_bot
        for account in accounts:
            same.accounts[account] = None
            by_account.setdefault(account, same)
        if name := _whole_name(one.name):
            by_name.setdefault(name, same)
    return found


def _whole_name(name: str) -> str:
    """A name that tells one person from others: of two words at least. Empty for any other."""
    words = unicodedata.normalize("NFKC", name).casefold().split()
    return " ".join(words) if len(words) > 1 else ""


def _person(one: _Joined, *, taken: Mapping[SeatId, Person]) -> Person:
    addresses = [account for account in one.accounts if "@" in account]
    others = [account for account in one.accounts if "@" not in account]
    return Person(
        seat=next(seat for seat in _seats(one) if seat not in taken),
        kind=SeatKind.HUMAN,
        name=one.name or next(iter(one.accounts), "somebody"),
        login=Login(others[0] if others else ""),
        email=addresses[0] if addresses else "",
        accounts=(*one.accounts, one.name.lower()),
    )


def _seats(one: _Joined) -> Iterator[SeatId]:
    text = (
        unicodedata.normalize("NFKD", one.name or next(iter(one.accounts), ""))
        .encode("ascii", "ignore")
        .decode()
        .lower()
    )
    base = _NOT_IN_A_SEAT.sub("-", text).strip("-")[:_LONGEST_SEAT].strip("-") or "somebody"
    yield SeatId(base)
    number = 1
    while True:
        number += 1
        yield SeatId(f"{base}-{number}")
