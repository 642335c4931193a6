"""A history that notes what is read of it: so that a verdict need not be found again while nothing it rests on has changed.

Refuses to know rules. What a function of the history reads in turn is noted, its result is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import FunctionType, MethodType
from typing import Any, cast

from simulator.model.history import History

Note = tuple[str, Any, Any]
"""What was read: (attribute, WHOLE, its value), or (attribute, key, the value at the key or NOTHING)."""
WHOLE = object()
NOTHING = object()


def watch(history: History) -> tuple[History, list[Note]]:
    """The history to read from, and the list in which what is read of it will be noted."""
    notes: list[Note] = []
    return cast(History, _Watched(history, notes)), notes


class Freshness:
    """Tells whether what was noted of an earlier history still holds of this one."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._told: dict[tuple[str, int], tuple[Any, bool]] = {}  # keeps the value, so that its id stays its own

    def holds(self, notes: list[Note]) -> bool:
        """Whether everything noted is as it was."""
        return all(self._is_same(name, key, value) for name, key, value in notes)

    def _is_same(self, name: str, key: Any, value: Any) -> bool:  # Any: keys and values of the history's mappings
        if key is WHOLE:
            known = self._told.get((name, id(value)))
            if known is None:
                now = getattr(self._history, name)
                known = self._told[name, id(value)] = (value, now is value or bool(now == value))
            return known[1]
        now = getattr(self._history, name).get(key, NOTHING)
        return now is value or bool(now == value)


class _Watched:
    """Stands in for a history. Mappings are watched key by key, everything else as a whole."""

    def __init__(self, history: History, notes: list[Note]) -> None:
        self._history = history
        self._notes = notes
        self._seen: dict[str, Any] = {}  # Any: whatever attributes hold

    def __getattr__(self, name: str) -> Any:
        if name in self._seen:
            return self._seen[name]
        of_class = getattr(History, name, None)
        if isinstance(of_class, FunctionType):
            found: Any = MethodType(of_class, self)
        else:
            found = getattr(self._history, name)
            if isinstance(found, Mapping):
                found = _WatchedMapping(name, found, self._notes)
            else:
                self._notes.append((name, WHOLE, found))
        self._seen[name] = found
        return found


class _WatchedMapping(Mapping[Any, Any]):
    """Stands in for one of a history's mappings."""

    def __init__(self, name: str, mapping: Mapping[Any, Any], notes: list[Note]) -> None:
        self._name = name
        self._mapping = mapping
        self._notes = notes

    def __getitem__(self, key: Any) -> Any:
        found = self._mapping.get(key, NOTHING)
        self._notes.append((self._name, key, found))
        if found is NOTHING:
            raise KeyError(key)
        return found

    def get(self, key: Any, default: Any = None) -> Any:
        """The value at a key, else `default`."""
        found = self._mapping.get(key, NOTHING)
        self._notes.append((self._name, key, found))
        return default if found is NOTHING else found

    def __contains__(self, key: object) -> bool:
        found = self._mapping.get(key, NOTHING)
        self._notes.append((self._name, key, found))
        return found is not NOTHING

    def __iter__(self) -> Iterator[Any]:
        self._notes.append((self._name, WHOLE, self._mapping))
        return iter(self._mapping)

    def __len__(self) -> int:
        self._notes.append((self._name, WHOLE, self._mapping))
        return len(self._mapping)

    def values(self) -> Any:
        """All values; the whole mapping is noted."""
        self._notes.append((self._name, WHOLE, self._mapping))
        return self._mapping.values()

    def items(self) -> Any:
        """All keys and values; the whole mapping is noted."""
        self._notes.append((self._name, WHOLE, self._mapping))
        return self._mapping.items()
