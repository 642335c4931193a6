from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.errors import CalendarError
from simulator.timekeeping.workdays import WorkCalendar
from tests.timekeeping.builders import MONDAY, a_calendar, utc, without_zone

HOUR = timedelta(hours=1)

ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia")
HOURS = ((time(9), time(17)), (time(0), time(23, 59)), (time(1, 30), time(2, 30)), (time(2, 10), time(4)))
instants = st.datetimes(without_zone("2010-01-01"), without_zone("2013-12-31"), timezones=st.just(UTC))
calendars = st.builds(
    lambda days, hours, zone: WorkCalendar(frozenset(days), hours[0], hours[1], ZoneInfo(zone)),
    st.sets(st.integers(0, 6), min_size=1),
    st.sampled_from(HOURS),
    st.sampled_from(ZONES),
)
amounts = st.timedeltas(timedelta(0), timedelta(days=200))


def first_instant_showing(calendar: WorkCalendar, day: date, at: time) -> datetime:
    """The slow way: from 15 hours before the time in UTC, go on until the clock on the wall shows it."""
    shown = datetime.combine(day, at)
    instant = shown.replace(tzinfo=UTC) - 15 * HOUR
    while instant.astimezone(calendar.zone).replace(tzinfo=None) < shown:
        instant += timedelta(minutes=5)
    return instant - timedelta(minutes=5) + _rest(calendar, instant - timedelta(minutes=5), shown)


def _rest(calendar: WorkCalendar, instant: datetime, shown: datetime) -> timedelta:
    rest = timedelta(0)
    while (instant + rest).astimezone(calendar.zone).replace(tzinfo=None) < shown:
        rest += timedelta(minutes=1)
    return rest


def working_time_day_by_day(calendar: WorkCalendar, start: datetime, end: datetime) -> timedelta:
    total = timedelta(0)
    day = start.date() - timedelta(days=2)
    while day <= end.date() + timedelta(days=2):
        if day.weekday() in calendar.days:
            opens, closes = (first_instant_showing(calendar, day, at) for at in (calendar.start, calendar.end))
            total += max(timedelta(0), min(end, closes) - max(start, opens))
        day += timedelta(days=1)
    return total


def test_it_counts_working_days_from_one_and_leaves_weekends_out() -> None:
    calendar = a_calendar()

    assert calendar.instant(MONDAY, 1, time(9)) == utc("2026-11-23 08:00")
    assert calendar.instant(MONDAY, 5, time(16, 30)) == utc("2026-11-27 15:30")
    assert calendar.instant(MONDAY, 6, time(9)) == utc("2026-11-30 08:00")
    assert calendar.last_instant(MONDAY, 10) == utc("2026-12-04 16:00")


def test_a_first_day_on_a_weekend_means_the_working_day_after_it() -> None:
    assert a_calendar().working_date(date(2026, 11, 21), 1) == MONDAY


def test_working_time_leaves_nights_and_weekends_out() -> None:
    calendar = a_calendar()
    friday_noon, monday_noon = utc("2026-11-27 11:00"), utc("2026-11-30 11:00")

    assert calendar.working_time(friday_noon, monday_noon) == 8 * HOUR
    assert calendar.add_working_time(friday_noon, 8 * HOUR) == monday_noon


def test_no_working_time_passes_backwards() -> None:
    assert a_calendar().working_time(utc("2026-11-24 11:00"), utc("2026-11-23 11:00")) == timedelta(0)


def test_a_day_used_up_to_its_end_leads_to_the_start_of_the_next() -> None:
    calendar = a_calendar()

    assert calendar.add_working_time(utc("2026-11-27 08:00"), 8 * HOUR) == utc("2026-11-30 08:00")


def test_the_change_of_summer_time_between_two_days_costs_no_working_time() -> None:
    calendar = a_calendar()
    friday_noon_in_summer, monday_noon_in_winter = utc("2026-10-23 10:00"), utc("2026-10-26 11:00")

    assert calendar.working_time(friday_noon_in_summer, monday_noon_in_winter) == 8 * HOUR


@pytest.mark.parametrize(
    ("sunday", "length"), [(date(2026, 3, 29), 3 * HOUR), (date(2026, 10, 25), 5 * HOUR), (date(2026, 7, 5), 4 * HOUR)]
)
def test_a_change_of_summer_time_in_working_hours_changes_the_length_of_that_day(
    sunday: date, length: timedelta
) -> None:
    calendar = a_calendar(days="6", start=time(1), end=time(5))

    assert calendar.working_time(calendar.instant(sunday, 1, time(0)), calendar.last_instant(sunday, 1)) == length
    assert calendar.day_length == 4 * HOUR


def test_a_time_that_the_clock_skips_is_the_instant_after_the_gap() -> None:
    calendar = a_calendar(days="6")

    assert calendar.instant(date(2026, 3, 29), 1, time(2, 30)) == utc("2026-03-29 01:00")


def test_a_day_that_a_country_skips_has_no_working_time() -> None:
    samoa = a_calendar(zone="Pacific/Apia", days="0123456")
    thursday, sunday = date(2011, 12, 29), date(2012, 1, 1)

    worked = samoa.working_time(samoa.instant(thursday, 1, time(0)), samoa.instant(sunday, 1, time(0)))

    assert worked == 2 * 8 * HOUR  # Thursday and Saturday: the Friday between them never came


