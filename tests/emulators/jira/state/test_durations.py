"""Durations in Jira's words, read and written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.emulators.jira.state.durations import LONGEST_S, pretty, seconds_of


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("2h 30m", 9000),
        ("90", 5400),
        (" 1.5d ", 43200),
        ("1,5h", 5400),
        ("1w 2d 4h 30m", 217800),
        ("2 Hours", 7200),
        ("3h20m", 12000),
        ("0m", 0),
    ],
)
def test_it_reads_what_people_write(text: str, seconds: int) -> None:
    assert seconds_of(text) == seconds


@pytest.mark.parametrize(
    "text", ["", " ", "x", "-1h", "1h x", "5 5", "1h 5", "1hm", "1mm", "1h,2", "1e9h", "٣h", "9" * 12 + "w", "1m " * 99]
)
def test_it_reads_nothing_else(text: str) -> None:
    assert seconds_of(text) is None


@given(st.integers(0, LONGEST_S // 60))
def test_what_is_written_reads_the_same(minutes: int) -> None:
    assert seconds_of(pretty(minutes * 60)) == minutes * 60


@given(st.text(alphabet="0123456789.,wdhms ", max_size=40))
def test_any_text_is_whole_minutes_or_nothing(text: str) -> None:
    found = seconds_of(text)
    assert found is None or (found % 60 == 0 and 0 <= found <= LONGEST_S)
