"""What the schema cannot say of triggers: times that exclude one another, `it` without a meaning, events that wait in a ring."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from simulator.errors import Problem
from simulator.scenario.conditions.when import WhenPart
from simulator.scenario.contradictions import Given, contradictions, repeats_itself, too_soon
from simulator.scenario.events.event import Event
from simulator.scenario.events.triggered import TriggeredEvent
from simulator.scenario.loops import loops
from simulator.scenario.source import Source, Spot
from simulator.scenario.values import StoryTime
from simulator.scenario.whole import Whole
from simulator.scenario.wording import nearest

_GIVES: Mapping[str, frozenset[str]] = {
    "pull": frozenset({"pull_request", "check", "comment", "happened", "any"}),
    "issue": frozenset({"pull_request", "branch", "issue", "comment", "happened", "any"}),
    "branch": frozenset({"pull_request", "branch", "commit", "check", "happened", "any"}),
    "person": frozenset(
        {"pull_request", "branch", "commit", "issue", "comment", "silent", "moment", "prompt", "happened", "any"}
    ),
}
_NAMED = {
    "pull": ("opened", "approved", "changes_requested", "reviewed", "updated", "merged"),
    "issue": ("created", "answered", "status"),
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """A condition with where it is written, and what bounds it in time."""

    spot: Spot
    when: WhenPart
    at: StoryTime | None
    deadline: StoryTime | None


def trigger_problems(source: Source, whole: Whole) -> Iterator[Problem]:
    """Conditions that can never hold, `it` that means nothing, and events that wait for one another."""
    events = {event.id: (spot, event) for spot, event in whole.events.items()}
    given, asked = Given.by(source, whole), [*events, *_asked(source.value)]
    for waiting in _waiting(whole):
        yield from _times(source, waiting, whole)
        yield from contradictions(source, waiting.spot, waiting.when, given)
        if waiting.deadline:
            yield from too_soon(source, waiting.spot, waiting.when, waiting.deadline, whole)
        yield from _questions(source, waiting, asked)
        yield from _only_reacts(source, waiting, events)
        yield from _too_late(source, waiting, whole, events)
    for spot, event in whole.events.items():
        if isinstance(event, TriggeredEvent):
            yield from _bounds(source, spot, event, whole)
            yield from _meanings(source, spot, event)
            yield from repeats_itself(source, spot, event.when, event.unless)
    yield from _loops(source, events)


def _waiting(whole: Whole) -> Iterator[Waiting]:
    for spot, event in whole.events.items():
        if isinstance(event, TriggeredEvent) and event.when is not None:
            yield Waiting((*spot, "when"), event.when, event.at, event.deadline)
    for spot, (_, step) in whole.steps.items():
        if step.when is not None:
            yield Waiting((*spot, "when"), step.when, step.at, step.deadline)


def _bounds(source: Source, spot: Spot, event: TriggeredEvent, whole: Whole) -> Iterator[Problem]:
    if event.at and event.deadline and whole.is_before(event.deadline, event.at):
        message = f"the deadline {event.deadline} is before {event.at}: `{event.id}` never takes place"
        yield source.problem((*spot, "deadline"), message, "let `at` come first")
    if event.chance == 0:
        message = f"with no chance at all `{event.id}` never takes place"
        yield source.problem((*spot, "chance"), message, "give it a chance above 0, or leave the event out")
    if event.repeat and event.when is None:
        message = f"`{event.id}` has a time of its own and nothing to repeat for"
        yield source.problem((*spot, "repeat"), message, "it repeats for each thing that meets a `when`: give it one")
    if event.after.longest and event.when is None:
        message = f"`after` counts from the instant that a `when` comes to hold, and `{event.id}` has none"
        yield source.problem((*spot, "after"), message, "write the later time into `at`, or give it a `when`")


def _times(source: Source, waiting: Waiting, whole: Whole) -> Iterator[Problem]:
    time = waiting.when.time
    if time is None:
        return
    spot = (*waiting.spot, "time")
    if time.after and time.before and whole.is_before(time.after, time.before) is False:
        message = f"nothing is after {time.after} and before {time.before}"
        yield source.problem(spot, message, "let `after` be the earlier one")
    if time.after and waiting.deadline and whole.is_before(waiting.deadline, time.after):
        message = f"the deadline {waiting.deadline} is before {time.after}"
        yield source.problem((*spot, "after"), message, "choose an earlier time, or a later deadline")
    if time.before and waiting.at and whole.is_before(waiting.at, time.before) is False:
        message = f"it begins at {waiting.at}, which is not before {time.before}"
        yield source.problem((*spot, "before"), message, "choose a later time, or an earlier `at`")


def _only_reacts(source: Source, waiting: Waiting, events: Mapping[str, tuple[Spot, Event]]) -> Iterator[Problem]:
    """An event that is waited for and has no time of its own."""
    for number, name in enumerate(waiting.when.happened):
        event = events[name][1] if name in events else None
        if event is not None and not isinstance(event, TriggeredEvent) and type(event).compile is Event.compile:
            message = f"`{name}` only reacts to what others do: it never takes place by itself"
            yield source.problem((*waiting.spot, "happened", number), message, "wait for what it reacts to")


def _questions(source: Source, waiting: Waiting, known: Sequence[str]) -> Iterator[Problem]:
    """A question that nobody asks."""
    if waiting.when.prompt is None:
        return
    name = waiting.when.prompt.id
    if name not in known:
        yield source.problem(
            (*waiting.spot, "prompt", "id"),
            f"nobody asks `{name}`",
            nearest(name, known) or "ask it first: with the act `ask`",
        )


def _asked(value: Any) -> Iterator[str]:
    """The ids of the questions that acts ask."""
    if isinstance(value, dict) and value.get("do") == "ask":
        yield str(value.get("id"))
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for item in items:
        yield from _asked(item)


def _too_late(
    source: Source, waiting: Waiting, whole: Whole, events: Mapping[str, tuple[Spot, Event]]
) -> Iterator[Problem]:
    """What is waited for takes place only after the deadline."""
    for name in waiting.when.happened if waiting.deadline else ():
        event = events[name][1] if name in events else None
        at = event.at if isinstance(event, TriggeredEvent) else None
        if at and waiting.deadline and whole.is_before(waiting.deadline, at):
            message = f"`{name}` takes place at {at}, after the deadline {waiting.deadline}"
            yield source.problem((*waiting.spot, "happened"), message, "choose a later deadline")


def _meanings(source: Source, spot: Spot, event: TriggeredEvent) -> Iterator[Problem]:
    """`it`, where nothing in the condition says which pull request, issue, branch or person is meant."""
    if event.when is None:
        return
    given = {name for name in event.when.model_fields_set if getattr(event.when, name)}
    raw = {key: value for key, value in source.value["events"][spot[1]].items() if key not in ("when", "unless")}
    for where, kind in _its(raw, spot):
        named = sum(len(getattr(event.when, name)) for name in _NAMED.get(kind, ()))
        if not given & _GIVES[kind] and named != 1:
            message = f"nothing in `when` says which {kind} `it` is"
            hint = f"wait for one of: {', '.join(sorted(_GIVES[kind]))}; or name the {kind}"
            yield source.problem(where, message, hint)


def _its(value: Any, spot: Spot) -> Iterator[tuple[Spot, str]]:
    """Where `it` is written, and of which kind."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        where = (*spot, key)
        if item == "it" and key in _GIVES:
            yield where, str(key)
        elif isinstance(item, str):
            yield from ((where, kind) for kind in _GIVES if f"{{{kind}:it}}" in item)
        else:
            yield from _its(item, where)


