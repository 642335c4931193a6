"""RV-10: who blocks comes back."""

from __future__ import annotations

from pydantic import Field

from simulator.hygiene.curves import curve
from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import REQUESTS_AFTER_BLOCK
from simulator.model.history import History, ReviewRequest
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Skip, Verdict, Wait

_NEXT_TIME = "What you have blocked comes first: begin the day with it."


class FollowUpOptions(Options):
    """What may be set."""

    good_hours: float = Field(default=8, ge=0.5, le=40, description="working hours that still earn 0.9")
    mid_hours: float = Field(default=16, ge=1, le=80, description="working hours that earn 0.5; more than good_hours")


@rule(
    code="RV-10",
    name="follow-up-own-block",
    about=REQUESTS_AFTER_BLOCK,
    severity=Severity.MEDIUM,
    target=0.9,
    quota=0,
    options=FollowUpOptions(),
)
def follow_up_own_block(request: ReviewRequest, history: History, options: FollowUpOptions) -> Verdict:
    """Who requested changes looks again within a working day of being asked.

    What it checks
    --------------
    Working hours from the request for another look to your next review of that pull request. 8 hours earn 0.9, 16 half. A comment
    is no review: the block stays until you approve, or block again.

    Why it matters
    --------------
    A block stops the change whatever others say, so nobody but you can let it go on.

    Example
    -------
    Good: changes requested on Monday, mended and asked again on Tuesday at 10:00, approved at 13:00

    Bad: asked again on Tuesday, approved on Friday

    How to fix
    ----------
    Look at what changed, and approve or say what is still missing. Late answers earn what the curve gives.

    References
    ----------
    - https://google.github.io/eng-practices/review/reviewer/speed.html
    - https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets
    """
    pull = history.pulls[request.pull]
    back = min((r.at for r in pull.reviews if r.author == request.reviewer and r.at > request.at), default=None)
    end = min(filter(None, [back, request.void_at]), default=None)
    hours = history.working_hours(request.at, end or history.now)
    evidence: Measures = {"working hours": round(hours, 1), "limit": options.good_hours}
    if back is not None and back == end:
        credit = curve(hours, good=options.good_hours, mid=options.mid_hours)
        if hours <= options.good_hours:
            return Pass(
                message=f"You looked at #{pull.number} again after {hours:.1f} working hours",
                credit=credit,
                evidence=evidence,
            )
        return Breach(
            message=f"#{pull.number}, which you had blocked, waited {hours:.1f} working hours for you to look again, "
            f"{options.good_hours:g} is the limit.",
            how_to_fix=_NEXT_TIME,
            credit=credit,
            repaired=True,
            evidence=evidence,
            at=request.at,
        )
    if hours < options.good_hours:
        if end:
            return Skip(reason=f"#{pull.number} needed you no longer before an answer was due")
        return Wait(
            reason=f"#{pull.number} waits for you again; {options.good_hours - hours:.1f} working hours are left"
        )
    return Breach(
        message=f"#{pull.number} “{pull.title[:60]}”, which you blocked, {'waited' if end else 'has waited'} {hours:.1f} "
        f"working hours for you to look again, {options.good_hours:g} is the limit.",
        how_to_fix=_NEXT_TIME
        if end
        else f"Look at what changed, then approve or say what is missing: {pull.url}/files",
        repair=Repair.NONE if end else Repair.PARTIAL,
        evidence=evidence,
        at=request.at,
    )
