"""IS-12: issues pass through the workflow."""

from __future__ import annotations

from datetime import datetime, timedelta

from pydantic import Field

from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import CLOSINGS_OF_CODE, Closing
from simulator.model.agile import StatusCategory
from simulator.model.history import History, Issue
from simulator.model.hygiene import Breach, Measures, Pass, Severity, Skip, Verdict


class WayOptions(Options):
    """What may be set."""

    least_minutes: float = Field(default=1, ge=0, le=60, description="shortest time in progress that is one")


@rule(
    code="IS-12",
    name="no-status-skip",
    about=CLOSINGS_OF_CODE,
    severity=Severity.LOW,
    target=0.9,
    quota=0,
    options=WayOptions(),
)
def no_status_skip(closing: Closing, history: History, options: WayOptions) -> Verdict:
    """An issue with code is in progress before it is done.

    What it checks
    --------------
    Before an issue with code was moved to done, it was at least a minute in a status in progress.

    Why it matters
    --------------
    From to do straight to done says that the work took no time: the team's cycle times are wrong, and nobody saw it happen.

    Example
    -------
    Good: To Do, In Progress on Monday, In Review on Tuesday, Done

    Bad: To Do until Thursday, then Done

    How to fix
    ----------
    The way that an issue took cannot be written again. Move the next one to In Progress when you begin it.

    References
    ----------
    - https://kanbanguides.org/english/
    """
    issue = closing.issue
    if issue.key not in history.work_starts:
        return Skip(reason=f"{issue.key} has no code")
    minutes = _in_progress(issue, closing.at) / timedelta(minutes=1)
    evidence: Measures = {"minutes in progress": round(minutes, 1), "least": options.least_minutes}
    if minutes >= options.least_minutes:
        return Pass(message=f"{issue.key} was in progress before it was done", evidence=evidence)
    way = f"after {minutes * 60:.0f} seconds in progress" if minutes else "without having been in progress"
    return Breach(
        message=f"{issue.key} was moved to done {way}; {options.least_minutes:g} minute is the least.",
        how_to_fix="Move the next issue to In Progress when you begin it, and on when it goes to review.",
        repaired=True,
        evidence=evidence,
        at=closing.at,
    )


def _in_progress(issue: Issue, before: datetime) -> timedelta:
    spans = issue.spans(lambda state: state.category is StatusCategory.IN_PROGRESS)
    return sum((min(until or before, before) - since for since, until in spans if since < before), timedelta(0))
