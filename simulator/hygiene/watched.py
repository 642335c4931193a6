"""A history that notes what is read of it: so that a verdict need not be found again while nothing it rests on has changed.

Refuses to know rules. What a function of the history reads in turn is noted, its result is not.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from types import FunctionType, MethodType
from typing import Any, cast

from simulator.model.history import History

Note = tuple[str, Hashable]
"""What was read: (attribute, key), or (attribute, WHOLE)."""
WHOLE = "\0whole"
NOTHING = object()


def watch(history: History) -> tuple[History, dict[Note, None]]:
    """The history to read from, and what will have been read of it, each thing once."""
    notes: dict[Note, None] = {}
    return cast(History, _Watched(history, notes)), notes


def changed(notes: Iterable[Note], before: History, after: History) -> list[Note]:
    """Those of some notes of which one history tells otherwise than the other."""
    held: dict[str, tuple[Any, Any]] = {}  # Any: whatever the histories hold there
    found: list[Note] = []
    for note in notes:
        name, key = note
        pair = held.get(name)
        if pair is None:
            pair = held[name] = getattr(before, name), getattr(after, name)
        one, other = pair
        if one is other:
            continue
        if key is not WHOLE:
            one, other = one.get(key, NOTHING), other.get(key, NOTHING)
        if one is not other and one != other:
            found.append(note)
    return found


class _Watched:
    """Stands in for a history. Mappings are watched key by key, everything else as a whole. What was read once stands in its
    own attributes, where Python looks first.
    """

    def __init__(self, history: History, notes: dict[Note, None]) -> None:
        self._history = history
        self._notes = notes

    def __getattr__(self, name: str) -> Any:
        method = _METHODS.get(name)
        found: Any = MethodType(method, self) if method else getattr(self._history, name)
        if method is None:
            if isinstance(found, (dict, Mapping)):  # a dict is told at once, any other mapping by its abstract class
                found = _WatchedMapping(name, found, self._notes)
            else:
                self._notes[name, WHOLE] = None
        self.__dict__[name] = found
        return found


_METHODS = {
    name: found
    for of in reversed(History.__mro__)
    for name, found in vars(of).items()
    if isinstance(found, FunctionType)
}


class _WatchedMapping(Mapping[Any, Any]):
    """Stands in for one of a history's mappings."""

    def __init__(self, name: str, mapping: Mapping[Any, Any], notes: dict[Note, None]) -> None:
        self._name = name
        self._mapping = mapping
        self._notes = notes

    def __getitem__(self, key: Any) -> Any:
        self._notes[self._name, key] = None
        return self._mapping[key]

    def get(self, key: Any, default: Any = None) -> Any:
        """The value at a key, else `default`."""
        self._notes[self._name, key] = None
        return self._mapping.get(key, default)

    def __contains__(self, key: object) -> bool:
        self._notes[self._name, key] = None
        return key in self._mapping

    def __iter__(self) -> Iterator[Any]:
        self._notes[self._name, WHOLE] = None
        return iter(self._mapping)

    def __len__(self) -> int:
        self._notes[self._name, WHOLE] = None
        return len(self._mapping)

    def values(self) -> Any:
        """All values; the whole mapping is noted."""
        self._notes[self._name, WHOLE] = None
        return self._mapping.values()

    def items(self) -> Any:
        """All keys and values; the whole mapping is noted."""
        self._notes[self._name, WHOLE] = None
        return self._mapping.items()
