"""Sprints that somebody planned, the issues that they took in, and what they could have known of the team's pace."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from simulator.hygiene.subjects.kind import Kind, Opportunity, Place, Source
from simulator.model.history import History, Issue, SprintRecord
from simulator.model.history.outcomes import SprintOutcome, sprint_outcomes
from simulator.model.record import record

NOT_COUNTED = frozenset({"Epic", "Sub-task"})
"""Types of issues that a sprint's sums leave out, as Jira's reports do."""
_LAST = 3
_LEAST = 2


@record
class PlannedSprint:
    """A sprint that has started, and the issues that are or were in it."""

    sprint: SprintRecord
    start: datetime
    issues: tuple[Issue, ...]


@record
class TakenIn:
    """An issue that was in a sprint when it started."""

    issue: Issue
    sprint: SprintRecord
    start: datetime


@record
class Forecast:
    """A planned sprint with what was completed in the closed ones before it, at most the last three, oldest first."""

    planned: PlannedSprint
    unit: str
    completed: tuple[float, ...]


def _planned(sprint: SprintRecord, history: History) -> Iterator[Opportunity[PlannedSprint]]:
    planners = history.planners.get(sprint.id, ())
    if sprint.started_at is None or not planners:
        return
    found = (history.issues.get(key) for key in sorted(sprint.committed | sprint.added))
    issues = tuple(issue for issue in found if issue is not None and issue.type not in NOT_COUNTED)
    yield Opportunity(
        subject=PlannedSprint(sprint=sprint, start=sprint.started_at, issues=issues),
        name=f"sprint:{sprint.id}",
        url=sprint.url,
        item=f"sprint:{sprint.id}",
        mass=1.0,
        seats=planners,
        at=sprint.started_at,
    )


def _taken_in(sprint: SprintRecord, history: History) -> Iterator[Opportunity[TakenIn]]:
    planners = history.planners.get(sprint.id, ())
    if sprint.started_at is None or not planners:
        return
    for issue in (history.issues.get(key) for key in sorted(sprint.committed)):
        if issue is not None and issue.type not in NOT_COUNTED:
            yield Opportunity(
                subject=TakenIn(issue=issue, sprint=sprint, start=sprint.started_at),
                name=f"issue:{issue.key}/sprint:{sprint.id}",
                url=issue.url,
                item=issue.key,
                mass=1.0,
                seats=planners,
                at=sprint.started_at,
            )


def _forecast(_: None, history: History) -> Iterator[Opportunity[Forecast]]:
    if sum(sprint.started_at is not None for sprint in history.sprints.values()) <= _LEAST:
        return
    before: list[SprintOutcome] = []
    for outcome in sprint_outcomes(history):
        known = [past for past in before if past.unit == outcome.unit and _was_over(past, outcome)][-_LAST:]
        if len(known) >= _LEAST:
            for planned in _planned(outcome.sprint, history):
                yield Opportunity(
                    subject=Forecast(
                        planned=planned.subject,
                        unit=outcome.unit,
                        completed=tuple(past.completed_sum for past in known),
                    ),
                    name=planned.name,
                    url=planned.url,
                    item=planned.item,
                    mass=planned.mass,
                    seats=planned.seats,
                    at=planned.at,
                )
        before.append(outcome)


def _was_over(past: SprintOutcome, outcome: SprintOutcome) -> bool:
    closed, start = past.sprint.closed_at, outcome.sprint.started_at
    return closed is not None and start is not None and closed <= start


PLANNED_SPRINTS = Kind(
    name="planned sprint",
    opportunity="each sprint that the learner had a hand in planning, once it has started",
    places=(Place(Source.SPRINTS, _planned),),
    per_sprint_item=False,
)
TAKEN_IN = Kind(
    name="issue taken into a sprint",
    opportunity="each issue that was in the sprint when it started, for a sprint that the learner had a hand in planning",
    places=(Place(Source.SPRINTS, _taken_in),),
)
FORECASTS = Kind(
    name="forecast",
    opportunity="each sprint with at least two closed ones before it that the learner had a hand in planning",
    places=(Place(Source.HISTORY, _forecast),),
    per_sprint_item=False,
)
