"""Moments of a sprint as people say them: `day 3 10:00`, `+2h`, `end`. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time

from simulator.errors import RunError
from simulator.timekeeping.pace import parse_duration
from simulator.timekeeping.workdays import WorkCalendar

_FORMS = "say `day 3`, `day 3 10:00`, `14:30`, `tomorrow`, `+2h` of working time, `+1d`, or `end`"
_DAY = re.compile(r"(?:day\s*|d)(\d{1,5})(?:[\s,]+(?:at\s+)?(.+))?", re.ASCII)
_DAY_ALONE = re.compile(r"(?:day\s*|d)?(\d{1,5})", re.ASCII)
_TIME = re.compile(r"(?:at\s+)?(\d{1,2}):(\d{2})", re.ASCII)
_DAYS_AHEAD = re.compile(r"\+\s*(\d{1,4})\s*d(?:ays?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Here:
    first_day: date
    calendar: WorkCalendar
    now: datetime
    end: datetime | None


def parse_target(
    text: str, *, first_day: date, calendar: WorkCalendar, now: datetime, end: datetime | None = None
) -> datetime:
    """The simulated instant (UTC) that a text names, seen from the simulated `now`; times of day are the calendar's local ones.

    `day N` is the N-th working day from `first_day`, at its start unless a time is given; a time alone is its next one;
    `+2h` and `+1d` (a working day) count working time; `tomorrow` is the start of the next working day; `end` is the given
    end of the sprint. Raises RunError for anything else, for a moment that has passed and for one outside working hours.
    """
    said = " ".join(text.lower().split())
    target = _target(said, _Here(first_day, calendar, now, end))
    if target is None:
        raise RunError(f"{text[:40]!r} is not a moment of the sprint", to_do=_FORMS)
    if target < now:
        raise RunError(
            f"{said} has passed: it is {describe_instant(now, first_day=first_day, calendar=calendar)}",
            to_do="name a later moment, such as +2h or tomorrow",
        )
    return target


def parse_day(text: str) -> int:
    """The number of a working day, said as `day 4`, `d4` or `4`. Raises RunError."""
    day = _DAY_ALONE.fullmatch(" ".join(text.lower().split()))
    if day is None or int(day[1]) < 1:
        raise RunError(f"{text[:40]!r} is not a day of the run", to_do="say it as `day 4`; days count from 1")
    return int(day[1])


def describe_instant(instant: datetime, *, first_day: date, calendar: WorkCalendar) -> str:
    """A simulated instant in the words that `parse_target` understands: `day 3 10:00`, local time."""
    return f"day {calendar.day_number(first_day, instant)} {instant.astimezone(calendar.zone):%H:%M}"


def _target(said: str, here: _Here) -> datetime | None:
    if said in {"end", "end of sprint"}:
        return _end(here)
    if said in {"tomorrow", "next day"}:
        return _on_day(here, here.calendar.day_number(here.first_day, here.now) + 1, here.calendar.start)
    if said.startswith("+"):
        return _later(said, here)
    if day := _DAY.fullmatch(said):
        at = _time_of_day(day[2], here.calendar) if day[2] else here.calendar.start
        return _on_day(here, int(day[1]), at)
    if _TIME.fullmatch(said):
        return _next_time(_time_of_day(said, here.calendar), here)
    return None


def _end(here: _Here) -> datetime:
    if here.end is None:
        raise RunError("the end of the sprint is not known here", to_do="name a day, such as day 10 17:00")
    return here.end


def _later(said: str, here: _Here) -> datetime | None:
    days = _DAYS_AHEAD.fullmatch(said)
    amount = here.calendar.day_length * int(days[1]) if days else parse_duration(said.removeprefix("+"))
    return None if amount is None else here.calendar.add_working_time(here.now, amount)


def _on_day(here: _Here, day: int, at: time) -> datetime:
    if day < 1:
        raise RunError("the days of a run count from 1", to_do=_FORMS)
    return here.calendar.instant(here.first_day, day, at)


def _next_time(at: time, here: _Here) -> datetime:
    today = max(1, here.calendar.day_number(here.first_day, here.now))
    target = _on_day(here, today, at)
    return target if target >= here.now else _on_day(here, today + 1, at)


def _time_of_day(text: str, calendar: WorkCalendar) -> time:
    match = _TIME.fullmatch(text)
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:
        raise RunError(f"{text[:40]!r} is not a time of day", to_do="write hours and minutes, such as 10:00")
    at = time(int(match[1]), int(match[2]))
    if not calendar.start <= at <= calendar.end:
        hours = f"{calendar.start:%H:%M}-{calendar.end:%H:%M}"
        raise RunError(f"nobody works at {at:%H:%M}", to_do=f"name a time within working hours, {hours}")
    return at
