"""The small values of the scenario language: moments, spans of time, hours, ids; read from text with plain-spoken errors.

Refuses to know the calendar: whether day 31 exists is asked elsewhere (references.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema

from simulator.scenario.marks import Named, Names

MINUTES_OF = {"s": 1 / 60, "m": 1.0, "h": 60.0}
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LONGEST_SPAN = timedelta(hours=400)

_MOMENT = re.compile(r"day ([0-9]{1,3})(?:[ ]+([0-9]{1,2}:[0-9]{2}))?", re.ASCII)
_OFFSET = re.compile(r"([0-9.smh]+) +(before|after) +([a-z0-9-]{1,60}) +(start|end)", re.ASCII)
_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})", re.ASCII)
_LENGTH = re.compile(r"(?:[0-9]{1,5}(?:\.[0-9]{1,3})?[smh])+", re.ASCII)
_LENGTH_PART = re.compile(r"([0-9.]+)([smh])", re.ASCII)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


class Unreadable(ValueError):
    """A value that cannot be read; `hint` says how it is written."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class SprintOffset:
    """Some working time before or after a sprint begins or ends; of no sprint named, the first one is meant."""

    length: timedelta
    before: bool
    sprint: str
    of_end: bool

    def __str__(self) -> str:
        way, bound = "before" if self.before else "after", "end" if self.of_end else "start"
        return f"{length_text(self.length)} {way} {self.sprint or 'sprint'} {bound}"


@dataclass(frozen=True, slots=True)
class StoryTime:
    """A point in the story: the n-th working day of the run, counted from 1, and a time; None is the day's beginning.

    With an `offset` it is reckoned from a sprint instead, and `day` is 0.
    """

    day: int
    at: time | None = None
    offset: SprintOffset | None = None

    def __str__(self) -> str:
        if self.offset is not None:
            return str(self.offset)
        return f"day {self.day}" if self.at is None else f"day {self.day} {self.at:%H:%M}"


@dataclass(frozen=True, slots=True)
class Span:
    """A length of working time between two bounds; chance picks one. Equal bounds leave nothing to chance."""

    shortest: timedelta
    longest: timedelta

    def __str__(self) -> str:
        if self.shortest == self.longest:
            return length_text(self.shortest)
        return f"{length_text(self.shortest)}..{length_text(self.longest)}"


@dataclass(frozen=True, slots=True)
class Hours:
    """The working hours of a day."""

    start: time
    end: time

    def __str__(self) -> str:
        return f"{self.start:%H:%M}-{self.end:%H:%M}"


