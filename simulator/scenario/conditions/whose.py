"""Whose deeds a condition is about, and since when something held: what conditions have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from fnmatch import fnmatchcase
from typing import Annotated, TypeVar

from pydantic import BeforeValidator

from simulator.model.keys import SeatId
from simulator.scenario.conditions.named import listed
from simulator.scenario.part import PersonRef
from simulator.scenario.people import PathPattern
from simulator.scenario.view import View

Value = TypeVar("Value")
Seats = Annotated[tuple[PersonRef, ...], BeforeValidator(listed, json_schema_input_type=str | list[str])]
Paths = Annotated[tuple[PathPattern, ...], BeforeValidator(listed, json_schema_input_type=str | list[str])]


def is_one_of(seats: Iterable[str], seat: SeatId | None, view: View) -> bool:
    """Whether somebody is one of the people named; of none named, whether a human sits there."""
    named = tuple(seats)
    return seat in named if named else view.is_human(seat)


def held_since(values: Iterable[tuple[datetime, Value]], holds: Callable[[Value], bool]) -> datetime | None:
    """Since when something holds of the last of some values over time without a break; None when it does not."""
    since = None
    for at, value in values:
        if not holds(value):
            since = None
        elif since is None:
            since = at
    return since


def fits(path: str, patterns: Iterable[str]) -> bool:
    """Whether a path is one of those meant; `*` crosses folders."""
    return any(fnmatchcase(path, pattern) for pattern in patterns)
