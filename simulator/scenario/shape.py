"""A walk over plain values along the types that they should have: what is named, what is declared, which keys are unknown.

Works on what is there, whether or not the rest is right: so that all faults are found at once.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from simulator.scenario.marks import Declares, Names
from simulator.scenario.part import Part
from simulator.scenario.source import Spot


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with its marks; `is_key` when it is a key of a mapping."""

    spot: Spot
    value: str
    marks: tuple[Names | Declares, ...]
    is_key: bool = False


@dataclass(frozen=True, slots=True)
class UnknownKey:
    """A key that the part at this spot does not have."""

    spot: Spot
    key: str
    known: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotANumber:
    """`true` or `false` where a number belongs: Python would take it for 1 or 0."""

    spot: Spot
    value: bool


Found = Marked | UnknownKey | NotANumber


def walk(kind: Any, value: Any, spot: Spot = ()) -> Iterator[Found]:
    """Everything marked, every unknown key and truth value for a number; parts of another shape are passed over."""
    yield from _walk(kind, (), value, spot)


def _walk(kind: Any, marks: tuple[Any, ...], value: Any, spot: Spot) -> Iterator[Found]:
    kind, marks = _unwrapped(kind, marks, value)
    if isinstance(kind, type) and issubclass(kind, Part):
        if isinstance(value, Mapping):
            yield from _part(kind, value, spot)
        return
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (tuple, list):
        yield from _items(arguments[0], value, spot)
    elif origin is dict and isinstance(value, Mapping):
        for key, item in value.items():
            yield from _text(arguments[0], key, (*spot, key), is_key=True)
            yield from _walk(arguments[1], (), item, (*spot, key))
    elif isinstance(value, str):
        yield from _marked(marks, value, spot)
    elif isinstance(value, bool) and (kind in (int, float) or (origin is Literal and not _takes(arguments, value))):
        yield NotANumber(spot, value)


def _takes(arguments: tuple[Any, ...], value: bool) -> bool:
    return any(option is value for option in arguments)


def _part(kind: type[Part], value: Mapping[str, Any], spot: Spot) -> Iterator[Found]:
    fields = {field.alias or name: field for name, field in kind.model_fields.items()}
    for key, item in value.items():
        if key in fields:
            yield from _walk(fields[key].annotation, tuple(fields[key].metadata), item, (*spot, key))
        else:
            yield UnknownKey((*spot, key), key, tuple(fields))


def _items(kind: Any, value: Any, spot: Spot) -> Iterator[Found]:
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from _walk(kind, (), item, (*spot, number))
    elif isinstance(value, str):  # one where a list may stand
        yield from _text(kind, value, spot)


def _text(kind: Any, value: str, spot: Spot, *, is_key: bool = False) -> Iterator[Marked]:
    _, marks = _unwrapped(kind, (), value)
    yield from _marked(marks, value, spot, is_key=is_key)


def _marked(marks: tuple[Any, ...], value: str, spot: Spot, *, is_key: bool = False) -> Iterator[Marked]:
    found = tuple(mark for mark in marks if isinstance(mark, Names | Declares))
    if found:
        yield Marked(spot, value, found, is_key)


def _unwrapped(kind: Any, marks: tuple[Any, ...], value: Any) -> tuple[Any, tuple[Any, ...]]:
    """The kind without its annotations, and the member of a union that the value chooses."""
    while True:
        origin = typing.get_origin(kind)
        if origin is typing.Annotated:
            kind, *more = typing.get_args(kind)
            marks = (*marks, *more)
        elif origin in (typing.Union, types.UnionType):
            kind = _member(typing.get_args(kind), value)
        else:
            return kind, marks


def _bare(kind: Any) -> Any:
    return typing.get_args(kind)[0] if typing.get_origin(kind) is typing.Annotated else kind


def _member(members: tuple[Any, ...], value: Any) -> Any:
    """The one member besides None, the one part, or the part whose `type`, `do` or `intend` is that of the value."""
    others = [member for member in members if member is not type(None)]
    if len(others) == 1:
        return others[0]
    parts = [bare for bare in map(_bare, others) if isinstance(bare, type) and issubclass(bare, Part)]
    if len(parts) == 1 and isinstance(value, Mapping):
        return parts[0]
    for member in parts:
        if isinstance(value, Mapping):
            for tag in ("type", "do", "intend"):
                field = member.model_fields.get(tag)
                if field and tag in value and value[tag] in typing.get_args(field.annotation):
                    return member
    return type(None)
