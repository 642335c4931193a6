"""What the schema cannot say of conditions: those that can never hold, and events that only wait for one another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from simulator.errors import Problem
from simulator.scenario.conditions.pulls import PullCondition
from simulator.scenario.conditions.story import SprintCondition
from simulator.scenario.conditions.when import WhenPart
from simulator.scenario.events.event import Event
from simulator.scenario.events.triggered import TriggeredEvent
from simulator.scenario.loops import loops
from simulator.scenario.moments.moment import Moment
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
    for waiting in _waiting(whole):
        yield from _times(source, waiting, whole)
        yield from _contradictions(source, waiting.spot, waiting.when, events)
        yield from _questions(source, waiting, events)
        yield from _only_reacts(source, waiting, events)
        yield from _too_late(source, waiting, whole, events)
    for spot, event in whole.events.items():
        if isinstance(event, TriggeredEvent):
            yield from _bounds(source, spot, event, whole)
            yield from _meanings(source, spot, event)
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


def _contradictions(
    source: Source, spot: Spot, when: WhenPart, events: Mapping[str, tuple[Spot, Event]]
) -> Iterator[Problem]:
    for number, part in enumerate(when.any):
        yield from _contradictions(source, (*spot, "any", number), part, events)
    if when.pull_request:
        for words in _of_pull(when.pull_request):
            yield source.problem((*spot, "pull_request"), f"no pull request is {words}", "leave one of the two out")
    if when.sprint and _is_impossible(when.sprint):
        yield source.problem((*spot, "sprint"), "a sprint is closed only after it has started", "leave `started` out")
    if when.check and when.check.failed and when.check.passed:
        yield source.problem((*spot, "check"), "no check has both failed and passed last", "leave one of the two out")
    if when.moment and when.moment.id in events and not isinstance(events[when.moment.id][1], Moment):
        known = ", ".join(f"`{name}`" for name, (_, event) in events.items() if isinstance(event, Moment)) or "none"
        message = f"`{when.moment.id}` is an event, not a moment"
        yield source.problem((*spot, "moment", "id"), message, f"moments here: {known}")


def _only_reacts(source: Source, waiting: Waiting, events: Mapping[str, tuple[Spot, Event]]) -> Iterator[Problem]:
    """An event that is waited for and has no time of its own."""
    for number, name in enumerate(waiting.when.happened):
        event = events[name][1] if name in events else None
        if event is not None and not isinstance(event, TriggeredEvent) and type(event).compile is Event.compile:
            message = f"`{name}` only reacts to what others do: it never takes place by itself"
            yield source.problem((*waiting.spot, "happened", number), message, "wait for what it reacts to")


def _questions(source: Source, waiting: Waiting, events: Mapping[str, tuple[Spot, Event]]) -> Iterator[Problem]:
    """A question that nobody asks."""
    if waiting.when.prompt is None:
        return
    name, known = waiting.when.prompt.id, [*events, *_asked(source.value)]
    if name not in known:
        yield source.problem((*waiting.spot, "prompt", "id"), f"nobody asks `{name}`", nearest(name, known))


def _asked(value: Any) -> Iterator[str]:
    """The ids of the questions that acts ask."""
    if isinstance(value, dict) and value.get("do") == "ask":
        yield str(value.get("id"))
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for item in items:
        yield from _asked(item)


def _of_pull(part: PullCondition) -> Iterator[str]:
    """Pairs of things that no pull request is at once."""
    if part.draft and part.state == "merged":
        yield "a draft and merged"
    if part.approved and part.changes_requested:
        yield "approved while somebody waits for changes"
    if part.reviewed is False and (part.approved or part.changes_requested):
        yield "approved or sent back without a review"
    if part.unreviewed_for and (part.reviewed or part.approved or part.changes_requested):
        yield "reviewed and still waiting for its first review"
    if part.unreviewed_for and part.draft:
        yield "a draft that waits for its review"


def _is_impossible(part: SprintCondition) -> bool:
    return part.started is False and part.closed is True


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
