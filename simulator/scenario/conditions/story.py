"""Conditions on the run itself: `happened`, `moment`, `prompt`, `sprint`, `time`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints, model_validator
from typing_extensions import override

from simulator.model.history import Answer, Prompt, SprintRecord
from simulator.scenario.conditions.condition import Condition, Match
from simulator.scenario.conditions.joined import all_of
from simulator.scenario.conditions.named import listed
from simulator.scenario.conditions.whose import Seats, held_since, is_one_of
from simulator.scenario.part import EventId, SprintId
from simulator.scenario.values import LengthText, TimeText, Unreadable
from simulator.scenario.view import View

Events = Annotated[tuple[EventId, ...], BeforeValidator(listed, json_schema_input_type=str | list[str])]
Sum = Annotated[float, Field(ge=0, le=100_000)]
ShortWord = Annotated[str, StringConstraints(min_length=1, max_length=100)]


class MomentCondition(Condition):
    """Somebody was seen to do well, or badly, in a moment."""

    id: EventId
    outcome: Literal["well", "badly"] | None = None
    way: ShortWord | None = None
    of: Seats = ()
    """Who; left out: a human."""

    @override
    def matches(self, view: View) -> Iterator[Match]:
        for seen in view.history.run.seen:
            meant = seen.moment == self.id and self.outcome in (None, seen.outcome) and self.way in (None, seen.way)
            if meant and is_one_of(self.of, seen.seat, view):
                yield Match(since=seen.at, about={"person": str(seen.seat)})


class PromptCondition(Condition):
    """Somebody was asked something, and has answered, or has not."""

    id: ShortWord
    """The event or act that asks."""
    of: Seats = ()
    """Who is asked; left out: a human."""
    answered: bool = True
    choice: ShortWord | None = None
    """This was chosen, or written, in one of the fields: the words of the answer, or its number."""
    for_: LengthText | None = Field(default=None, alias="for")
    """So much working time after the answer, or without one."""

    @override
    def matches(self, view: View) -> Iterator[Match]:
        for prompt in view.history.run.prompts.values():
            named = prompt.id == self.id or prompt.id.startswith(f"{self.id}:")
            since = self._since(prompt) if named and is_one_of(self.of, prompt.seat, view) else None
            if since is not None:
                since = view.later(since, self.for_) if self.for_ else since
                yield Match(since=since, about={"person": str(prompt.seat)})

    def _since(self, prompt: Prompt) -> datetime | None:
        if prompt.answer is None or not self.answered:
            return prompt.at if prompt.answer is None and not self.answered else None
        chosen = self.choice is None or self.choice in _chosen(prompt, prompt.answer)
        return prompt.answer.at if chosen else None


class SprintCondition(Condition):
    """A sprint has started, was closed, or holds more than it should."""

    id: SprintId | None = None
    """This one; left out: any."""
    started: bool | None = None
    closed: bool | None = None
    points_over: Sum | None = None
    """The estimates of its issues add up to more."""
    added_over: Sum | None = None
    """The estimates of issues that came into it after its start add up to more."""

    @override
    def matches(self, view: View) -> Iterator[Match]:
        number = view.bindings.get(f"sprint:{self.id}") if self.id else None
        for sprint in view.history.sprints.values():
            if self.id is None or str(sprint.id) == number:
                since = all_of(self._instants(sprint, view))
                if since is not None:
                    yield Match(since=since)

    def _instants(self, sprint: SprintRecord, view: View) -> Iterator[datetime | None]:
        for wanted, at in ((self.started, sprint.started_at), (self.closed, sprint.closed_at)):
            if wanted is not None:
                yield at if wanted else (view.scenario.starts_at if at is None else None)
        if self.points_over is not None:
            yield _over_since(sprint, self.points_over, view, later=False)
        if self.added_over is not None:
            yield _over_since(sprint, self.added_over, view, later=True)


class TimeCondition(Condition):
    """A time of the story: not before `after`, and nothing that comes to hold after `before`."""

    after: TimeText | None = None
    before: TimeText | None = None

    @model_validator(mode="after")
    def _says_something(self) -> TimeCondition:
        if self.after is None and self.before is None:
            raise Unreadable("nothing says which time is meant", "give it `after`, `before`, or both")
        return self

    @override
    def matches(self, view: View) -> Iterator[Match]:
        yield Match(since=view.scenario.instant(self.after) if self.after else view.scenario.starts_at)

    def is_past(self, instant: datetime, view: View) -> bool:
        """Whether an instant comes too late."""
        return self.before is not None and instant >= view.scenario.instant(self.before)


def _chosen(prompt: Prompt, answer: Answer) -> set[str]:
    """What was answered: as written, and the words of what was chosen."""
    options = (option for field in prompt.fields for option in field.get("options") or ())
    written = set(answer.answers.values())
    return written | {str(option.get("label")) for option in options if str(option.get("value")) in written}


def happened(events: tuple[str, ...], view: View) -> Iterator[Match]:
    """Every time that an event took place, about what it was about; of several events, since the last of their first times."""
    times = [view.history.run.events.get(event, ()) for event in events]
    if len(times) == 1:
        yield from (Match(since=time.at, about=dict(time.about)) for time in times[0])
    elif all(times):
        yield Match(since=max(some[0].at for some in times))


def _over_since(sprint: SprintRecord, most: float, view: View, *, later: bool) -> datetime | None:
    """Since when the estimates in a sprint, or of what was added to it, are more than a sum."""
    counted = [issue for issue in view.history.issues.values() if not later or issue.key in sprint.added]
    steps = sorted(
        (at, str(issue.key), (state.points or 0.0) if sprint.id in state.sprints else 0.0)
        for issue in counted
        if issue.type not in {"Epic", "Sub-task"}
        for at, state in issue.states()
    )
    parts: dict[str, float] = {}
    sums = []
    for at, key, points in steps:
        parts[key] = points
        sums.append((at, sum(parts.values())))
    return held_since(sums, lambda whole: whole > most)
