from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.errors import RunError
from simulator.timekeeping.pace import check_pace, format_pace, parse_duration, parse_pace, rate_of

EIGHT_HOURS = timedelta(hours=8)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("10m", 600),
        ("90s", 90),
        ("1h", 3600),
        ("8h", 28_800),
        ("1h30m", 5400),
        ("1.5s", 1.5),
        (" 2 M ", 120),
        ("24h", 86_400),
    ],
)
def test_a_pace_is_the_wall_time_of_a_working_day(text: str, seconds: float) -> None:
    assert parse_pace(text) == seconds


@pytest.mark.parametrize(
    "text", ["", "10", "m", "-10m", "10 minutes", "1e3s", "10m5", "ten", "5m1h", "٣m", "9" * 5000 + "s"]
)
def test_it_rejects_what_is_no_pace(text: str) -> None:
    with pytest.raises(RunError, match="is not a pace") as caught:
        parse_pace(text)

    assert "10m" in caught.value.to_do


@pytest.mark.parametrize("text", ["0.5s", "0s", "25h", "24h1s", "999999999h"])
def test_it_rejects_a_pace_out_of_bounds(text: str) -> None:
    with pytest.raises(RunError, match="cannot take") as caught:
        parse_pace(text)

    assert caught.value.to_do == "choose a pace from 1s to 24h for each working day"


def test_it_rejects_a_number_that_is_none() -> None:
    with pytest.raises(RunError):
        check_pace(float("nan"))


def test_half_a_second_is_a_duration_but_too_fast_a_pace() -> None:
    assert parse_duration("0.5s") == timedelta(milliseconds=500)


def test_a_day_of_eight_hours_in_ten_minutes_runs_at_a_rate_of_48() -> None:
    assert rate_of(600, EIGHT_HOURS) == 48
    assert rate_of(parse_pace("8h"), EIGHT_HOURS) == 1


@pytest.mark.parametrize(
    ("pace_s", "text"),
    [(600, "10m"), (90, "1m30s"), (5400, "1h30m"), (1.5, "1.5s"), (28_800, "8h"), (3661.25, "1h1m1.25s")],
)
def test_a_pace_is_written_as_people_say_it(pace_s: float, text: str) -> None:
    assert format_pace(pace_s) == text


@given(st.integers(1_000, 86_400_000))
@settings(deadline=None, max_examples=60)
def test_a_written_pace_is_read_again(milliseconds: int) -> None:
    assert parse_pace(format_pace(milliseconds / 1000)) == pytest.approx(milliseconds / 1000)
