"""RV-01: reviewers answer within a working day."""

from __future__ import annotations

from pydantic import Field

from simulator.hygiene.curves import curve
from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import REQUESTS
from simulator.hygiene.what_can_come import requests_to
from simulator.model.history import History, ReviewRequest
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Skip, Verdict, Wait

_NEXT_TIME = "Begin the day with the reviews that wait for you, and say at least when you will read them."


class TurnaroundOptions(Options):
    """What may be set."""

    good_hours: float = Field(default=8, ge=0.5, le=40, description="working hours that still earn 0.9")
    mid_hours: float = Field(default=16, ge=1, le=80, description="working hours that earn 0.5; more than good_hours")


@rule(
    code="RV-01",
    name="review-turnaround",
    about=REQUESTS,
    severity=Severity.HIGH,
    target=0.9,
    quota=2,
    essential=True,
    options=TurnaroundOptions(),
    expects=requests_to,
)
def review_turnaround(request: ReviewRequest, history: History, options: TurnaroundOptions) -> Verdict:
    """Who is asked for a review answers within one working day.

    What it checks
    --------------
    Working hours from the request to the reviewer's first review, remark or comment on that pull request. 8 hours earn 0.9, 16
    half, 24 0.23. A request that has waited 8 hours without an answer earns nothing until it is answered.

    Why it matters
    --------------
    While a change waits for its review its author starts something else, the branch ages, and the whole team slows down.

    Example
    -------
    Good: asked at 10:00, first remarks at 13:30

    Bad: asked on Monday, answered on Thursday

    How to fix
    ----------
    Look at the pull request now, and say at least when you will read it. Begin each day with the reviews that wait for you.

    References
    ----------
    - https://google.github.io/eng-practices/review/reviewer/speed.html
    - https://linearb.helpdocs.io/article/d2v8kqzxzd-metrics-community-benchmarks
    - https://devlake.apache.org/docs/Metrics/PRPickupTime
    """
    pull = history.pulls[request.pull]
    end = request.answered_at or request.void_at or history.now
    hours = history.working_hours(request.at, end)
    evidence: Measures = {"working hours": round(hours, 1), "limit": options.good_hours}
    if request.answered_at:
        credit = curve(hours, good=options.good_hours, mid=options.mid_hours)
        if hours <= options.good_hours:
            return Pass(
                message=f"#{pull.number} was answered after {hours:.1f} working hours", credit=credit, evidence=evidence
            )
        return Breach(
            message=f"#{pull.number} waited {hours:.1f} working hours for your review, {options.good_hours:g} is the limit.",
            how_to_fix=_NEXT_TIME,
            credit=credit,
            repaired=True,
            evidence=evidence,
        )
    if hours < options.good_hours:
        reason = _why_not_due(request, hours, options)
        return Skip(reason=reason) if request.void_at else Wait(reason=reason)
    return Breach(
        message=f"#{pull.number} “{pull.title[:60]}” has waited {hours:.1f} working hours for your review, "
        f"{options.good_hours:g} is the limit.",
        how_to_fix=_NEXT_TIME if request.void_at else f"Read it and answer now: {pull.url}/files",
        repair=Repair.NONE if request.void_at else Repair.PARTIAL,
        evidence=evidence,
    )


def _why_not_due(request: ReviewRequest, hours: float, options: TurnaroundOptions) -> str:
    if request.void_at:
        return f"#{request.pull} was closed before an answer was due"
    return f"#{request.pull} waits for your review since {hours:.1f} working hours; {options.good_hours - hours:.1f} are left"
