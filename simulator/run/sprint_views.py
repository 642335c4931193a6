"""The sprints of a run as plain values: what was committed to, what became of it, and velocity as a band. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from simulator.model.history import History, Issue
from simulator.model.history.outcomes import SprintOutcome, sprint_outcomes, velocity_band

LISTS = ("completed", "not completed", "added after the start", "removed")


def sprints_view(history: History) -> list[dict[str, Any]]:
    """The sprints that have started, in their order: goal, sums, and the issues by what became of them."""
    return [_sprint(outcome) for outcome in sprint_outcomes(history)]


def velocity_view(history: History) -> dict[str, Any] | None:
    """What the sprints so far let one expect of the next, None before one is closed. A forecast, and no measure of people."""
    outcomes = sprint_outcomes(history)
    band = velocity_band(outcomes)
    if band is None:
        return None
    closed = [outcome for outcome in outcomes if outcome.sprint.closed_at]
    return {
        "unit": band.unit,
        "low": band.low,
        "high": band.high,
        "sprints": [
            {"name": o.sprint.name, "committed": o.committed_sum, "completed": o.completed_sum} for o in closed
        ],
    }


def last_lists(history: History) -> dict[str, list[dict[str, Any]]]:
    """The issues of the sprint started last, by what became of them; empty lists before there is one."""
    outcomes = sprint_outcomes(history)
    return _lists(outcomes[-1]) if outcomes else {name: [] for name in LISTS}


def _sprint(outcome: SprintOutcome) -> dict[str, Any]:
    sprint = outcome.sprint
    return {
        "id": sprint.id,
        "name": sprint.name,
        "goal": sprint.goal,
        "state": "closed" if sprint.closed_at else "active",
        "unit": outcome.unit,
        "committed": outcome.committed_sum,
        "completed": outcome.completed_sum,
        "added": outcome.added_sum,
        "removed": outcome.removed_sum,
        "carried_over": outcome.carried_over_sum,
        "carried_in": [issue.key for issue in outcome.carried_in],
        "lists": _lists(outcome),
    }


def _lists(outcome: SprintOutcome) -> dict[str, list[dict[str, Any]]]:
    groups = (outcome.completed, outcome.not_completed, outcome.added, outcome.removed)
    return {name: _lines(issues, outcome) for name, issues in zip(LISTS, groups, strict=True)}


def _lines(issues: Iterable[Issue], outcome: SprintOutcome) -> list[dict[str, Any]]:
    return [_line(issue, outcome) for issue in issues]


def _line(issue: Issue, outcome: SprintOutcome) -> dict[str, Any]:
    state = issue.before_close_of(outcome.sprint)
    return {
        "key": issue.key,
        "url": issue.url,
        "summary": state.summary,
        "status": state.status,
        "points": state.points,
        "carried": issue in outcome.carried_in,
    }
