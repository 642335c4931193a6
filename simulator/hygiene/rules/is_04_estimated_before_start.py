"""IS-04: work is estimated before it starts."""

from __future__ import annotations

from datetime import datetime

from simulator.hygiene.rule import NoOptions, rule
from simulator.hygiene.subjects import STARTS, Start
from simulator.model.history import History
from simulator.model.history.tracker import SprintSpan
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Skip, Verdict

_ON_THE_FIRST_DAY = 0.8
_LATER = 0.3
_NOT_ESTIMATED = frozenset({"Sub-task"})


@rule(
    code="IS-04",
    name="estimated-before-start",
    about=STARTS,
    severity=Severity.MEDIUM,
    target=0.9,
    quota=1,
    essential=True,
    options=NoOptions(),
)
def estimated_before_start(start: Start, history: History, _: NoOptions) -> Verdict:
    """Work is estimated before somebody begins it.

    What it checks
    --------------
    An issue has story points when it is moved to a status in progress for the first time. For whoever planned the sprint, what it
    was started with had them at the sprint's start. Sub-tasks are left out; zero points are an estimate.

    Why it matters
    --------------
    Without an estimate nobody can say what fits into the sprint, and nobody talks about the work before it is half done.

    Example
    -------
    Good: 3 points since planning, In Progress on Tuesday

    Bad: In Progress on Tuesday, 8 points on Thursday

    How to fix
    ----------
    Estimate it now, together with a colleague: by the end of the sprint's first day that earns 0.8 of the credit, later 0.3.

    References
    ----------
    - https://agilekip.github.io/site/catalogue-agile-smells
    - https://xp123.com/articles/invest-in-good-stories-and-smart-tasks/
    """
    issue = start.issue
    if issue.type in _NOT_ESTIMATED:
        return Skip(reason=f"{issue.key} is a sub-task: its issue is estimated")
    sprint = _sprint_of(start, history)
    planned = (
        sprint is not None
        and sprint.id in history.commitments.get(issue.key, ())
        and start.seat in history.planners.get(sprint.id, ())
    )
    gate = min(start.at, sprint.started_at) if planned and sprint and sprint.started_at else start.at
    points = issue.at(gate).points
    evidence: Measures = {"points at the start": "none" if points is None else points, "points now": _shown(start)}
    if points is not None:
        return Pass(message=f"{issue.key} had {points:g} points before it was begun", evidence=evidence)
    since = next((at for at, state in issue.states() if at > gate and state.points is not None), None)
    begun = "when the sprint started" if gate < start.at else "when it was begun"
    if since is None or issue.state.points is None:
        worth = _worth(history.now, sprint, history)
        return Breach(
            message=f"{issue.key} “{issue.state.summary[:60]}” had no estimate {begun}, and has none now.",
            how_to_fix=f"Agree on its size with a colleague and set the story points of {issue.key} now: {issue.url} "
            f"({worth:g} of the credit).",
            repair=Repair.PARTIAL,
            evidence=evidence,
            at=gate,
        )
    return Breach(
        message=f"{issue.key} had no estimate {begun}; its {issue.state.points:g} points came "
        f"{history.working_hours(gate, since):.1f} working hours later.",
        how_to_fix="Estimate the next issue before you move it to In Progress.",
        credit=_worth(since, sprint, history),
        repaired=True,
        evidence=evidence,
        at=gate,
    )


def _sprint_of(start: Start, history: History) -> SprintSpan | None:
    """The sprint in which the issue was begun, the one started first of several."""
    found = [history.span_of.get(number) for number in start.issue.at(start.at).sprints]
    running = [(sprint.started_at, sprint.id, sprint) for sprint in found if sprint and sprint.started_at]
    return min(running, key=lambda entry: entry[:2])[2] if running else None


def _worth(estimated: datetime, sprint: SprintSpan | None, history: History) -> float:
    days = history.days_of(sprint) if sprint else ()
    return _ON_THE_FIRST_DAY if days and estimated <= days[0] else _LATER


def _shown(start: Start) -> float | str:
    points = start.issue.state.points
    return "none" if points is None else points
