"""Calendars and instants with defaults."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from simulator.timekeeping.workdays import WorkCalendar

MONDAY = date(2026, 11, 23)


def a_calendar(
    *, days: str = "01234", start: time = time(9), end: time = time(17), zone: str = "Europe/Berlin"
) -> WorkCalendar:
    return WorkCalendar(frozenset(map(int, days)), start, end, ZoneInfo(zone))


def without_zone(text: str) -> datetime:
    """An instant that lacks what makes it one."""
    return datetime.fromisoformat(text)


def utc(text: str) -> datetime:
    """An instant written like 2026-11-23 08:00."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
