"""The working calendar: which instants are working time, and arithmetic in it.

Pure. Refuses to know what happens in that time. All instants taken and given are aware; those given are UTC. A working day
is the local time from `start` to `end`: where a change of summer time falls into it, that day is longer or shorter.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from simulator.errors import CalendarError

_ZERO = timedelta(0)
_EARLIEST = date(1900, 1, 1)
_LATEST = date(2200, 12, 31)


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Working hours from `start` to `end` (local time in `zone`) on these weekdays (Monday is 0).

    Raises CalendarError without a working day or when `end` is not after `start`.
    """

    days: frozenset[int]
    start: time
    end: time
    zone: ZoneInfo

    def __post_init__(self) -> None:
        if not self.days or not self.days <= frozenset(range(7)):
            raise CalendarError(
                f"a week needs working days from Monday (0) to Sunday (6), not {sorted(self.days)}",
                to_do="name at least one of mon, tue, wed, thu, fri, sat, sun",
            )
        if self.start.tzinfo or self.end.tzinfo:
            raise CalendarError(
                "working hours are local times without a zone of their own", to_do="give `zone` instead"
            )
        if self.end <= self.start:
            raise CalendarError(
                f"the working day ends at {self.end:%H:%M}, not after its start at {self.start:%H:%M}",
                to_do="give hours within one day, such as 09:00-17:00",
            )

    @property
    def day_length(self) -> timedelta:
        """Length of a working day by the clock on the wall of the office."""
        midnight = date(2000, 1, 1)
        return datetime.combine(midnight, self.end) - datetime.combine(midnight, self.start)

    def working_date(self, first_day: date, day: int) -> date:
        """Date of the `day`-th working day, counted from 1 at `first_day` or the first working day after it."""
        if day < 1:
            raise CalendarError(f"working days count from 1, there is no day {day}")
        return _date(_nth_working_day(self, _days_before(self, first_day.toordinal()) + day - 1))

    def instant(self, first_day: date, day: int, at: time) -> datetime:
        """The instant of a local time on the `day`-th working day; the time need not be a working one."""
        return _utc(self.working_date(first_day, day), at, self.zone)

    def last_instant(self, first_day: date, day: int) -> datetime:
        """The instant at which the `day`-th working day ends."""
        return self.instant(first_day, day, self.end)

    def add_working_time(self, start: datetime, amount: timedelta) -> datetime:
        """The instant some working time after `start`, always one in working time.

        An amount that is used up just when a day ends gives the start of the next one, and so does zero outside working time.
        Raises CalendarError for a negative amount and beyond the year 2199.
        """
        if amount < _ZERO:
            raise CalendarError(f"working time runs forward only, not by {amount}")
        first = _ordinal(self, start)
        total = amount + _worked_on_day(self, first, start)
        ordinal = _day_reached(self, first, total)
        return _day_start(self, ordinal) + (total - _between(self, first, ordinal))

    def working_time(self, start: datetime, end: datetime) -> timedelta:
        """Working time between two instants, zero when `end` is not after `start`."""
        if end <= start:
            return _ZERO
        (first, before), (last, by_end) = _placed(self, start), _placed(self, end)
        return by_end - before if first == last else _between(self, first, last) - before + by_end

    def day_number(self, first_day: date, instant: datetime) -> int:
        """Number of the working day of an instant; between two days the one last begun, 0 before the first begins."""
        ordinal = _ordinal(self, instant)
        begun = _works_on(self, ordinal) and instant >= _day_start(self, ordinal)
        return max(0, _days_before(self, ordinal) - _days_before(self, first_day.toordinal()) + begun)

    def is_working(self, instant: datetime) -> bool:
        """Whether the instant is in working time; the end of a day is not."""
        ordinal = _ordinal(self, instant)
        return _works_on(self, ordinal) and _day_start(self, ordinal) <= instant < _day_end(self, ordinal)

    def next_working(self, instant: datetime) -> datetime:
        """The instant itself in working time, else the start of the next working day."""
        return instant.astimezone(UTC) if self.is_working(instant) else self.add_working_time(instant, _ZERO)


# Days are counted by their ordinal: 1 January of the year 1 has 1 and is a Monday, so weeks are plain divisions by seven.


def _ordinal(calendar: WorkCalendar, instant: datetime) -> int:
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    if not _EARLIEST.year < instant.year < _LATEST.year:
        raise CalendarError(f"the year {instant.year} is outside the calendar", to_do="use a date in 1901-2199")
    return instant.astimezone(calendar.zone).toordinal()


