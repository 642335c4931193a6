"""Dates as queries write them: whole, to the minute, or relative to now. Results are aware instants in UTC.

https://support.atlassian.com/jira-software-cloud/docs/advanced-search-reference-jql-fields/ (Created)
"""

from __future__ import annotations

import calendar
import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_FORMATS = (
    "%Y/%m/%d %H:%M",
    "%Y-%m-%d %H:%M",
    "%Y/%m/%d",
    "%Y-%m-%d",
    "%Y-%m-%dT%H:%M",
)
_LONGEST = 100
_PERIOD = re.compile(r"([+-]?)\s*(\d{1,6}\s*[wdhmWDHM]\s*)+")
_PART = re.compile(r"(\d{1,6})\s*([wdhmWDHM])")
_UNITS = {"w": "weeks", "d": "days", "h": "hours", "m": "minutes"}
_OFFSET = re.compile(r"([+-]?)\s*(\d{1,6})\s*([yMwdhm]?)")
_LAST_INSTANT = timedelta(milliseconds=1)


def zone_of(name: str) -> ZoneInfo:
    """A time zone by name, UTC when it is unknown."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def read_date(text: str, *, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The instant that a date or period means, None when it is neither. Dates without a time are midnight in `zone`."""
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    if _PERIOD.fullmatch(text):
        return _shifted(now, text)
    if re.fullmatch(r"-?\d{5,15}", text):
        return _from_millis(int(text))
    for form in _FORMATS:
        try:
            return datetime.strptime(text, form).replace(tzinfo=zone).astimezone(UTC)
        except (ValueError, OverflowError):
            continue
    return None


def boundary(function: str, argument: str | None, *, now: datetime, zone: ZoneInfo) -> datetime | None:
    """What startOfDay(), endOfWeek() and kin mean, with an offset such as "-1d" or "2w"; None for a bad offset.

    Weeks begin on Monday. A plain number counts in the function's own unit.
    """
    edge, unit = (function[:5], function[7:]) if function.startswith("start") else (function[:3], function[5:])
    amount, offset_unit = _offset(argument, unit)
    if offset_unit is None:
        return None
    try:
        start = _start(_moved(now.astimezone(zone), amount, offset_unit), unit)
        if edge == "end":
            start = _moved(start, 1, {"day": "d", "week": "w", "month": "M", "year": "y"}[unit]) - _LAST_INSTANT
        return start.astimezone(UTC)
    except (OverflowError, ValueError):
        return None


def _offset(argument: str | None, unit: str) -> tuple[int, str | None]:
    own = {"day": "d", "week": "w", "month": "M", "year": "y"}[unit]
    if argument is None:
        return 0, own
    match = _OFFSET.fullmatch(argument.strip()) if len(argument) <= _LONGEST else None
    if match is None:
        return 0, None
    return int(match[2]) * (-1 if match[1] == "-" else 1), match[3] or own


def _start(instant: datetime, unit: str) -> datetime:
    midnight = instant.replace(hour=0, minute=0, second=0, microsecond=0)
    match unit:
        case "week":
            return midnight - timedelta(days=midnight.weekday())
        case "month":
            return midnight.replace(day=1)
        case "year":
            return midnight.replace(month=1, day=1)
    return midnight


def _moved(instant: datetime, amount: int, unit: str) -> datetime:
    if unit in _UNITS:
        return instant + timedelta(**{_UNITS[unit]: amount})
    months = instant.year * 12 + instant.month - 1 + amount * (12 if unit == "y" else 1)
    year, month = divmod(months, 12)
    day = min(instant.day, calendar.monthrange(year, month + 1)[1])
    return instant.replace(year=year, month=month + 1, day=day)


def _shifted(now: datetime, text: str) -> datetime | None:
    sign = -1 if text.startswith("-") else 1
    parts = {_UNITS[unit.lower()]: 0 for _, unit in _PART.findall(text)}
    for amount, unit in _PART.findall(text):
        parts[_UNITS[unit.lower()]] += int(amount)
    try:
        return now + sign * timedelta(**parts)
    except OverflowError:
        return None


def _from_millis(millis: int) -> datetime | None:
    try:
        return datetime.fromtimestamp(millis / 1000, UTC)
    except (OverflowError, OSError, ValueError):
        return None
