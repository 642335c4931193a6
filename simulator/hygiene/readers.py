"""Who read what of a history: so that one knows whose word to ask for again where another history tells otherwise.

Refuses to know what readers do with it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

from simulator.hygiene.watched import Note, different
from simulator.model.history import History

R = TypeVar("R", bound=Hashable)


class Readers(Generic[R]):
    """Readers by what they read. The index is made when first asked for: a run that is scored only once never asks."""

    def __init__(self) -> None:
        self._by_key: dict[str, dict[Hashable, set[R]]] | None = None

    @property
    def are_kept(self) -> bool:
        """Whether the index is there; before, nobody needs to say what they read."""
        return self._by_key is not None

    def add(self, reader: R, notes: Iterable[Note]) -> None:
        """Remember what a reader read."""
        if self._by_key is None:
            return
        for name, key in notes:
            of_name = self._by_key.get(name)
            if of_name is None:
                of_name = self._by_key[name] = {}
            if key in of_name:
                of_name[key].add(reader)
            else:
                of_name[key] = {reader}

    def leave(self, reader: R, notes: Iterable[Note]) -> None:
        """Forget what a reader read."""
        if self._by_key is None:
            return
        for name, key in notes:
            readers = self._by_key[name][key]
            readers.discard(reader)
            if not readers:
                del self._by_key[name][key]

    def begin(self, everybody: Iterable[tuple[R, Iterable[Note]]]) -> None:
        """Make the index of all readers there are, with their notes."""
        self._by_key = {}
        for reader, notes in everybody:
            self.add(reader, notes)

    def of_what_differs(self, before: History, after: History) -> set[R]:
        """Whoever read something that one history tells otherwise than the other; nobody without an index."""
        found: set[R] = set()
        for name, by_key in (self._by_key or {}).items():
            for key in different(name, by_key, before, after):
                found |= by_key[key]
        return found
