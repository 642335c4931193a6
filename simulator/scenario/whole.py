"""The parts of a scenario that are right by themselves, whatever is wrong with the others: what checks look at.

Refuses to judge how they fit together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import ValidationError

from simulator.scenario.backlog import IssuePart, SprintPart
from simulator.scenario.events.event import Event
from simulator.scenario.events.registry import event_types
from simulator.scenario.frame import Frame
from simulator.scenario.part import Part
from simulator.scenario.people import PersonPart
from simulator.scenario.personas import StepPart
from simulator.scenario.places import CalendarPart
from simulator.scenario.source import Spot
from simulator.scenario.values import StoryTime

SomePart = TypeVar("SomePart", bound=Part)


@dataclass(frozen=True, slots=True)
class Whole:
    """The parts of a scenario that are right by themselves, with their spots."""

    people: dict[str, PersonPart]
    issues: dict[Spot, IssuePart]
    sprints: dict[Spot, SprintPart]
    events: dict[Spot, Event]
    steps: dict[Spot, tuple[str, StepPart]]
    calendar: CalendarPart | None

    def is_before(self, one: StoryTime, other: StoryTime) -> bool | None:
        """Whether a time of the story is before another; None when that cannot be told."""
        if self.calendar is None:
            return None
        frame = Frame([(part.id, part.days) for part in self.sprints.values()], self.calendar.hours)
        return frame.is_before(one, other)


def whole_parts(value: dict[str, Any]) -> Whole:
    """The whole parts of a scenario's plain values."""
    return Whole(
        people={seat: part for seat, raw in _mapping(value, "people").items() if (part := _read(PersonPart, raw))},
        issues=dict(_items(IssuePart, value, "backlog")),
        sprints=dict(_items(SprintPart, value, "sprints")),
        events=dict(_event_items(value)),
        steps=dict(_step_items(_mapping(value, "personas"))),
        calendar=_read(CalendarPart, value.get("calendar")),
    )


def _mapping(value: dict[str, Any], key: str) -> dict[str, Any]:
    raw = value.get(key)
    return raw if isinstance(raw, dict) else {}


def _read(kind: type[SomePart], raw: Any) -> SomePart | None:
    try:
        return kind.model_validate(raw)
    except ValidationError:
        return None


def _listed(value: dict[str, Any], key: str) -> Iterable[tuple[int, Any]]:
    raw = value.get(key)
    return enumerate(raw) if isinstance(raw, list) else ()


def _items(kind: type[SomePart], value: dict[str, Any], key: str) -> Iterator[tuple[Spot, SomePart]]:
    for number, raw in _listed(value, key):
        part = _read(kind, raw)
        if part is not None:
            yield (key, number), part


def _event_items(value: dict[str, Any]) -> Iterator[tuple[Spot, Event]]:
    for number, raw in _listed(value, "events"):
        name = raw.get("type") if isinstance(raw, dict) else None
        kind = event_types().get(name) if isinstance(name, str) else None
        event = _read(kind, raw) if kind else None
        if event is not None:
            yield ("events", number), event


def _step_items(personas: dict[str, Any]) -> Iterator[tuple[Spot, tuple[str, StepPart]]]:
    for name, persona in personas.items():
        if isinstance(persona, dict):
            for (_, number), step in _items(StepPart, persona, "steps"):
                yield ("personas", name, "steps", number), (str(persona.get("seat") or ""), step)
