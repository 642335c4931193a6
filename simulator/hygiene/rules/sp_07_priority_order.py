"""SP-07: what matters more is begun first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from pydantic import Field

from simulator.hygiene.blockers import may_wait
from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import STARTS, Start
from simulator.model.agile import StatusCategory
from simulator.model.history import History, Issue
from simulator.model.history.by_day import day_of
from simulator.model.history.tracker import IssueState
from simulator.model.hygiene import Breach, Measures, Pass, Severity, Skip, Verdict

_RANKS = {
    **dict.fromkeys(("highest", "blocker"), 0),
    **dict.fromkeys(("high", "critical"), 1),
    **dict.fromkeys(("medium", "major"), 2),
    **dict.fromkeys(("low", "minor"), 3),
    **dict.fromkeys(("lowest", "trivial"), 4),
}


class OrderOptions(Options):
    """What may be set."""

    most_share: float = Field(default=0.2, ge=0, le=1, description="share of what waits that may be of higher priority")
    grace_hours: float = Field(
        default=1, ge=0, le=8, description="working hours in which the more urgent one may follow"
    )


@rule(
    code="SP-07",
    name="priority-order",
    about=STARTS,
    severity=Severity.LOW,
    target=0.8,
    quota=0,
    options=OrderOptions(),
)
def priority_order(start: Start, history: History, options: OrderOptions) -> Verdict:
    """Nobody begins an issue while one of higher priority waits for them.

    What it checks
    --------------
    At each first move of an issue to in progress: of the issues that wait in the same sprint, to do, without a flag or an open
    blocker and assigned to whoever moved it, at most a fifth has a higher priority. One that is begun within the hour does not
    count.

    Why it matters
    --------------
    Priorities are how others tell you what they need first; the order in which you begin decides what is done when time runs out.

    Example
    -------
    Good: the Highest bug first, the Low clean-up after it

    Bad: the Low clean-up on day 1, the Highest bug on day 6

    How to fix
    ----------
    Sort your column by priority before you take the next issue. If the priority is wrong, change it first, and say why.

    References
    ----------
    - https://agilekip.github.io/site/catalogue-agile-smells
    """
    state = start.issue.at(start.at)
    rank = _RANKS.get(state.priority.lower())
    if rank is None:
        return Skip(reason=f"{start.issue.key} has no priority that could be compared")
    waiting = list(_waiting(start, state, history))
    higher = [issue for issue in waiting if _RANKS.get(issue.at(start.at).priority.lower(), rank) < rank]
    first = [issue for issue in higher if not _follows(issue, start.at, history, options)]
    share = len(first) / len(waiting) if waiting else 0.0
    evidence: Measures = {
        "priority": state.priority,
        "waiting": len(waiting),
        "of higher priority": len(first),
        "limit of the share": options.most_share,
    }
    if not waiting:
        return Pass(message=f"nothing else waited when {start.issue.key} was begun", evidence=evidence)
    if share <= options.most_share:
        return Pass(message=f"{len(first)} of {len(waiting)} that waited had a higher priority", evidence=evidence)
    top = min(first, key=lambda issue: (_RANKS[issue.at(start.at).priority.lower()], issue.created_at))
    now = top.state.category is StatusCategory.TO_DO and not top.deleted_at
    return Breach(
        message=f"{start.issue.key} ({state.priority}) was begun while {len(first)} of {len(waiting)} that waited had a higher "
        f"priority, {top.key} ({top.at(start.at).priority}) first; {options.most_share:.0%} is the limit.",
        how_to_fix=f"Begin {top.key} next: {top.url}"
        if now
        else "Look at the priorities before you take the next issue.",
        credit=1.0 - share,
        repaired=True,
        evidence=evidence,
        at=start.at,
    )


def _waiting(start: Start, state: IssueState, history: History) -> Iterator[Issue]:
    """What the same person could have begun instead."""
    at = start.at
    spans = history.waiting_on.get((start.seat, day_of(at)), ())
    for issue in [span.issue for span in spans if span.since <= at and (span.until is None or at < span.until)]:
        if issue.key == start.issue.key:
            continue
        other = issue.at(at)
        together = not state.sprints.isdisjoint(other.sprints) or not (state.sprints or other.sprints)
        apart = issue.type in {"Epic", "Sub-task"} or not together
        if not apart and not may_wait(other, at, history):
            yield issue


def _follows(issue: Issue, at: datetime, history: History, options: OrderOptions) -> bool:
    """Whether it was begun soon after."""
    begun = next((m.at for m in issue.moves() if m.at > at and m.after.category is StatusCategory.IN_PROGRESS), None)
    return begun is not None and history.working_hours(at, begun) <= options.grace_hours
