"""Ranges of numbers and dates in searches."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.emulators.github.state.search.errors import SearchRefused
from simulator.emulators.github.state.search.ranges import instants, numbers

NUMBERS = st.integers(0, 10**9)


@given(NUMBERS, NUMBERS)
def test_comparisons_mean_what_they_say(bound: int, value: int) -> None:
    assert numbers(f">{bound}").holds(value) == (value > bound)
    assert numbers(f">={bound}").holds(value) == (value >= bound)
    assert numbers(f"<{bound}").holds(value) == (value < bound)
    assert numbers(f"<={bound}").holds(value) == (value <= bound)
    assert numbers(str(bound)).holds(value) == (value == bound)


@given(NUMBERS, NUMBERS, NUMBERS)
def test_a_range_includes_both_ends_and_a_star_is_open(low: int, high: int, value: int) -> None:
    assert numbers(f"{low}..{high}").holds(value) == (low <= value <= high)
    assert numbers(f"*..{high}").holds(value) == (value <= high)
    assert numbers(f"{low}..*").holds(value) == (value >= low)


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("2026-03-02", "2026-03-02T23:59:59", "2026-03-03T00:00:00"),
        (">2026-03-02", "2026-03-03T00:00:00", "2026-03-02T23:59:59"),
        ("<=2026-03-02", "2026-03-02T23:59:59", "2026-03-03T00:00:00"),
        ("2026-03-01..2026-03-02", "2026-03-02T12:00:00", "2026-02-28T23:59:59"),
        (">=2026-03-02T10:00:00+02:00", "2026-03-02T08:00:00", "2026-03-02T07:59:59"),
    ],
)
def test_a_day_means_the_whole_day(text: str, inside: str, outside: str) -> None:
    found = instants(text)

    assert found.holds(datetime.fromisoformat(inside).replace(tzinfo=UTC))
    assert not found.holds(datetime.fromisoformat(outside).replace(tzinfo=UTC))


@pytest.mark.parametrize(
    "text", ["soon", "2026-02-30", "0000-01-01", ">", "2026-13-01..*", "..", "9999-12-31T23:59:59-23:00"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(SearchRefused):
        instants(text)


@pytest.mark.parametrize("text", ["many", "-1", "1.5", "9" * 30, "1..x"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(SearchRefused):
        numbers(text)
