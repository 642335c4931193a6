"""What the schema cannot say: parts that do not fit one another.

Looks at each part that is whole by itself, whatever is wrong with the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from simulator.errors import Problem
from simulator.scenario.builds import build_problems
from simulator.scenario.cast_checks import cast_problems
from simulator.scenario.events.absence import AbsenceEvent
from simulator.scenario.events.close_sprint import CloseSprintEvent
from simulator.scenario.events.pull_request import PullRequestEvent
from simulator.scenario.events.review_pull_requests import ReviewPullRequestsEvent
from simulator.scenario.hours_checks import hours_problems
from simulator.scenario.meeting_checks import meeting_problems
from simulator.scenario.solvable import solvable_problems
from simulator.scenario.source import Source, Spot
from simulator.scenario.trigger_checks import trigger_problems
from simulator.scenario.values import WEEKDAYS
from simulator.scenario.whole import Whole, whole_parts

_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def fitting_problems(source: Source) -> Iterator[Problem]:
    """Everything that does not fit together."""
    whole = whole_parts(source.value if isinstance(source.value, dict) else {})
    for check in (
        _calendar,
        _people,
        _issues,
        _template,
        _sprints,
        _events,
        _steps,
        trigger_problems,
        cast_problems,
        meeting_problems,
        hours_problems,
        build_problems,
        solvable_problems,
    ):
        yield from check(source, whole)


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


def _template(source: Source, whole: Whole) -> Iterator[Problem]:
    project = source.value.get("project")
    if whole.sprints and isinstance(project, dict) and project.get("template") == "kanban":
        message = "a kanban board has no sprints, and a run is played in sprints"
        yield source.problem(("project", "template"), message, "write `template: scrum`, or leave it out")


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
            yield from _pull_request(source, spot, event, whole)
        elif isinstance(event, ReviewPullRequestsEvent):
            yield from _reviews(source, (*spot, "who"), event.who, whole)
        elif isinstance(event, AbsenceEvent):
            yield from _absence(source, spot, event, whole)
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


def _absence(source: Source, spot: Spot, event: AbsenceEvent, whole: Whole) -> Iterator[Problem]:
    if event.delegate:
        yield from _reviews(source, (*spot, "delegate"), event.delegate, whole)
    if (event.since.offset or event.until.offset) and whole.is_before(event.since, event.until) is False:
        message = f"the absence ends ({event.until}) before it begins ({event.since})"
        yield source.problem((*spot, "until"), message, "swap `since` and `until`")


def _pull_request(source: Source, spot: Spot, event: PullRequestEvent, whole: Whole) -> Iterator[Problem]:
    if whole.is_before(event.at, event.started):
        message = f"it opens ({event.at}) before the branch is pushed ({event.started})"
        yield source.problem((*spot, "at"), message, "let `started` come first")
    if event.stand_in and whole.is_before(event.at, event.stand_in.at) is False:
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
        if step.at and step.deadline and whole.is_before(step.deadline, step.at):
            message = f"the deadline {step.deadline} is before {step.at}"
            yield source.problem((*spot, "deadline"), message, "let `at` come first")
        for number, act in enumerate(step.do):
            if act.who and seat and act.who != seat:
                message = f"a persona acts for its own seat, not for `{act.who}`"
                yield source.problem((*spot, "do", number, "who"), message, "leave `who` out")
