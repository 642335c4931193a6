"""Who planned a sprint: who made or started it, put issues into it or took some out before its start, or answered its planning.

Pure. Jira does not say who wrote a sprint's goal; who filled the sprint is in the issues' histories.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from simulator.model.history.in_the_run import Prompt
from simulator.model.history.tracker import Issue, SprintRecord
from simulator.model.keys import SeatId

_PLANNING = "planning"


def planners_of(
    sprints: Mapping[int, SprintRecord], issues: Iterable[Issue], prompts: Iterable[Prompt]
) -> dict[int, tuple[SeatId, ...]]:
    """Sprint → the people who planned it. What is done after its start is no planning of it."""
    found: dict[int, dict[SeatId, None]] = {number: dict.fromkeys(sprint.by) for number, sprint in sprints.items()}
    for issue in issues:
        for number, seat in _placings(issue, sprints):
            found[number][seat] = None
    for prompt in prompts:
        if prompt.kind == _PLANNING and prompt.answer is not None:
            planned = _planned_at(prompt.at, sprints)
            if planned is not None:
                found[planned][prompt.answer.seat] = None
    return {number: tuple(seats) for number, seats in found.items()}


def _placings(issue: Issue, sprints: Mapping[int, SprintRecord]) -> Iterator[tuple[int, SeatId]]:
    """Each time that somebody put the issue into a sprint, or took it out, before the sprint's start."""
    before = issue.initial.sprints
    for change in issue.changes:
        if change.actor is not None:
            for number in before ^ change.state.sprints:
                sprint = sprints.get(number)
                if sprint is not None and (sprint.started_at is None or change.at <= sprint.started_at):
                    yield number, change.actor
        before = change.state.sprints


def _planned_at(instant: datetime, sprints: Mapping[int, SprintRecord]) -> int | None:
    """The sprint that started next, or just then."""
    later = [(s.started_at, s.id) for s in sprints.values() if s.started_at is not None and s.started_at >= instant]
    return min(later)[1] if later else None
