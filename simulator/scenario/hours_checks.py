"""Whether people with hours of their own ever meet the others at work."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from simulator.errors import Problem
from simulator.scenario.places import CalendarPart
from simulator.scenario.source import Source
from simulator.scenario.values import WEEKDAYS, Hours
from simulator.scenario.whole import Whole


def hours_problems(source: Source, whole: Whole) -> Iterator[Problem]:
    """People whose own hours never meet the calendar's: nothing of what they are to do would ever come."""
    team = whole.calendar
    for seat, part in whole.people.items():
        own = [name for name in ("hours", "days", "zone") if getattr(part, name) is not None]
        if team is None or not own:
            continue
        days = team.weekdays if part.days is None else {WEEKDAYS.index(day) for day in part.days}
        hours, zone = part.hours or team.hours, part.zone or team.zone
        if not _meet(team, days, hours, zone):
            message = f"`{seat}` is never at work while the others are: {_week(days, hours, zone)}"
            to_do = f"let it overlap with {_week(team.weekdays, team.hours, team.zone)}"
            yield source.problem(("people", seat, own[0]), message, to_do)


def _meet(team: CalendarPart, days: Collection[int], hours: Hours, zone: ZoneInfo) -> bool:
    """Whether both are at work at some instant of a week; a working day may begin on another date elsewhere."""
    week = [team.start + timedelta(days=number) for number in range(-1, 8)]
    ours = [
        (_at(day, team.hours.start, team.zone), _at(day, team.hours.end, team.zone))
        for day in week
        if day.weekday() in team.weekdays
    ]
    theirs = [(_at(day, hours.start, zone), _at(day, hours.end, zone)) for day in week if day.weekday() in days]
    return any(max(one[0], other[0]) < min(one[1], other[1]) for one in ours for other in theirs)


def _week(days: Collection[int], hours: Hours, zone: ZoneInfo) -> str:
    return f"{' '.join(WEEKDAYS[day] for day in sorted(days))}, {hours}, {zone}"


def _at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, tzinfo=zone)
