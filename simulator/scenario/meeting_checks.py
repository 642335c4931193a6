"""What the schema cannot say of meetings: outside of working hours, a sprint planned twice, after the fact, or for nobody."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.errors import Problem
from simulator.scenario.events.planning import PlanningEvent
from simulator.scenario.events.retro import RetroEvent
from simulator.scenario.events.review import ReviewEvent
from simulator.scenario.events.stand_up import StandUpEvent
from simulator.scenario.source import Source, Spot
from simulator.scenario.whole import Whole


def meeting_problems(source: Source, whole: Whole) -> Iterator[Problem]:
    """Meetings that cannot be held as they are written."""
    seen: dict[tuple[type, str], Spot] = {}
    for spot, event in whole.events.items():
        if isinstance(event, StandUpEvent):
            yield from _outside_hours(source, whole, spot, event)
        if isinstance(event, PlanningEvent | ReviewEvent | RetroEvent):
            yield from _in_its_sprint(source, whole, spot, event)
            first = seen.setdefault((type(event), event.sprint), spot)
            if first != spot:
                message = f"the {event.type} of `{event.sprint}` is held twice"
                hint = f"the first is in line {source.values[first][0]}: take one of them away"
                yield source.problem((*spot, "sprint"), message, hint)


def _outside_hours(source: Source, whole: Whole, spot: Spot, event: StandUpEvent) -> Iterator[Problem]:
    hours = whole.calendar.hours if whole.calendar else None
    if hours and not hours.start <= event.at < hours.end:
        hint = f"people work from {hours.start:%H:%M} to {hours.end:%H:%M}"
        key = "at" if "at" in event.model_fields_set else "type"
        yield source.problem((*spot, key), f"the stand-up at {event.at:%H:%M} is outside of working hours", hint)


def _in_its_sprint(
    source: Source, whole: Whole, spot: Spot, event: PlanningEvent | ReviewEvent | RetroEvent
) -> Iterator[Problem]:
    days = _days(whole).get(event.sprint)
    if days is None or event.at is None or event.at.offset is not None:
        return
    day = event.at.day
    if isinstance(event, PlanningEvent) and day > days[0]:
        message = f"`{event.sprint}` begins on day {days[0]}, and is planned on day {day} only"
        yield source.problem((*spot, "at"), message, f"plan it on day {days[0]} or before")
    elif not isinstance(event, PlanningEvent) and not days[0] <= day <= days[1]:
        message = f"`{event.sprint}` lasts from day {days[0]} to {days[1]}, and its {event.type} is on day {day}"
        yield source.problem((*spot, "at"), message, f"hold it on day {days[1]}, or leave `at` out")


def _days(whole: Whole) -> dict[str, tuple[int, int]]:
    """First and last day of each sprint; nothing when a sprint before it cannot be read."""
    days: dict[str, tuple[int, int]] = {}
    first = 1
    for place, (spot, part) in enumerate(whole.sprints.items()):
        if spot[-1] != place:
            break
        days[part.id] = (first, first + part.days - 1)
        first += part.days
    return days