def test_day_numbers_change_when_a_day_begins() -> None:
    calendar = a_calendar()
    numbers = {
        "2026-11-22 12:00": 0,  # the Sunday before
        "2026-11-23 07:59": 0,
        "2026-11-23 08:00": 1,
        "2026-11-23 22:00": 1,
        "2026-11-24 07:00": 1,
        "2026-11-28 12:00": 5,
        "2026-11-30 08:00": 6,
    }

    assert {text: calendar.day_number(MONDAY, utc(text)) for text in numbers} == numbers


def test_working_time_begins_at_the_start_of_a_day_and_ends_before_its_end() -> None:
    calendar = a_calendar()

    assert calendar.is_working(utc("2026-11-23 08:00"))
    assert not calendar.is_working(utc("2026-11-23 16:00"))
    assert not calendar.is_working(utc("2026-11-22 12:00"))
    assert calendar.next_working(utc("2026-11-27 16:00")) == utc("2026-11-30 08:00")
    assert calendar.next_working(utc("2026-11-27 15:00")) == utc("2026-11-27 15:00")


@given(calendars, instants, st.timedeltas(timedelta(0), timedelta(days=20)))
@settings(deadline=None, max_examples=40)
def test_working_time_is_what_a_count_day_by_day_gives(
    calendar: WorkCalendar, start: datetime, length: timedelta
) -> None:
    assert calendar.working_time(start, start + length) == working_time_day_by_day(calendar, start, start + length)


@given(calendars, instants, amounts)
@settings(deadline=None, max_examples=60)
def test_adding_working_time_is_undone_by_measuring_it(
    calendar: WorkCalendar, start: datetime, amount: timedelta
) -> None:
    reached = calendar.add_working_time(start, amount)

    assert calendar.working_time(start, reached) == amount
    assert calendar.is_working(reached)


@given(calendars, instants, amounts)
@settings(deadline=None, max_examples=60)
def test_measuring_working_time_is_undone_by_adding_it(
    calendar: WorkCalendar, start: datetime, length: timedelta
) -> None:
    end = start + length

    assert calendar.add_working_time(start, calendar.working_time(start, end)) == calendar.next_working(end)


@given(calendars, st.lists(instants, min_size=3, max_size=3).map(sorted))
@settings(deadline=None, max_examples=60)
def test_working_time_adds_up_over_parts(calendar: WorkCalendar, three: list[datetime]) -> None:
    first, second, third = three

    parts = calendar.working_time(first, second) + calendar.working_time(second, third)

    assert calendar.working_time(first, third) == parts


@given(calendars, instants, st.integers(1, 400))
@settings(deadline=None, max_examples=60)
def test_the_day_number_of_a_working_days_instant_is_that_day(
    calendar: WorkCalendar, start: datetime, day: int
) -> None:
    first_day = start.date()
    if calendar.instant(first_day, day, calendar.start) == calendar.last_instant(first_day, day):
        return  # a day that a change of summer time, or a country, leaves out

    assert calendar.day_number(first_day, calendar.instant(first_day, day, calendar.start)) == day


def test_a_century_is_measured_without_walking_through_its_days() -> None:
    calendar = a_calendar()
    calendar.working_time(utc("2000-01-01 00:00"), utc("2100-01-01 00:00"))  # years are looked through once
    begin = perf_counter()

    for _ in range(100):
        calendar.working_time(utc("2000-01-01 00:00"), utc("2100-01-01 00:00"))

    assert perf_counter() - begin < 0.5  # 3.6 million days, one by one, would take seconds


@pytest.mark.parametrize("days", [frozenset[int](), frozenset({7}), frozenset({-1, 2})])
def test_it_rejects_a_week_without_working_days(days: frozenset[int]) -> None:
    with pytest.raises(CalendarError, match="working days"):
        WorkCalendar(days, time(9), time(17), ZoneInfo("UTC"))


@pytest.mark.parametrize("end", [time(9), time(8, 59), time(0)])
def test_it_rejects_a_day_that_ends_before_it_starts(end: time) -> None:
    with pytest.raises(CalendarError, match="not after its start at 09:00"):
        a_calendar(end=end)


def test_it_rejects_hours_with_a_zone_of_their_own() -> None:
    with pytest.raises(CalendarError, match="local times"):
        a_calendar(start=time(9, tzinfo=UTC), end=time(17, tzinfo=UTC))


def test_it_rejects_what_lies_outside_the_calendar() -> None:
    calendar = a_calendar()

    with pytest.raises(CalendarError, match="count from 1"):
        calendar.instant(MONDAY, 0, time(9))
    with pytest.raises(CalendarError, match="outside the calendar"):
        calendar.instant(MONDAY, 10**9, time(9))
    with pytest.raises(CalendarError, match="outside the calendar"):
        calendar.add_working_time(utc("2026-11-23 08:00"), timedelta(days=10**6))
    with pytest.raises(CalendarError, match="year 3026"):
        calendar.is_working(utc("3026-11-23 08:00"))
    with pytest.raises(CalendarError, match="forward only"):
        calendar.add_working_time(utc("2026-11-23 08:00"), -HOUR)


def test_it_rejects_an_instant_without_a_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        a_calendar().is_working(without_zone("2026-11-23"))