def _loops(source: Source, events: Mapping[str, tuple[Spot, Event]]) -> Iterator[Problem]:
    """Events none of which can begin, since each waits for another one; and events that set one another off again and again."""
    needs = {name: event.when.happened for name, event in _conditional(events)}
    for loop in loops(needs):
        message = f"{_in_words(loop)}: none of them ever takes place"
        spot = (*events[loop[0]][0], "when", "happened")
        yield source.problem(spot, message, "let one of them wait for something else, or give it a time instead")
    sets_off = {name: event.when.awaited for name, event in _conditional(events) if event.repeat}
    for loop in loops(sets_off):
        if loop not in loops(needs):
            message = f"{_in_words(loop)}, and each repeats: they set one another off without end"
            yield source.problem((*events[loop[0]][0], "repeat"), message, "let one of them take place once")


def _conditional(events: Mapping[str, tuple[Spot, Event]]) -> Iterator[tuple[str, Any]]:
    for name, (_, event) in events.items():
        if isinstance(event, TriggeredEvent) and event.when is not None:
            yield name, event


def _in_words(loop: tuple[str, ...]) -> str:
    if len(loop) == 1:
        return f"`{loop[0]}` waits for itself"
    return ", ".join(f"`{one}` waits for `{other}`" for one, other in zip(loop, (*loop[1:], loop[0]), strict=True))