def _date(ordinal: int) -> date:
    if not _EARLIEST.toordinal() <= ordinal <= _LATEST.toordinal():
        raise CalendarError("the day is outside the calendar", to_do="use a date in 1901-2199 and fewer working days")
    return date.fromordinal(ordinal)


def _works_on(calendar: WorkCalendar, ordinal: int) -> bool:
    return (ordinal - 1) % 7 in calendar.days


def _days_before(calendar: WorkCalendar, ordinal: int) -> int:
    """Number of working days before a day, from the year 1 on."""
    weeks, weekday = divmod(ordinal - 1, 7)
    return weeks * len(calendar.days) + sum(day < weekday for day in calendar.days)


def _nth_working_day(calendar: WorkCalendar, count: int) -> int:
    """Ordinal of the working day that has `count` working days before it."""
    weeks, index = divmod(count, len(calendar.days))
    return weeks * 7 + sorted(calendar.days)[index] + 1


def _day_start(calendar: WorkCalendar, ordinal: int) -> datetime:
    return _utc(_date(ordinal), calendar.start, calendar.zone)


def _day_end(calendar: WorkCalendar, ordinal: int) -> datetime:
    return _utc(_date(ordinal), calendar.end, calendar.zone)


def _worked_on_day(calendar: WorkCalendar, ordinal: int, instant: datetime) -> timedelta:
    """Working time of that day that has passed at an instant of it."""
    start, end = _bounds(calendar, ordinal)
    return max(_ZERO, min(instant, end) - start)


@lru_cache(maxsize=16_384)  # what is measured from or to an instant is measured more than once
def _placed(calendar: WorkCalendar, instant: datetime) -> tuple[int, timedelta]:
    """The day of an instant, and the working time of that day that has passed by then."""
    ordinal = _ordinal(calendar, instant)
    return ordinal, _worked_on_day(calendar, ordinal, instant)


@lru_cache(maxsize=8192)
def _bounds(calendar: WorkCalendar, ordinal: int) -> tuple[datetime, datetime]:
    """Start and end of a day's working time; the same instant twice for a free day."""
    start = _day_start(calendar, ordinal)
    return start, _day_end(calendar, ordinal) if _works_on(calendar, ordinal) else start


@lru_cache(maxsize=8192)
def _between(calendar: WorkCalendar, first: int, last: int) -> timedelta:
    """Working time of all days from `first` to the day before `last`."""
    usual = calendar.day_length * (_days_before(calendar, last) - _days_before(calendar, first))
    years = range(_date(first).year, _date(last).year + 1)
    odd = (more for year in years for day, more in _odd_days(calendar, year) if first <= day < last)
    return usual + sum(odd, _ZERO)


def _day_reached(calendar: WorkCalendar, first: int, total: timedelta) -> int:
    """The working day in which `total` working time from the morning of `first` on is used up."""
    count = _days_before(calendar, first) + total // calendar.day_length
    while _between(calendar, first, _nth_working_day(calendar, count)) > total:
        count -= 1
    while _between(calendar, first, _nth_working_day(calendar, count) + 1) <= total:
        count += 1
    return _nth_working_day(calendar, count)


@lru_cache(maxsize=4096)
def _odd_days(calendar: WorkCalendar, year: int) -> tuple[tuple[int, timedelta], ...]:
    """Working days of a year with a change of summer time in them: ordinal, and how much longer than usual they are."""
    lengths = (
        (day, _day_end(calendar, day) - _day_start(calendar, day) - calendar.day_length)
        for day in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal())
        if _works_on(calendar, day)
    )
    return tuple((day, more) for day, more in lengths if more)


def _utc(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The first instant at which the local clock shows this time, or a later one where it skips it."""
    local = datetime.combine(day, at, tzinfo=zone)
    before, after = local.utcoffset() or _ZERO, local.replace(fold=1).utcoffset() or _ZERO
    instant = local.replace(tzinfo=UTC) - before
    return instant if before >= after else _end_of_gap(instant - (after - before), instant, zone)


def _end_of_gap(early: datetime, late: datetime, zone: ZoneInfo) -> datetime:
    """The instant between two at which the clock is put forward."""
    early = early.replace(microsecond=0)
    after = late.astimezone(zone).utcoffset()
    seconds = range(int((late - early).total_seconds()) + 1)
    found = bisect_left(
        seconds, True, key=lambda s: (early + timedelta(seconds=s)).astimezone(zone).utcoffset() == after
    )
    return early + timedelta(seconds=found)
