"""Loading together what a reply needs of many things: the first that is asked for loads all that are expected."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from itertools import islice
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

_AT_ONCE = 500  # keys of one statement; databases bound the parameters


class Batch(Generic[Key, Value]):
    """Values by key. Whoever puts things into a reply says which keys will be asked for; `load` gets them all at once."""

    def __init__(self, load: Callable[[Collection[Key]], Mapping[Key, Value]]) -> None:
        self._load = load
        self._expected: dict[Key, None] = {}
        self._known: dict[Key, Value | None] = {}

    def expect(self, keys: Iterable[Key | None]) -> None:
        """These will probably be asked for; None is passed over."""
        self._expected.update((key, None) for key in keys if key is not None and key not in self._known)

    def get(self, key: Key | None) -> Value | None:
        """The value of a key, None when there is none."""
        if key is None:
            return None
        if key not in self._known:
            self._expected[key] = None
            self._load_expected()
        return self._known[key]

    def _load_expected(self) -> None:
        wanted = iter(self._expected)
        while part := list(islice(wanted, _AT_ONCE)):
            found = self._load(part)
            self._known.update((key, found.get(key)) for key in part)
        self._expected = {}
