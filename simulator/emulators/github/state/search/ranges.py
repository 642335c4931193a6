"""Numbers and dates in a query: `10`, `>10`, `<=10`, `10..20`, `*..20`; dates likewise, and a day means the whole day.

Source: https://docs.github.com/en/search-github/getting-started-with-searching-on-github/understanding-the-search-syntax
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Generic, TypeVar

from simulator.emulators.github.state.search.errors import SearchRefused

Bound = TypeVar("Bound", int, datetime)

_COMPARED = re.compile(r"(?P<sign>>=|<=|>|<)?(?P<value>.+)\Z")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?\Z")
_LARGEST = 2**53


@dataclass(frozen=True, slots=True)
class Range(Generic[Bound]):
    """From `low` (included) up to `high` (not included); None is open."""

    low: Bound | None
    high: Bound | None

    def holds(self, value: Bound | None) -> bool:
        """Whether a value lies within; None never does."""
        if value is None:
            return False
        return (self.low is None or value >= self.low) and (self.high is None or value < self.high)


def numbers(text: str) -> Range[int]:
    """A range of whole numbers. Raises SearchRefused."""
    return _range(text, _number)


def instants(text: str) -> Range[datetime]:
    """A range of instants; those without a zone are UTC. Raises SearchRefused."""
    return _range(text, _instant)


def _range(text: str, read: Callable[[str], tuple[Bound, Bound]]) -> Range[Bound]:
    # `read` gives a value and the first one after it: the next number, the next day, the next second
    low, dots, high = text.partition("..")
    if dots:
        return Range(None if low == "*" else read(low)[0], None if high == "*" else read(high)[1])
    found = _COMPARED.match(text)
    value, after = read(found["value"] if found else text)
    match found["sign"] if found else None:
        case ">":
            return Range(after, None)
        case ">=":
            return Range(value, None)
        case "<":
            return Range(None, value)
        case "<=":
            return Range(None, after)
    return Range(value, after)


def _number(text: str) -> tuple[int, int]:
    if not (text.isascii() and text.isdigit() and len(text) < 17):
        raise SearchRefused(f'"{text[:80]}" is not a number.')
    return min(int(text), _LARGEST), min(int(text), _LARGEST) + 1


def _instant(text: str) -> tuple[datetime, datetime]:
    with suppress(ValueError, OverflowError):  # the thirtieth of February, the year 0
        if _DAY.match(text):
            day = datetime.fromisoformat(text).replace(tzinfo=UTC)
            return day, day + timedelta(days=1)
        if _INSTANT.match(text):
            found = datetime.fromisoformat(text)
            instant = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
            return instant, instant + timedelta(seconds=1)
    raise SearchRefused(
        f'"{text[:80]}" is not a recognized date/time format. '
        "Please provide an ISO 8601 date/time value, such as YYYY-MM-DD."
    )
