"""Records are compared and hashed by their fields, as frozen dataclasses are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.model.record import brief, record


@record
class Point:
    """A point with a name."""

    x: int
    y: int
    name: str = ""


@brief
class Pair:
    """Two numbers."""

    one: int
    other: int


def test_records_with_the_same_fields_are_the_same() -> None:
    assert Point(x=1, y=2) == Point(x=1, y=2, name="")
    assert len({Point(x=1, y=2), Point(x=1, y=2), Point(x=2, y=1)}) == 2
    assert replace(Point(x=1, y=2), name="p") == Point(x=1, y=2, name="p")
    assert Pair(1, 2) == Pair(one=1, other=2)
    assert Point(x=1, y=2) != Pair(1, 2)


def test_a_record_has_no_room_for_anything_else() -> None:
    with pytest.raises(AttributeError):
        Point(x=1, y=2).z = 3  # type: ignore[attr-defined]
    with pytest.raises(TypeError):
        Point(1, 2)  # type: ignore[misc]
