"""What was made of single things of a history, for the next history that holds the very same things: an index over many things
costs what is new among them.

Refuses to keep anything of things that are gone.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import cached_property
from typing import Any, TypeVar

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)
R = TypeVar("R")


class Pieces:
    """One for a run. What it gives does not depend on what was asked of it before."""

    def __init__(self) -> None:
        self._of_things: dict[
            str, dict[int, tuple[Any, tuple[Any, ...]]]
        ] = {}  # Any: whatever things an index is about
        self._of_keys: dict[str, dict[Any, tuple[Any, Any]]] = {}

    def of(self, index: str, things: Iterable[T], make: Callable[[T], Iterable[R]]) -> list[R]:
        """What `make` makes of each thing, one after another; it must depend on the thing alone."""
        before, now = self._of_things.get(index, {}), {}
        found: list[R] = []
        for thing in things:
            known = before.get(id(thing))  # the thing is kept beside it, so that no other one has its id
            if known is None:
                known = thing, tuple(make(thing))
            now[id(thing)] = known
            found += known[1]
        self._of_things[index] = now
        return found

    def by_key(self, index: str, parts: Mapping[K, T], make: Callable[[T], R]) -> dict[K, R]:
        """Key → what `make` makes of the parts there; it must depend on them alone."""
        before, now = self._of_keys.get(index, {}), {}
        for key, some in parts.items():
            known = before.get(key)
            now[key] = known if known is not None and known[0] == some else (some, make(some))
        self._of_keys[index] = now
        return {key: made for key, (_, made) in now.items()}


def grouped(pairs: Iterable[tuple[K, T]], *, among: Mapping[Any, object] | None = None) -> dict[K, list[T]]:
    """First of some pairs → the seconds, in their order; only of keys that are there `among`."""
    found: dict[K, list[T]] = {}
    for key, each in pairs:
        if among is None or key in among:
            if key in found:
                found[key].append(each)
            else:
                found[key] = [each]
    return found


class InPieces:
    """Something that has pieces of its own, or goes on with those of the one before."""

    @cached_property
    def pieces(self) -> Pieces:
        """What was made of single things so far."""
        return Pieces()
