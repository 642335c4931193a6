"""A scenario's value while it is put together from several files: each place knows its file.

Refuses to know what the parts mean.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from simulator.errors import Problem
from simulator.scenario.source import Source, Spot


@dataclass(slots=True)
class Gathered:
    """A value that grows. `spots_of` leads from a spot to the file and place that it was taken from."""

    source: Source
    value: dict[str, Any]
    problems: list[Problem] = field(default_factory=list)
    is_whole: bool = True
    """Whether everything could be taken in: if not, what seems to be missing may stand in what could not."""

    @classmethod
    def of(cls, source: Source) -> Gathered:
        """A beginning: the value of one file."""
        return cls(source, dict(source.value))

    def graft(self, to: Spot, source: Source, spot: Spot) -> None:
        """Take a part of another file in, at a spot whose parent is there already; its places come with it."""
        part = _at(source.value, spot)
        parent = _at(self.value, to[:-1])
        if isinstance(parent, list):
            parent.append(part)
        else:
            parent[to[-1]] = part
        for places, own in ((source.values, self.source.values), (source.keys, self.source.keys)):
            for old in [old for old in places if old[: len(spot)] == spot]:
                own[to + old[len(spot) :]] = places[old]
        self.source.files[to] = source.file

    def strings(self) -> Iterator[tuple[Spot, str]]:
        """Every text in the value, with its spot."""
        yield from _strings(self.value, ())

    def replace(self, spot: Spot, text: str) -> None:
        """Put another text at a spot."""
        _at(self.value, spot[:-1])[spot[-1]] = text

    def done(self) -> Source:
        """The value as a source of its own."""
        source = self.source
        return Source(
            file=source.file,
            value=self.value,
            values=source.values,
            keys=source.keys,
            problems=[*source.problems, *self.problems],
            files=source.files,
            is_whole=self.is_whole,
        )


def _at(value: Any, spot: Spot) -> Any:
    for step in spot:
        value = value[step]
    return value


def _strings(value: Any, spot: Spot) -> Iterator[tuple[Spot, str]]:
    if isinstance(value, str):
        yield spot, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _strings(item, (*spot, key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _strings(item, (*spot, number))