def length_text(length: timedelta) -> str:
    """A length of time as the language writes it: `1h30m`, `45m`, `20s`."""
    seconds = int(length.total_seconds())
    parts = ((seconds // 3600, "h"), (seconds // 60 % 60, "m"), (seconds % 60, "s"))
    return "".join(f"{count}{unit}" for count, unit in parts if count) or "0m"


def read_clock(text: str) -> time:
    """A time of the day, `HH:MM`. Raises Unreadable."""
    match = _CLOCK.fullmatch(text)
    if match is None:
        raise Unreadable(f"`{text}` is not a time of day", "write it as 09:30")
    hour, minute = int(match[1]), int(match[2])
    if hour > 23 or minute > 59:
        raise Unreadable(f"there is no time {text}", "hours go from 00 to 23, minutes from 00 to 59")
    return time(hour, minute)


def read_story_time(value: Any) -> StoryTime:
    """A moment, `day 5 10:00` or `day 5`. Raises Unreadable."""
    if isinstance(value, StoryTime):
        return value
    text = value.strip() if isinstance(value, str) else ""
    offset = _OFFSET.fullmatch(text)
    if offset is not None:
        return StoryTime(0, offset=_read_offset(*offset.groups()))
    match = _MOMENT.fullmatch(text)
    if match is None:
        raise Unreadable(
            f"`{value}` is not a moment of the sprint", "write it as `day 5 10:00` or `2h before sprint end`"
        )
    day = int(match[1])
    if day < 1:
        raise Unreadable("there is no day 0", "working days are counted from 1")
    return StoryTime(day, read_clock(match[2]) if match[2] else None)


def _read_offset(length: str, way: str, sprint: str, bound: str) -> SprintOffset:
    named = "" if sprint == "sprint" else sprint
    return SprintOffset(read_fixed(length), before=way == "before", sprint=named, of_end=bound == "end")


def read_length(text: str) -> timedelta:
    """A length of time such as `90s`, `45m`, `2h`, `1h30m`. Raises Unreadable."""
    if not _LENGTH.fullmatch(text):
        raise Unreadable(f"`{text}` is not a length of time", "write it as 45m, 2h or 1h30m")
    return sum((timedelta(minutes=float(n) * MINUTES_OF[u]) for n, u in _LENGTH_PART.findall(text)), timedelta())


def read_span(value: Any) -> Span:
    """A span of working time, `2h` or `2h..4h`, of at most 400 hours. Raises Unreadable."""
    if isinstance(value, Span):
        return value
    if not isinstance(value, str):
        raise Unreadable(f"`{value}` is not a length of time", "write it as 2h or 2h..4h")
    low, _, high = value.partition("..")
    shortest = read_length(low.strip())
    longest = read_length(high.strip()) if high else shortest
    if longest < shortest:
        raise Unreadable(f"the span {value} runs backwards", f"write the shorter length first: {high}..{low}")
    if longest > LONGEST_SPAN:
        raise Unreadable(
            f"{value} is longer than any sprint", "it is working time: a day has as many hours as `hours` says"
        )
    return Span(shortest, longest)


def read_fixed(value: Any) -> timedelta:
    """One length of working time, `30m`. Raises Unreadable."""
    if isinstance(value, timedelta):
        return value
    span = read_span(value)
    if span.shortest != span.longest:
        raise Unreadable(f"{value} is a range", f"give one length here: {length_text(span.shortest)}")
    return span.shortest


def read_pace(value: Any) -> timedelta:
    """The wall time that one working day takes: from 1s to 24h. Raises Unreadable."""
    if isinstance(value, timedelta):
        return value
    length = read_length(value) if isinstance(value, str) else None
    if length is None or not timedelta(seconds=1) <= length <= timedelta(hours=24):
        raise Unreadable(
            f"`{value}` is no pace", "write how long a working day takes on your clock, from 1s to 24h: 10m"
        )
    return length


def read_hours(value: Any) -> Hours:
    """Working hours, `09:00-17:00`. Raises Unreadable."""
    if isinstance(value, Hours):
        return value
    first, dash, last = value.partition("-") if isinstance(value, str) else ("", "", "")
    if not dash:
        raise Unreadable(f"`{value}` is no range of working hours", "write it as 09:00-17:00")
    hours = Hours(read_clock(first.strip()), read_clock(last.strip()))
    if hours.end <= hours.start:
        raise Unreadable(f"the working day {value} ends before it starts", "write the earlier time first: 09:00-17:00")
    return hours


def read_date(value: Any) -> date:
    """A date, `2026-01-12`. Raises Unreadable."""
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        raise Unreadable(f"`{value}` is not a date", "write it as 2026-01-12")
    try:
        found = date.fromisoformat(value)
    except ValueError:
        raise Unreadable(f"there is no date {value}", "check the month and its number of days") from None
    if not 2000 <= found.year <= 2100:
        raise Unreadable(f"{value} is too far away", "choose a year from 2000 to 2100")
    return found


def read_zone(value: Any) -> ZoneInfo:
    """A time zone by its IANA name. Raises Unreadable."""
    if isinstance(value, ZoneInfo):
        return value
    try:
        return ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, TypeError, OSError):
        raise Unreadable(f"there is no time zone `{value}`", "use an IANA name such as Europe/Berlin or UTC") from None


def _text_schema(pattern: str, description: str, *examples: str) -> WithJsonSchema:
    return WithJsonSchema(
        {"type": "string", "pattern": pattern, "description": description, "examples": list(examples)}
    )


_AS_TEXT = PlainSerializer(str, return_type=str)

TimeText = Annotated[
    StoryTime,
    Names(Named.TIME),
    PlainValidator(read_story_time),
    _AS_TEXT,
    _text_schema(
        r"^(day [1-9][0-9]{0,2}( +[0-9]{1,2}:[0-9]{2})?|[0-9.smh]+ +(before|after) +[a-z0-9-]+ +(start|end))$",
        "A working day of the run, counted from 1, and a time; or working time before or after a sprint starts or ends.",
        "day 5 10:00",
        "2h before sprint end",
    ),
]
SpanText = Annotated[
    Span,
    PlainValidator(read_span),
    _AS_TEXT,
    _text_schema(
        r"^[0-9.smh]+(\.\.[0-9.smh]+)?$", "A length of working time, or the range chance picks from.", "2h..4h"
    ),
]


def read_time_of_day(value: Any) -> time:
    """A time of the day, `09:15`. Raises Unreadable."""
    if isinstance(value, time):
        return value
    if not isinstance(value, str):
        raise Unreadable(f"`{value}` is not a time of day", "write it as 09:30")
    return read_clock(value.strip())


ClockText = Annotated[
    time,
    PlainValidator(read_time_of_day),
    PlainSerializer(lambda at: f"{at:%H:%M}", return_type=str),
    _text_schema(r"^[0-9]{1,2}:[0-9]{2}$", "A time of day, on the office wall.", "09:15"),
]
LengthText = Annotated[
    timedelta,
    PlainValidator(read_fixed),
    PlainSerializer(length_text, return_type=str),
    _text_schema(r"^[0-9.smh]+$", "A length of working time.", "30m"),
]
PaceText = Annotated[
    timedelta,
    PlainValidator(read_pace),
    PlainSerializer(length_text, return_type=str),
    _text_schema(r"^[0-9.smh]+$", "How long a working day takes on the learner's clock.", "10m"),
]
HoursText = Annotated[
    Hours,
    PlainValidator(read_hours),
    _AS_TEXT,
    _text_schema(r"^[0-9]{1,2}:[0-9]{2} *- *[0-9]{1,2}:[0-9]{2}$", "The working hours of a day.", "09:00-17:00"),
]
DateText = Annotated[
    date,
    PlainValidator(read_date),
    PlainSerializer(date.isoformat, return_type=str),
    WithJsonSchema({"type": "string", "format": "date", "examples": ["2026-01-12"]}),
]
ZoneText = Annotated[
    ZoneInfo,
    PlainValidator(read_zone),
    _AS_TEXT,
    WithJsonSchema({"type": "string", "description": "IANA name of a time zone.", "examples": ["Europe/Berlin"]}),
]
