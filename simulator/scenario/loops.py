"""Loops among things that need one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def loops(needs: Mapping[str, Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """Each loop once, beginning with its member that comes first in the mapping; what leads into a loop is no part of it."""
    found: dict[frozenset[str], tuple[str, ...]] = {}
    for start in needs:
        way = _way_back(start, needs)
        if way is not None:
            found.setdefault(frozenset(way), way)
    return tuple(found.values())


def _way_back(start: str, needs: Mapping[str, Sequence[str]]) -> tuple[str, ...] | None:
    """The shortest way from something back to itself."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    for way in ways:  # grows while it is walked
        for other in needs.get(way[-1], ()):
            if other == start:
                return way
            if other in needs and other not in seen:
                seen.add(other)
                ways.append((*way, other))
    return None
