"""What was so on which day, found when it is asked for: who asks for one day hears nothing of what is new on another.

Pure. Days are those of the simulated clock, in UTC.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Generic, TypeVar

from simulator.model.keys import SeatId

T = TypeVar("T")
Span = tuple[datetime, datetime | None, T]
"""From when to when (None: still), and what."""
_ONE_DAY = timedelta(days=1)


class ByDay(Mapping[tuple[SeatId, date], tuple[T, ...]], Generic[T]):
    """(person, day) → what was so at any time of that day, in the order in which it was given."""

    def __init__(self, spans: Iterable[tuple[SeatId, Span[T]]]) -> None:
        self._spans: dict[SeatId, list[Span[T]]] = {}
        for seat, span in spans:
            self._spans.setdefault(seat, []).append(span)
        self._known: dict[tuple[SeatId, date], tuple[T, ...]] = {}

    def __getitem__(self, key: tuple[SeatId, date]) -> tuple[T, ...]:
        if key not in self._known:
            self._known[key] = self._on(*key)
        if not self._known[key]:
            raise KeyError(key)
        return self._known[key]

    def __iter__(self) -> Iterator[tuple[SeatId, date]]:
        for seat, spans in self._spans.items():
            moments = [moment for since, until, _ in spans for moment in (since, until or since)]
            first, last = day_of(min(moments)), day_of(max(moments))
            days = (first + number * _ONE_DAY for number in range((last - first).days + 1))
            yield from ((seat, day) for day in days if (seat, day) in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _on(self, seat: SeatId, day: date) -> tuple[T, ...]:
        begins = datetime.combine(day, time.min, UTC)
        ends = begins + _ONE_DAY
        spans = self._spans.get(seat, ())
        return tuple([what for since, until, what in spans if since < ends and (until is None or until > begins)])


def day_of(instant: datetime) -> date:
    """The day of an instant."""
    return instant.astimezone(UTC).date()
