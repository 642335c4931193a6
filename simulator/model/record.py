"""Records that are made by the ten thousand: dataclasses that nobody changes, made three times as quickly as frozen ones.

A frozen dataclass writes each field through `object.__setattr__`, which takes longer than most of what is judged. A record
writes them as any object does: type checkers hold it for frozen, and nothing else keeps anybody from changing one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(kw_only_default=True, frozen_default=True)
def record(cls: type[T]) -> type[T]:
    """A class whose fields are its annotations, given by keyword; equal and hashed by them, with slots."""
    return dataclass(slots=True, kw_only=True, unsafe_hash=True)(cls)


@dataclass_transform(frozen_default=True)
def brief(cls: type[T]) -> type[T]:
    """A record whose fields are given by their places: twice as quick again."""
    return dataclass(slots=True, unsafe_hash=True)(cls)
