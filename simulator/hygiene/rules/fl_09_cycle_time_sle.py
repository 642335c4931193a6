"""FL-09: issues finish within the time that the team expects."""

from __future__ import annotations

from pydantic import Field

from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import FINISHED, Finished
from simulator.model.history import History
from simulator.model.hygiene import Breach, Measures, Pass, Severity, Skip, Verdict


class ExpectationOptions(Options):
    """What may be set."""

    limit_days: float = Field(default=3, ge=0.5, le=30, description="working days from in progress to done")
    most_points: float = Field(default=5, ge=1, le=100, description="story points up to which it is expected")


@rule(
    code="FL-09",
    name="cycle-time-sle",
    about=FINISHED,
    severity=Severity.LOW,
    target=0.85,
    quota=0,
    options=ExpectationOptions(),
)
def cycle_time_sle(finished: Finished, history: History, options: ExpectationOptions) -> Verdict:
    """An issue of up to five points is done within three working days of being begun.

    What it checks
    --------------
    Working days from the first move to a status in progress to the last move to done. 85 of 100 such issues are expected to
    make it (a service level expectation); what was reopened counts to its last end.

    Why it matters
    --------------
    Who can say "most things of this size take three days" need not promise dates, and hears early what will be late.

    Example
    -------
    Good: three points, begun on Monday, done on Wednesday

    Bad: three points, begun in the first week, done in the second

    How to fix
    ----------
    Cut the next one smaller, ask for help on the second day, finish before you begin.

    References
    ----------
    - https://kanbanguides.org/english/
    """
    issue = finished.issue
    points = issue.state.points
    if points is not None and points > options.most_points:
        return Skip(reason=f"{issue.key} has {points:g} points; nothing is expected above {options.most_points:g}")
    days = history.working_days(finished.begun, finished.done)
    evidence: Measures = {"working days": round(days, 1), "limit": options.limit_days, "points": points}
    if days <= options.limit_days:
        return Pass(message=f"{issue.key} took {days:.1f} working days", evidence=evidence)
    return Breach(
        message=f"{issue.key} took {days:.1f} working days from begun to done, {options.limit_days:g} is expected.",
        how_to_fix="Cut the next one smaller, ask for help on the second day, finish before you begin.",
        repaired=True,
        evidence=evidence,
        at=finished.done,
    )
