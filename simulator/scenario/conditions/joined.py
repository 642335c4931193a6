"""Putting conditions together: what meets all of them at once.

Refuses to know what the conditions are. What is found is bounded: a story needs no thousand ways.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import islice

from simulator.scenario.conditions.condition import Match

MOST = 100
"""Matches that are followed up."""
ALWAYS = Match(since=datetime.min.replace(tzinfo=UTC))
"""What meets no condition at all: everything, ever since."""


def joined(groups: Iterable[Iterable[Match]]) -> Iterator[Match]:
    """One match of each group, all about the same things: since the last of them holds."""
    found = [ALWAYS]
    for group in groups:
        some = list(islice(group, MOST))
        both = (_both(one, other) for one in found for other in some if _agree(one.about, other.about))
        found = list(islice(both, MOST))
        if not found:
            return
    yield from found


def all_of(instants: Iterable[datetime | None]) -> datetime | None:
    """The last of some instants; None when one of them is None, and `ALWAYS.since` when there are none."""
    last = ALWAYS.since
    for instant in instants:
        if instant is None:
            return None
        last = max(last, instant)
    return last


def unanimous(abouts: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """What several matches are about, as far as they do not contradict one another."""
    named: dict[str, set[str]] = {}
    for about in abouts:
        for kind, name in about.items():
            named.setdefault(kind, set()).add(name)
    return {kind: next(iter(names)) for kind, names in named.items() if len(names) == 1}


def _agree(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    return all(other.get(kind, name) == name for kind, name in one.items())


def _both(one: Match, other: Match) -> Match:
    return Match(since=max(one.since, other.since), about={**one.about, **other.about})
