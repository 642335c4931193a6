"""What the meetings have in common: whom they ask until when, what was measured for them, how issues are listed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from simulator.model.actions import HoldCeremony, PostPrompt, PromptField, PromptOption
from simulator.model.agile import StatusCategory
from simulator.model.amounts import amount
from simulator.model.history import Issue, Prompt
from simulator.model.keys import SeatId
from simulator.scenario.events.event import Event
from simulator.scenario.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """How somebody did by one rule in a sprint: `share` of what was judged that kept it, 0 to 1, of `judged` things."""

    rule: str
    name: str
    share: float
    judged: int
    example: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What was measured for a retrospective: for each human seat, how they did by each rule in that sprint."""

    habits: Mapping[SeatId, Sequence[Habit]] = field(default_factory=dict)

    def of(self, seat: SeatId, rule: str) -> Habit | None:
        """How a seat did by a rule."""
        return next((habit for habit in self.habits.get(seat, ()) if habit.rule == rule), None)


def ask_humans(
    meeting: HoldCeremony, view: View, *, title: str, text: str, until: datetime, fields: Sequence[PromptField]
) -> Iterator[PostPrompt]:
    """The same prompt for each human seat."""
    for person in view.history.roster.humans():
        yield PostPrompt(
            actor=meeting.actor,
            prompt=prompt_id(meeting, person.seat),
            kind=meeting.kind,
            seat=person.seat,
            title=title,
            text=text,
            fields=tuple(fields),
            until=until,
        )


def prompt_id(meeting: HoldCeremony, seat: SeatId) -> str:
    """The id of a meeting's prompt to a seat."""
    part = f"{meeting.event}:" if meeting.occurrence == "once" else f"{meeting.event}:{meeting.occurrence}:"
    return f"{part}{seat}"


def event_of(prompt: Prompt, view: View) -> Event | None:
    """The event of the story that a meeting's prompt belongs to."""
    name = prompt.id.partition(":")[0]
    return next((event for event in view.scenario.spec.story if event.id == name), None)


def sprint_id(view: View, ref: str) -> int | None:
    """The number of a sprint that the scenario names by its id, None before it was created."""
    found = view.bindings.get(f"sprint:{ref}")
    return int(found) if found and found.isdecimal() else None


def goal_of(view: View, ref: str) -> str:
    """A sprint's goal as it stands in Jira; before the sprint was seen there, the scenario's."""
    seen = view.history.sprints.get(sprint_id(view, ref) or 0)
    return seen.goal if seen else next((part.goal for part in view.scenario.spec.sprints if part.id == ref), "")


def issues_of(view: View, ref: str) -> list[Issue]:
    """The issues that stand in a sprint now, sub-tasks left out, by the order of the scenario and then of their keys."""
    number = sprint_id(view, ref)
    found = [i for i in view.history.issues.values() if number in i.state.sprints and not _left_out(i)]
    return sorted(found, key=lambda issue: in_order(issue, view))


def in_order(issue: Issue, view: View) -> tuple[int, int]:
    """Where an issue stands in a list: by the backlog, those that came up later by their number."""
    refs = [part.id for part in view.scenario.spec.backlog]
    place = refs.index(issue.ref) if issue.ref in refs else len(refs)
    number = issue.key.rpartition("-")[2]
    return place, int(number) if number.isdecimal() else 0


def as_option(issue: Issue, view: View, *notes: str) -> PromptOption:
    """An issue to choose."""
    points = "not estimated" if issue.state.points is None else amount(issue.state.points, "point")
    owner = f"with {view.history.name_of(issue.state.assignee)}" if issue.state.assignee else ""
    note = ", ".join(part for part in (points, owner, *notes) if part)
    return PromptOption(value=issue.key, label=f"{issue.key} {issue.state.summary}", note=note)


def is_done(issue: Issue) -> bool:
    """Whether the board says that it is done."""
    return issue.state.category is StatusCategory.DONE


def first_name(view: View, seat: SeatId | None) -> str:
    """How people call one another."""
    return view.history.name_of(seat).partition(" ")[0]


def _left_out(issue: Issue) -> bool:
    return issue.deleted_at is not None or issue.type in {"Epic", "Sub-task"}
