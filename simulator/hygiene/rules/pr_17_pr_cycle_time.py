"""PR-17: from ready to merged is short."""

from __future__ import annotations

from pydantic import Field

from simulator.hygiene.curves import curve
from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import MERGED_PULLS
from simulator.model.history import History, PullRequest
from simulator.model.hygiene import Breach, Measures, Pass, Severity, Verdict, Wait


class CycleOptions(Options):
    """What may be set."""

    good_hours: float = Field(default=24, ge=1, le=200, description="working hours that still earn 0.9")
    mid_hours: float = Field(default=48, ge=2, le=400, description="working hours that earn 0.5; more than good_hours")


@rule(
    code="PR-17",
    name="pr-cycle-time",
    about=MERGED_PULLS,
    severity=Severity.LOW,
    target=0.8,
    quota=0,
    options=CycleOptions(),
)
def pr_cycle_time(pull: PullRequest, history: History, options: CycleOptions) -> Verdict:
    """A pull request is merged within three working days of being ready.

    What it checks
    --------------
    Working hours from when it was ready for review (a draft is not) to its merge. 24 hours earn 0.9, 48 half.

    Why it matters
    --------------
    Until it is merged nobody else builds on it, and each day others merge makes its own merge harder.

    Example
    -------
    Good: ready on Monday at 10:00, merged on Tuesday at 15:00

    Bad: ready on Monday, merged on Friday of the week after

    How to fix
    ----------
    Make the next one smaller, ask for its review at once, and answer remarks on the same day.

    References
    ----------
    - https://devlake.apache.org/docs/Metrics/PRPickupTime
    - https://linearb.helpdocs.io/article/d2v8kqzxzd-metrics-community-benchmarks
    - https://github.com/middlewarehq/middleware
    """
    if pull.merged_at is None:
        return Wait(reason=f"#{pull.number} is not merged; judged then")
    hours = history.working_hours(pull.ready_at or pull.opened_at, pull.merged_at)
    credit = curve(hours, good=options.good_hours, mid=options.mid_hours)
    evidence: Measures = {"working hours": round(hours, 1), "limit": options.good_hours}
    if hours <= options.good_hours:
        return Pass(
            message=f"#{pull.number} was merged {hours:.1f} working hours after it was ready",
            credit=credit,
            evidence=evidence,
        )
    return Breach(
        message=f"#{pull.number} took {hours:.1f} working hours from ready to merged, {options.good_hours:g} is the aim.",
        how_to_fix="Make the next one smaller, ask for its review at once, and answer remarks on the same day.",
        credit=credit,
        repaired=True,
        evidence=evidence,
        at=pull.merged_at,
    )
