"""Dates as queries write them."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from simulator.emulators.jira.jql.dates import boundary, read_date, zone_of

NOW = datetime(2026, 3, 4, 15, 30, tzinfo=UTC)  # a Wednesday
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-01-02", datetime(2026, 1, 1, 23, 0, tzinfo=UTC)),
        ("2026/01/02", datetime(2026, 1, 1, 23, 0, tzinfo=UTC)),
        ("2026-07-02 08:15", datetime(2026, 7, 2, 6, 15, tzinfo=UTC)),
        ("-1d", datetime(2026, 3, 3, 15, 30, tzinfo=UTC)),
        ("-1w 2d", datetime(2026, 2, 23, 15, 30, tzinfo=UTC)),
        ("90m", datetime(2026, 3, 4, 17, 0, tzinfo=UTC)),
        ("1772638200000", datetime(2026, 3, 4, 15, 30, tzinfo=UTC)),
    ],
)
def test_a_date_is_read_in_the_callers_zone(text: str, expected: datetime) -> None:
    assert read_date(text, now=NOW, zone=BERLIN) == expected


@pytest.mark.parametrize("text", ["yesterday", "2026-13-01", "-1x", "", "999999w" * 9, "-" + "9" * 15])
def test_what_is_no_date_is_none(text: str) -> None:
    assert read_date(text, now=NOW, zone=BERLIN) is None


@pytest.mark.parametrize(
    ("function", "argument", "expected"),
    [
        ("startofday", None, datetime(2026, 3, 4, tzinfo=UTC)),
        ("startofday", "-1", datetime(2026, 3, 3, tzinfo=UTC)),
        ("startofweek", None, datetime(2026, 3, 2, tzinfo=UTC)),
        ("startofmonth", "1", datetime(2026, 4, 1, tzinfo=UTC)),
        ("startofyear", "-1y", datetime(2025, 1, 1, tzinfo=UTC)),
        ("endofday", None, datetime(2026, 3, 4, 23, 59, 59, 999000, tzinfo=UTC)),
        ("endofmonth", "-1M", datetime(2026, 2, 28, 23, 59, 59, 999000, tzinfo=UTC)),
        ("startofday", "x", None),
    ],
)
def test_boundaries_of_days_weeks_months_and_years(
    function: str, argument: str | None, expected: datetime | None
) -> None:
    assert boundary(function, argument, now=NOW, zone=ZoneInfo("UTC")) == expected


def test_a_day_across_the_clock_change_begins_at_local_midnight() -> None:
    after_change = datetime(2026, 3, 29, 12, 0, tzinfo=UTC)  # Berlin moved its clocks that night

    assert boundary("startofday", None, now=after_change, zone=BERLIN) == datetime(2026, 3, 28, 23, 0, tzinfo=UTC)


def test_an_unknown_zone_is_utc() -> None:
    assert zone_of("Mars/Olympus") == ZoneInfo("UTC")
