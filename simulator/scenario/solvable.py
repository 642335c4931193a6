"""Whether a scenario can be played to a good end: events that never take place, work that fits into no sprint, reviews that come
too late for everything. Only what is certain is a fault: who learns to plan needs a sprint that is too full.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set, Sized
from datetime import timedelta

from simulator.errors import Problem
from simulator.scenario.conditions.when import WhenPart
from simulator.scenario.events.event import Event
from simulator.scenario.events.planning import PlanningEvent
from simulator.scenario.events.triggered import TriggeredEvent
from simulator.scenario.loops import loops
from simulator.scenario.marks import Declares, Named
from simulator.scenario.moments.moment import Moment
from simulator.scenario.schema import Scenario
from simulator.scenario.shape import Marked, walk
from simulator.scenario.source import Source, Spot
from simulator.scenario.values import length_text
from simulator.scenario.whole import Whole

_MOST_POINTS_A_DAY = 8.0
"""Story points that nobody in a team does a day, whatever a point means to them."""
_WORDS = {Named.PULL: "pull request", Named.ISSUE: "issue", Named.PROMPT: "question"}
_OF_PULLS = ("opened", "approved", "changes_requested", "reviewed", "updated", "merged")
_OF_ISSUES = ("created", "answered", "status")


Makers = Mapping[tuple[Named, str], set[str]]
"""The events by which named things come to be; what nothing here makes is there from the beginning."""


def solvable_problems(source: Source, whole: Whole) -> Iterator[Problem]:
    """What keeps a run from ever coming to a good end; nothing while some part cannot be read, which is told elsewhere."""
    if _is_read(source, whole):
        yield from _never(source, whole)
        yield from _too_large(source, whole)
        yield from _too_full(source, whole)
        yield from _reviewed_too_late(source, whole)


def _is_read(source: Source, whole: Whole) -> bool:
    parts: Mapping[str, Sized] = {
        "people": whole.people,
        "backlog": whole.issues,
        "sprints": whole.sprints,
        "events": whole.events,
    }
    written = {key: source.value.get(key) or () for key in parts}
    return all(isinstance(written[key], Sized) and len(part) == len(written[key]) for key, part in parts.items())


def _never(source: Source, whole: Whole) -> Iterator[Problem]:
    conditional = {event.id: (spot, when) for spot, event in whole.events.items() if (when := _when(event)) is not None}
    if not conditional:
        return
    made, never = _made(source, whole), set(conditional)
    while more := {name for name in never if not _lacks(conditional[name][1], made, never)}:
        never -= more
    told = {name for loop in loops({name: when.happened for name, (_, when) in conditional.items()}) for name in loop}
    for name, (spot, when) in conditional.items():
        lack = _lacks(when, made, never)
        if lack and name not in told:
            hint = "let one of them wait for something else, or give it a time instead"
            yield source.problem((*spot, "when"), f"`{name}` never takes place: {lack}", hint)


def _when(event: Event) -> WhenPart | None:
    return event.when if isinstance(event, TriggeredEvent) else None


def _made(source: Source, whole: Whole) -> Makers:
    """What the events make: pull requests they open, issues they create, questions they ask."""
    found: dict[tuple[Named, str], set[str]] = {}
    for item in walk(Scenario, source.value):
        if isinstance(item, Marked) and item.spot[0] == "events":
            event = whole.events[item.spot[:2]]
            for mark in item.marks:
                if isinstance(mark, Declares) and mark.kind in _WORDS:
                    found.setdefault((mark.kind, item.value), set()).add(event.id)
    return found


def _lacks(when: WhenPart, made: Makers, never: Set[str]) -> str:
    """What a condition waits for in vain, in words; nothing when it may come to hold."""
    for name in (*when.happened, *([when.moment.id] if when.moment else [])):
        if name in never:
            return f"it waits for `{name}`, which never does either"
    for kind, name in _named(when):
        makers = made.get((kind, name))
        if makers and makers <= never:
            by = " or ".join(f"`{maker}`" for maker in sorted(makers))
            return f"it waits for the {_WORDS[kind]} `{name}`, which comes only with {by}, and that never does"
    lacks = [_lacks(part, made, never) for part in when.any]
    return lacks[0] if all(lacks) and lacks else ""


def _named(when: WhenPart) -> Iterator[tuple[Named, str]]:
    yield from ((Named.PULL, name) for key in _OF_PULLS for name in getattr(when, key))
    yield from ((Named.ISSUE, name) for key in _OF_ISSUES for name in getattr(when, key))
    if when.prompt is not None:
        yield Named.PROMPT, when.prompt.id


def _too_large(source: Source, whole: Whole) -> Iterator[Problem]:
    """An issue that is larger than all that the team has time for in its sprint."""
    capacities = {
        event.sprint: event.points
        for event in whole.events.values()
        if isinstance(event, PlanningEvent) and event.points is not None
    }
    points = {part.id: part.points or 0.0 for part in whole.issues.values()}
    practised = {str(value) for event in whole.events.values() if isinstance(event, Moment) for value in _values(event)}
    for spot, sprint in whole.sprints.items():
        capacity = capacities.get(sprint.id)
        for number, issue in enumerate(sprint.issues):
            if capacity is not None and points.get(issue, 0.0) > capacity and issue not in practised:
                message = (
                    f"`{issue}` has {points[issue]:g} points, and the team has time for {capacity:g} in `{sprint.id}`"
                )
                yield source.problem((*spot, "issues", number), message, "split it, or raise the capacity")


def _values(event: Event) -> Iterator[object]:
    for name in type(event).model_fields:
        value = getattr(event, name)
        yield from value if isinstance(value, tuple) else (value,)


def _too_full(source: Source, whole: Whole) -> Iterator[Problem]:
    """A sprint that holds more than any team could do."""
    points = {part.id: part.points or 0.0 for part in whole.issues.values()}
    for spot, sprint in whole.sprints.items():
        committed = sum(points.get(issue, 0.0) for issue in sprint.issues)
        bound = _MOST_POINTS_A_DAY * sprint.days * len(whole.people)
        if whole.people and committed > bound:
            people = f"{len(whole.people)} people in {sprint.days} days"
            message = f"`{sprint.id}` holds {committed:g} points for {people}: more than {bound:g} is out of reach"
            yield source.problem(
                (*spot, "issues"), message, "move issues to a later sprint, or leave them in the backlog"
            )


def _reviewed_too_late(source: Source, whole: Whole) -> Iterator[Problem]:
    """Reviewers every one of whom answers only after the run is over."""
    if whole.calendar is None or not whole.sprints:
        return
    hours = whole.calendar.hours
    day = timedelta(hours=hours.end.hour - hours.start.hour, minutes=hours.end.minute - hours.start.minute)
    run = day * sum(sprint.days for sprint in whole.sprints.values())
    reviewing = {seat: part.review for seat, part in whole.people.items() if part.review is not None}
    if any(review.delay.shortest < run for review in reviewing.values()):
        return
    for seat, review in reviewing.items():
        if "delay" in review.model_fields_set:
            message = f"`{seat}` answers after {review.delay}, and the run is over by then: nothing is ever reviewed"
            spot: Spot = ("people", seat, "review", "delay")
            yield source.problem(spot, message, f"the run has {length_text(run)} of working time: review sooner")
