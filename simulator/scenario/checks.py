"""What the schema cannot say: parts that do not fit one another.

Looks at each part that is whole by itself, whatever is wrong with the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from pydantic import ValidationError

from simulator.errors import Problem
from simulator.scenario.backlog import IssuePart, SprintPart
from simulator.scenario.events.absence import AbsenceEvent
from simulator.scenario.events.close_sprint import CloseSprintEvent
from simulator.scenario.events.event import Event
from simulator.scenario.events.pull_request import PullRequestEvent
from simulator.scenario.events.registry import event_types
from simulator.scenario.events.review_pull_requests import ReviewPullRequestsEvent
from simulator.scenario.part import Part
from simulator.scenario.people import PersonPart
from simulator.scenario.personas import StepPart
from simulator.scenario.places import CalendarPart
from simulator.scenario.source import Source, Spot
from simulator.scenario.values import WEEKDAYS, Moment

SomePart = TypeVar("SomePart", bound=Part)
_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Whole:
    """The parts of a scenario that are right by themselves, with their spots."""

    people: dict[str, PersonPart]
    issues: dict[Spot, IssuePart]
    sprints: dict[Spot, SprintPart]
    events: dict[Spot, Event]
    steps: dict[Spot, tuple[str, StepPart]]
    calendar: CalendarPart | None


def fitting_problems(source: Source) -> Iterator[Problem]:
    """Everything that does not fit together."""
    whole = _whole(source.value if isinstance(source.value, dict) else {})
    for check in (_calendar, _people, _issues, _sprints, _events, _steps):
        yield from check(source, whole)


def _whole(value: dict[str, Any]) -> Whole:
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


def _calendar(source: Source, whole: Whole) -> Iterator[Problem]:
    part = whole.calendar
    if part and part.start.weekday() not in part.weekdays:
        following = next(d for n in range(1, 8) if (d := part.start + timedelta(days=n)).weekday() in part.weekdays)
        message = f"{part.start} is a {_DAY_NAMES[part.start.weekday()]}, on which nobody works"
        yield source.problem(("calendar", "start"), message, f"the next working day is {following}")
    if part:
        for number, day in enumerate(part.days):
            if day in part.days[:number]:
                yield source.problem(
                    ("calendar", "days", number), f"`{day}` is listed twice", f"of {', '.join(WEEKDAYS)}"
                )


def _people(source: Source, whole: Whole) -> Iterator[Problem]:
    for key in ("login", "email"):
        seen: dict[str, str] = {}
        for seat, part in whole.people.items():
            account = getattr(part, key).lower()
            if account in seen:
                message = f"`{seat}` and `{seen[account]}` have the same {key} `{account}`"
                yield source.problem(("people", seat, key), message, "everybody needs an account of their own")
            seen.setdefault(account, seat)
    raw = source.value.get("people")
    if (
        isinstance(raw, dict)
        and len(whole.people) == len(raw)
        and all(p.kind != "human" for p in whole.people.values())
    ):
        yield source.problem(
            ("people",), "nobody sits here to learn", "give one of the people `kind: human`", at_key=True
        )


def _issues(source: Source, whole: Whole) -> Iterator[Problem]:
    by_id = {part.id: part for part in whole.issues.values()}
    for spot, part in whole.issues.items():
        parent = by_id.get(part.parent) if part.parent else None
        if part.type == "Sub-task" and part.parent is None:
            yield source.problem(
                spot, f"the sub-task `{part.id}` has no parent", "name the issue it is part of: `parent:`"
            )
        elif parent and part.type == "Epic":
            yield source.problem((*spot, "parent"), f"the epic `{part.id}` cannot have a parent", "leave `parent` out")
        elif parent is part:
            yield source.problem((*spot, "parent"), f"`{part.id}` cannot be its own parent", "name another issue")
        elif parent and (parent.type == "Sub-task" or (parent.type == "Epic") == (part.type == "Sub-task")):
            wanted = "a story, task or bug" if part.type == "Sub-task" else "an epic"
            message = f"`{parent.id}` ({parent.type}) cannot be the parent of `{part.id}` ({part.type})"
            yield source.problem((*spot, "parent"), message, f"the parent must be {wanted}")


def _sprints(source: Source, whole: Whole) -> Iterator[Problem]:
    types = {part.id: part.type for part in whole.issues.values()}
    seen: dict[str, str] = {}
    for spot, part in whole.sprints.items():
        for number, issue in enumerate(part.issues):
            at = (*spot, "issues", number)
            if issue in seen:
                yield source.problem(
                    at, f"`{issue}` is in `{seen[issue]}` already", "an issue is in one sprint at a time"
                )
            elif types.get(issue) == "Sub-task":
                yield source.problem(
                    at, f"`{issue}` is a sub-task", "its parent brings it into the sprint: leave it out"
                )
            elif types.get(issue) == "Epic":
                yield source.problem(at, f"`{issue}` is an epic", "sprints hold its stories: leave it out")
            seen.setdefault(issue, part.id)


def _events(source: Source, whole: Whole) -> Iterator[Problem]:
    closed: set[str] = set()
    for spot, event in whole.events.items():
        if isinstance(event, PullRequestEvent):
            yield from _pull_request(source, spot, event)
        elif isinstance(event, ReviewPullRequestsEvent):
            yield from _reviews(source, (*spot, "who"), event.who, whole)
        elif isinstance(event, AbsenceEvent) and event.delegate:
            yield from _reviews(source, (*spot, "delegate"), event.delegate, whole)
        elif isinstance(event, CloseSprintEvent):
            if event.sprint in closed:
                yield source.problem(
                    (*spot, "sprint"), f"`{event.sprint}` is closed twice", "keep one of the two events"
                )
            if event.carry_to == event.sprint:
                yield source.problem(
                    (*spot, "carry_to"), "a sprint cannot carry over to itself", "name a later sprint, or none"
                )
            closed.add(event.sprint)


def _pull_request(source: Source, spot: Spot, event: PullRequestEvent) -> Iterator[Problem]:
    if _before(event.at, event.started):
        message = f"it opens ({event.at}) before the branch is pushed ({event.started})"
        yield source.problem((*spot, "at"), message, "let `started` come first")
    if event.stand_in and not _before(event.at, event.stand_in.at):
        yield source.problem(
            (*spot, "stand_in", "at"), f"the stand-in comes before it opens ({event.at})", "choose a later moment"
        )
    for key, who in (("approval", event.approval), ("stand_in", event.stand_in)):
        if who and who.who == event.who:
            message = f"`{event.who}` cannot review their own pull request"
            yield source.problem((*spot, key, "who"), message, "GitHub refuses it: name somebody else")
    for number, reviewer in enumerate(event.reviewers):
        if reviewer == event.who:
            message = f"`{event.who}` cannot review their own pull request"
            yield source.problem((*spot, "reviewers", number), message, "GitHub refuses it: name somebody else")


def _reviews(source: Source, spot: Spot, seat: str, whole: Whole) -> Iterator[Problem]:
    person = whole.people.get(seat)
    if person and person.kind == "teammate" and person.review is None:
        yield source.problem(spot, f"`{seat}` does not review", f"give `{seat}` a `review:` in `people`")


def _steps(source: Source, whole: Whole) -> Iterator[Problem]:
    for spot, (seat, step) in whole.steps.items():
        if step.at and step.deadline and _before(step.deadline, step.at):
            message = f"the deadline {step.deadline} is before {step.at}"
            yield source.problem((*spot, "deadline"), message, "let `at` come first")
        for number, act in enumerate(step.do):
            if act.who and seat and act.who != seat:
                message = f"a persona acts for its own seat, not for `{act.who}`"
                yield source.problem((*spot, "do", number, "who"), message, "leave `who` out")


def _before(one: Moment, other: Moment) -> bool:
    """Whether a moment is before another; a day without a time begins the day."""
    return (one.day, str(one.at or "")) < (other.day, str(other.at or ""))
