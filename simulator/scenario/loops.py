"""Loops among things that need one another."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence


def loops(needs: Mapping[str, Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """Loops, each once, beginning with its member that comes first in the mapping; what leads into a loop is no part of it.

    Of loops that share all their members with others, some are left out: they are there again when the others are mended.
    """
    tied = _tied(needs)
    found: list[tuple[str, ...]] = []
    told: set[str] = set()
    for start in tied:
        way = _way_back(start, tied) if start not in told else None
        if way is not None:
            found.append(way)
            told.update(way)
    return tuple(found)


def _tied(needs: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """What is left without those that need nothing in the end: loops, and what leads into them."""
    tied = {name: [other for other in others if other in needs] for name, others in needs.items()}
    needed_by: dict[str, list[str]] = {name: [] for name in tied}
    for name, others in tied.items():
        for other in others:
            needed_by[other].append(name)
    counts = {name: len(others) for name, others in tied.items()}
    free = deque(name for name, count in counts.items() if not count)
    while free:
        name = free.popleft()
        del tied[name]
        for other in needed_by[name]:
            counts[other] -= 1
            if not counts[other]:
                free.append(other)
    return {name: [other for other in others if other in tied] for name, others in tied.items()}


def _way_back(start: str, needs: Mapping[str, Sequence[str]]) -> tuple[str, ...] | None:
    """The shortest way from something back to itself."""
    before: dict[str, str] = {}
    ways = deque([start])
    while ways:
        name = ways.popleft()
        for other in needs[name]:
            if other == start:
                return _walked(name, start, before)
            if other not in before:
                before[other] = name
                ways.append(other)
    return None


def _walked(name: str, start: str, before: Mapping[str, str]) -> tuple[str, ...]:
    way = [name]
    while way[-1] != start:
        way.append(before[way[-1]])
    return tuple(reversed(way))
