"""IS-07: the board tells the truth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pydantic import Field

from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import CODED_ISSUES, CodedIssue
from simulator.model.agile import StatusCategory
from simulator.model.history import History, Issue
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Verdict, Wait

_LATE = 0.5


class BoardOptions(Options):
    """What may be set."""

    limit_hours: float = Field(default=4, ge=0.5, le=40, description="working hours that board and code may be apart")
    review_status: str = Field(default="In Review", max_length=60, description="status of work that waits for review")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """One thing that the board should show: in words, how far off it was, and what that earns. None: not due yet."""

    what: str
    credit: float | None
    hours: float
    status: str
    at: datetime


@rule(
    code="IS-07",
    name="status-matches-work",
    about=CODED_ISSUES,
    severity=Severity.MEDIUM,
    target=0.8,
    quota=1,
    essential=True,
    options=BoardOptions(),
)
def status_matches_work(coded: CodedIssue, history: History, options: BoardOptions) -> Verdict:
    """An issue's status on the board follows the work on it within four working hours.

    What it checks
    --------------
    The first move to a status in progress lies at most four working hours before or after the first branch, commit or pull
    request of the issue; and once a pull request of it is ready, the issue is in review, or done, within four more.

    Why it matters
    --------------
    The others plan by the board: a card that lies makes them start the same work, or wait for work that is long done.

    Example
    -------
    Good: moved to In Progress at 9:05, first commit at 9:40, pull request and In Review at 15:00

    Bad: three commits since Monday, still To Do on Thursday

    How to fix
    ----------
    Move the issue now: late is worth half, never is worth nothing.

    References
    ----------
    - https://scrumguides.org/scrum-guide.html
    - https://kanbanguides.org/english/
    """
    issue = coded.issue
    steps = [_started(coded, history, options), *_reviewed(coded, history, options)]
    judged = [step for step in steps if step.credit is not None]
    if not judged:
        return Wait(reason=f"work on {issue.key} began less than {options.limit_hours:g} working hours ago")
    worst = min(judged, key=lambda step: (step.credit or 0.0, -step.hours))
    evidence: Measures = {
        "working hours apart": round(worst.hours, 1),
        "limit": options.limit_hours,
        "status": issue.state.status,
    }
    if worst.credit == 1.0:
        return Pass(message=f"{issue.key}: {worst.what}", evidence=evidence)
    done = bool(worst.credit)
    return Breach(
        message=f"{issue.key}: {worst.what}; {options.limit_hours:g} working hours is the limit.",
        how_to_fix="Move the next issue when you start it, not when you remember it."
        if done
        else f"Move {issue.key} to {worst.status} now: {issue.url}",
        credit=worst.credit or 0.0,
        repair=Repair.NONE if done else Repair.PARTIAL,
        repaired=done,
        evidence=evidence,
        at=worst.at,
    )


def _started(coded: CodedIssue, history: History, options: BoardOptions) -> _Step:
    issue, start = coded.issue, coded.start
    moved = next((at for at, state in issue.states() if state.category is not StatusCategory.TO_DO), None)
    end = moved or history.now
    hours = history.working_hours(min(start.at, end), max(start.at, end))
    if moved is None:
        words = f"no move to In Progress {hours:.1f} working hours after its first code ({start.label})"
        credit = None if hours <= options.limit_hours else 0.0
    else:
        side = "after" if moved >= start.at else "before"
        words = f"moved to In Progress {hours:.1f} working hours {side} its first code ({start.label})"
        in_time = hours <= options.limit_hours or moved <= history.sprint_start
        credit = 1.0 if in_time else _LATE
    return _Step(what=words, credit=credit, hours=hours, status="In Progress", at=start.at)


def _reviewed(coded: CodedIssue, history: History, options: BoardOptions) -> list[_Step]:
    ready = [(pull.ready_at, pull) for pull in coded.pulls if pull.ready_at]
    if not ready:
        return []
    since, pull = min(ready, key=lambda found: (found[0], found[1].number))
    shown = _shown_as_reviewed(coded.issue, since, options)
    end, status = shown or (history.now, options.review_status)
    hours = history.working_hours(since, end)
    in_time = hours <= options.limit_hours
    if shown is None:
        words = f"not in {options.review_status} {hours:.1f} working hours after #{pull.number} was ready"
        if in_time:
            return []
        return [_Step(what=words, credit=0.0, hours=hours, status=options.review_status, at=since)]
    words = f"shown as {status} {hours:.1f} working hours after #{pull.number} was ready"
    return [_Step(what=words, credit=1.0 if in_time else _LATE, hours=hours, status=options.review_status, at=since)]


def _shown_as_reviewed(issue: Issue, since: datetime, options: BoardOptions) -> tuple[datetime, str] | None:
    """When the board first showed, at `since` or later, that the issue is in review or done, and by which status."""
    wanted = options.review_status.lower()
    states = [(max(at, since), state) for at, state in issue.states() if at > since]
    for at, state in [(since, issue.at(since)), *states]:
        if state.status.lower() == wanted or state.category is StatusCategory.DONE:
            return at, state.status
    return None
