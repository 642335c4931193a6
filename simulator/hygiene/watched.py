"""A history that notes what is read of it: so that a verdict need not be found again while nothing it rests on has changed.

Refuses to know rules. What a function of the history reads in turn is noted, its result is not.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import fields
from functools import cached_property
from types import FunctionType
from typing import Any, cast

from simulator.model.history import History

Note = tuple[str, Hashable]
"""What was read: (attribute, key), or (attribute, WHOLE)."""
WHOLE = "\0whole"
NOTHING = object()
FRAME = ("roster", "project", "default_branch", "working_time", "sprint_start", "sprint_end", "sprint_days")
"""What stays as long as a run lives. It is not noted: where it differs nothing can be taken over."""


def watch(history: History) -> tuple[History, dict[Note, None]]:
    """The history to read from, and what has been read of it since the notes were last cleared, each thing once."""
    notes: dict[Note, None] = {}
    return cast(History, _Watched(history, notes)), notes


def have_one_frame(before: History, after: History) -> bool:
    """Whether what stays as long as a run lives is the same in two histories."""
    return all(getattr(before, name) == getattr(after, name) for name in FRAME)


def changed(notes: Iterable[Note], before: History, after: History) -> list[Note]:
    """Those of some notes of which one history tells otherwise than the other."""
    keys: dict[str, list[Hashable]] = {}
    for name, key in notes:
        keys.setdefault(name, []).append(key)
    return [(name, key) for name, of_it in keys.items() for key in different(name, of_it, before, after)]


def different(name: str, keys: Iterable[Hashable], before: History, after: History) -> list[Hashable]:
    """The keys (of an attribute; or WHOLE) at which one history tells otherwise than the other."""
    one, other = getattr(before, name), getattr(after, name)
    if one is other:
        return []
    found: list[Hashable] = []
    for key in keys:
        if key is WHOLE:
            if one != other:
                found.append(key)
            continue
        mine, its = one.get(key, NOTHING), other.get(key, NOTHING)
        if mine is not its and mine != its:
            found.append(key)
    return found


class _Watched:
    """Stands in for a history. Mappings are watched key by key, the frame not at all, everything else as a whole."""

    def __init__(self, history: History, notes: dict[Note, None]) -> None:
        self._history = history
        self._notes = notes
        for name in FRAME:
            self.__dict__[name] = getattr(history, name)


class _Read:
    """An attribute of a history as the one that stands in for it has it. A mapping is put into the stand-in's own attributes,
    where Python looks first.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._note = (name, WHOLE)
        self._is_one_thing = False

    def __get__(self, watched: _Watched, _: type) -> Any:
        found = getattr(watched._history, self._name)
        if not self._is_one_thing:
            if isinstance(found, Mapping):
                found = watched.__dict__[self._name] = _WatchedMapping(self._name, found, watched._notes)
                return found
            self._is_one_thing = True
        watched._notes[self._note] = None
        return found


for _of in reversed(History.__mro__):
    for _name, _found in vars(_of).items():
        if isinstance(_found, FunctionType) and not _name.startswith("__"):
            setattr(_Watched, _name, _found)
        elif isinstance(_found, property | cached_property):
            setattr(_Watched, _name, _Read(_name))
for _field in fields(History):
    setattr(_Watched, _field.name, _Read(_field.name))


class _NotesOf(dict[Any, Note]):
    """Key → the note that it was read; the same key has one note for all who read it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def __missing__(self, key: Any) -> Note:
        note = self[key] = self._name, key
        return note


class _WatchedMapping(Mapping[Any, Any]):
    """Stands in for one of a history's mappings."""

    def __init__(self, name: str, mapping: Mapping[Any, Any], notes: dict[Note, None]) -> None:
        self._name = name
        self._mapping = mapping
        self._notes = notes
        self._known = _NotesOf(name)

    def __getitem__(self, key: Any) -> Any:
        self._notes[self._known[key]] = None
        return self._mapping[key]

    def get(self, key: Any, default: Any = None) -> Any:
        """The value at a key, else `default`."""
        self._notes[self._known[key]] = None
        return self._mapping.get(key, default)

    def __contains__(self, key: object) -> bool:
        self._notes[self._known[key]] = None
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
