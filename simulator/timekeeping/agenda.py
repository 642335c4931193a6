"""An agenda in memory: what comes next, in an order that repeats exactly.

Pure: it never waits and knows no clock. The agenda of a run at play lives in the database, by the same order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from heapq import heappop, heappush
from itertools import count
from typing import Generic, Protocol, TypeVar


class Entry(Protocol):
    """What can stand in an agenda: a thing with an id of its own, due at an instant. The lower priority goes first."""

    @property
    def id(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def priority(self) -> int: ...


E = TypeVar("E", bound=Entry)


class Agenda(Generic[E]):
    """A heap of entries by instant, then priority, then the order of adding."""

    def __init__(self, entries: Iterable[E] = ()) -> None:
        self._heap: list[tuple[datetime, int, int, E]] = []
        self._known: set[str] = set()
        self._sequence = count()
        self.add(entries)

    def __len__(self) -> int:
        return len(self._heap)

    def add(self, entries: Iterable[E]) -> int:
        """Add entries and return how many were new; one whose id was ever added before is left out."""
        added = 0
        for entry in entries:
            if entry.id not in self._known:
                self._known.add(entry.id)
                heappush(self._heap, (entry.at, entry.priority, next(self._sequence), entry))
                added += 1
        return added

    def peek(self) -> E | None:
        """The entry that comes next, None when the agenda is empty."""
        return self._heap[0][3] if self._heap else None

    def due(self, until: datetime) -> Iterator[E]:
        """Take out one after the other what is due at or before an instant, entries added meanwhile among them."""
        while self._heap and self._heap[0][0] <= until:
            yield heappop(self._heap)[3]
