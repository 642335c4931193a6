"""IS-11: done stays done."""

from __future__ import annotations

from datetime import timedelta

from pydantic import Field

from simulator.hygiene.done import loose_ends
from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import CLOSINGS, Closing
from simulator.model.history import History
from simulator.model.hygiene import Breach, Measures, Pass, Severity, Verdict


class ReopenOptions(Options):
    """What may be set."""

    slip_minutes: float = Field(default=10, ge=0, le=120, description="moved back within so many minutes was a slip")


@rule(
    code="IS-11",
    name="no-reopen",
    about=CLOSINGS,
    severity=Severity.MEDIUM,
    target=0.9,
    quota=0,
    options=ReopenOptions(),
)
def no_reopen(closing: Closing, history: History, options: ReopenOptions) -> Verdict:
    """An issue that is done is not opened again.

    What it checks
    --------------
    After somebody moved an issue to done, nobody moved it out of the category done again. A slip that is taken back within ten
    minutes does not count; nor does moving back what was not merged or complete yet, as done-means-merged advises.

    Why it matters
    --------------
    What comes back from done was not done: others have planned on it, and it is found and understood a second time.

    Example
    -------
    Good: tried out on the staging system, then moved to Done

    Bad: Done on Tuesday, “still fails for partial refunds” and In Progress on Thursday

    How to fix
    ----------
    What is reopened stays so. Before the next move to done, go through the acceptance criteria with somebody who did not write
    it; what turns up long after is a new issue, linked to the old one.

    References
    ----------
    - https://repository.bilkent.edu.tr/items/a630e151-9df9-4f40-bea9-1b991065de3e
    - https://repository.bilkent.edu.tr/items/eb456249-b19d-4c99-9dfb-6ba115f1ecb3
    """
    issue, left_at = closing.issue, closing.left_at
    evidence: Measures = {"times reopened": 0 if left_at is None else 1, "limit": 0}
    if left_at is None:
        return Pass(message=f"{issue.key} has stayed done", evidence=evidence)
    if left_at - closing.done_at <= timedelta(minutes=options.slip_minutes):
        return Pass(message=f"{issue.key} was moved back at once: a slip", evidence=evidence)
    open_ends = loose_ends(issue, left_at, history)
    if open_ends:
        return Pass(message=f"{issue.key} was moved back because {open_ends[0].what}", evidence=evidence)
    return Breach(
        message=f"{issue.key} was done, and moved back to {issue.at(left_at).status} "
        f"{history.working_hours(closing.done_at, left_at):.1f} working hours later.",
        how_to_fix="Go through the criteria of the next issue with somebody else before you move it to done.",
        repaired=True,
        evidence=evidence,
        at=left_at,
    )
