"""FL-07: a person works on few issues at once."""

from __future__ import annotations

from pydantic import Field

from simulator.hygiene.landed import is_of_code
from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import DAYS_AT_WORK, DayAtWork
from simulator.model.history import History
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Verdict, Wait


class WipOptions(Options):
    """What may be set."""

    limit: int = Field(default=2, ge=1, le=10, description="issues in progress at once, flagged ones left out")


@rule(
    code="FL-07",
    name="personal-wip-limit",
    about=DAYS_AT_WORK,
    severity=Severity.MEDIUM,
    target=0.9,
    quota=1,
    essential=True,
    options=WipOptions(),
)
def personal_wip_limit(day: DayAtWork, history: History, options: WipOptions) -> Verdict:
    """A person has at most two issues in progress at once.

    What it checks
    --------------
    Of each working day on which somebody had an issue in progress: the share of the working time with at most two of them,
    flagged ones left out. In review counts as in progress. A day within the limit counts when they wrote code for one of the
    issues, at any time: a card that only stands in the column shows no work.

    Why it matters
    --------------
    Three things begun are three things not finished: each waits for the other two, and all of them get late.

    Example
    -------
    Good: PAY-3 in review, PAY-4 in progress

    Bad: four issues in progress since Monday

    How to fix
    ----------
    Finish one: merge it, or give it back to the board. What you stop today no longer counts from now on.

    References
    ----------
    - https://kanbanguides.org/english/
    """
    within = sum(hours for hours, keys in day.stretches if len(keys) <= options.limit)
    busy = sum(hours for hours, _ in day.stretches)
    credit = within / busy if busy else 1.0
    most = max((keys for _, keys in day.stretches), key=len)
    evidence: Measures = {
        "most at once": len(most),
        "limit": options.limit,
        "working hours over it": round(busy - within, 1),
    }
    when = f"on {day.ends:%A, %d %B}"
    if busy - within < 1 / 60 and not _has_worked(day, history):
        return Wait(reason=f"nothing was seen of {most[0]} yet: a card alone is no work in progress")
    if busy - within < 1 / 60:
        return Pass(message=f"{len(most)} in progress at most {when}", evidence=evidence)
    is_now = history.now < day.ends and len(day.stretches[-1][1]) > options.limit
    return Breach(
        message=f"{len(most)} issues were in progress at once {when} ({', '.join(most[:5])}), {options.limit} is the limit.",
        how_to_fix=f"Finish one of {', '.join(most[:5])}, or move it back to To Do."
        if is_now
        else "Before you take the next issue, finish one.",
        credit=credit,
        repair=Repair.PARTIAL if is_now else Repair.NONE,
        repaired=not is_now,
        evidence=evidence,
        at=day.ends,
    )


def _has_worked(day: DayAtWork, history: History) -> bool:
    """Whether any of the day's issues is one that they write code for, or one that needs none."""
    issues = [history.issues[key] for _, keys in day.stretches for key in keys]
    starts = (history.work_starts.get(issue.key) for issue in issues)
    return any(start is not None and day.seat in start.seats for start in starts) or not all(
        is_of_code(issue, history) for issue in issues
    )
