from __future__ import annotations

from contextlib import suppress
from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.scenario.values import (
    StoryTime,
    Unreadable,
    length_text,
    read_clock,
    read_date,
    read_fixed,
    read_hours,
    read_length,
    read_pace,
    read_span,
    read_story_time,
    read_zone,
)


@given(day=st.integers(1, 999), at=st.none() | st.times().map(lambda t: time(t.hour, t.minute)))
def test_a_moment_is_read_as_it_is_written(day: int, at: time | None) -> None:
    assert read_story_time(str(StoryTime(day, at))) == StoryTime(day, at)


@given(minutes=st.integers(1, 24_000))
def test_a_length_is_read_as_it_is_written(minutes: int) -> None:
    assert read_length(length_text(timedelta(minutes=minutes))) == timedelta(minutes=minutes)


def test_a_span_has_two_bounds_or_one() -> None:
    assert str(read_span("2h..4h")) == "2h..4h"
    assert str(read_span("90m")) == "1h30m"
    assert read_fixed("45m") == timedelta(minutes=45)


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (read_story_time, "day 0 09:00"),
        (read_story_time, "day 1 25:00"),
        (read_story_time, "day 1000"),
        (read_story_time, "Tuesday"),
        (read_story_time, 5),
        (read_clock, "9.30"),
        (read_clock, "09:61"),
        (read_span, "4h..2h"),
        (read_span, "2d"),
        (read_span, ""),
        (read_span, 2),
        (read_span, "500h"),
        (read_span, "99999999999h"),
        (read_fixed, "1h..2h"),
        (read_pace, "0.5s"),
        (read_pace, "25h"),
        (read_pace, 10),
        (read_hours, "9-17"),
        (read_hours, "17:00-09:00"),
        (read_hours, 9),
        (read_date, "2026-02-30"),
        (read_date, "12.1.2026"),
        (read_date, "0001-01-01"),
        (read_date, 2026),
        (read_zone, "Europe/Berlinn"),
        (read_zone, "../../etc/passwd"),
        (read_zone, "/etc/localtime"),
        (read_zone, ""),
        (read_zone, None),
        (read_zone, "x" * 5000),
    ],
)
def test_what_cannot_be_read_is_said_with_a_way_out(read: object, text: object) -> None:
    with pytest.raises(Unreadable) as caught:
        read(text)  # type: ignore[operator]

    assert str(caught.value)
    assert caught.value.hint


@given(text=st.text(max_size=30))
def test_no_text_makes_the_readers_stumble(text: str) -> None:
    for read in (read_story_time, read_clock, read_span, read_fixed, read_pace, read_hours, read_date, read_zone):
        with suppress(Unreadable):
            read(text)
