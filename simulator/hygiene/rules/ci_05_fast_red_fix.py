"""CI-05: a red default branch is mended fast."""

from __future__ import annotations

from pydantic import Field

from simulator.hygiene.advice import begin
from simulator.hygiene.curves import curve
from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import RED_SPANS, RedSpan
from simulator.model.history import History
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Verdict


class RedOptions(Options):
    """What may be set."""

    good_hours: float = Field(default=1, ge=0.1, le=16, description="working hours that still earn 0.9")
    mid_hours: float = Field(default=4, ge=0.2, le=80, description="working hours that earn 0.5; more than good_hours")


@rule(
    code="CI-05",
    name="fast-red-fix",
    about=RED_SPANS,
    severity=Severity.MEDIUM,
    target=0.9,
    quota=0,
    options=RedOptions(),
)
def fast_red_fix(span: RedSpan, history: History, options: RedOptions) -> Verdict:
    """A default branch that is red is green again within an hour.

    What it checks
    --------------
    Working hours from a check's first failure on the default branch to its next success there, for whose merge brought it.

    Why it matters
    --------------
    As long as the trunk is red everybody waits, or gets used to it, which is worse.

    Example
    -------
    Good: red at 14:02, reverted and green at 14:20

    Bad: red over the weekend

    How to fix
    ----------
    Revert first, look for the reason afterwards.

    References
    ----------
    - https://dora.dev/capabilities/trunk-based-development/
    """
    hours = history.working_hours(span.since, span.until or history.now)
    credit = curve(hours, good=options.good_hours, mid=options.mid_hours)
    evidence: Measures = {"working hours red": round(hours, 1), "limit": options.good_hours}
    if span.until and hours <= options.good_hours:
        return Pass(
            message=f"{span.name} was red for {hours * 60:.0f} working minutes", credit=credit, evidence=evidence
        )
    state = "was red" if span.until else "has been red"
    return Breach(
        message=f"{span.name} {state} on {history.default_branch} for {hours:.1f} working hours, "
        f"{options.good_hours:g} is the aim.",
        how_to_fix="Revert first, and look for the reason on a branch."
        if span.until
        else "Revert what broke it, or mend it now on a branch and open a pull request:\n"
        f"{begin(f'fix/green-{history.default_branch}', history.default_branch)}",
        credit=credit,
        repair=Repair.NONE if span.until else Repair.PARTIAL,
        repaired=span.until is not None,
        evidence=evidence,
        at=span.since,
    )
