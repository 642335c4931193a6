from __future__ import annotations

from datetime import datetime

import pytest

from simulator.errors import RunError
from simulator.timekeeping.instants import describe_instant, parse_day, parse_target
from tests.timekeeping.builders import MONDAY, a_calendar, utc

NOW = utc("2026-11-24 10:00")  # day 2, 11:00 in Berlin
END = utc("2026-12-04 16:00")


def a_target(text: str, *, now: datetime = NOW, end: datetime | None = END) -> datetime:
    return parse_target(text, first_day=MONDAY, calendar=a_calendar(), now=now, end=end)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("day 3", "2026-11-25 08:00"),
        ("Day 3 10:00", "2026-11-25 09:00"),
        ("day 3, 9:30", "2026-11-25 08:30"),
        ("day3 at 17:00", "2026-11-25 16:00"),
        ("d6", "2026-11-30 08:00"),
        ("day 2 11:00", "2026-11-24 10:00"),  # this very moment
        ("14:30", "2026-11-24 13:30"),
        ("10:00", "2026-11-25 09:00"),  # gone for today
        ("tomorrow", "2026-11-25 08:00"),
        ("  next   day ", "2026-11-25 08:00"),
        ("+2h", "2026-11-24 12:00"),
        ("+ 1h 30m", "2026-11-24 11:30"),
        ("+7h", "2026-11-25 09:00"),  # over the night
        ("+1d", "2026-11-25 10:00"),
        ("+4 days", "2026-11-30 10:00"),
        ("end", "2026-12-04 16:00"),
        ("End of sprint", "2026-12-04 16:00"),
    ],
)
def test_it_understands_moments_as_people_say_them(text: str, instant: str) -> None:
    assert a_target(text) == utc(instant)


def test_before_the_first_day_tomorrow_is_that_day() -> None:
    assert a_target("tomorrow", now=utc("2026-11-22 12:00")) == utc("2026-11-23 08:00")
    assert a_target("9:00", now=utc("2026-11-22 12:00")) == utc("2026-11-23 08:00")


@pytest.mark.parametrize(
    "text", ["", "soon", "day", "day three", "+", "+2", "2h", "day -1", "day 3 noon o'clock " * 99, "+9e9h"]
)
def test_it_rejects_what_names_no_moment_and_shows_how_to_say_one(text: str) -> None:
    with pytest.raises(RunError) as caught:
        a_target(text)

    assert "10:00" in caught.value.to_do
    assert len(caught.value.what) < 100


@pytest.mark.parametrize("text", ["day 1", "day 2 10:59", "day 1 17:00"])
def test_it_rejects_a_moment_that_has_passed_and_says_what_time_it_is(text: str) -> None:
    with pytest.raises(RunError, match=f"{text} has passed: it is day 2 11:00"):
        a_target(text)


@pytest.mark.parametrize("text", ["day 3 08:59", "day 3 17:01", "03:00"])
def test_it_rejects_a_time_at_which_nobody_works(text: str) -> None:
    with pytest.raises(RunError, match="nobody works at") as caught:
        a_target(text)

    assert caught.value.to_do.endswith("09:00-17:00")


@pytest.mark.parametrize("text", ["day 3 25:00", "24:00", "day 3 10:60"])
def test_it_rejects_an_hour_that_no_clock_shows(text: str) -> None:
    with pytest.raises(RunError, match="not a time of day"):
        a_target(text)


def test_it_rejects_day_zero() -> None:
    with pytest.raises(RunError, match="count from 1"):
        a_target("day 0")


def test_it_rejects_the_end_where_none_is_known() -> None:
    with pytest.raises(RunError, match="end of the sprint is not known"):
        a_target("end", end=None)


def test_a_described_instant_is_understood_again() -> None:
    told = describe_instant(NOW, first_day=MONDAY, calendar=a_calendar())

    assert told == "day 2 11:00"
    assert a_target(told) == NOW


@pytest.mark.parametrize(("text", "day"), [("day 4", 4), ("4", 4), ("d12", 12), (" Day  7 ", 7)])
def test_a_day_alone(text: str, day: int) -> None:
    assert parse_day(text) == day


@pytest.mark.parametrize("text", ["", "day 0", "day 4 10:00", "tomorrow", "day four", "-1", "day 1000000"])
def test_what_is_no_day_alone(text: str) -> None:
    with pytest.raises(RunError, match="is not a day of the run"):
        parse_day(text)
