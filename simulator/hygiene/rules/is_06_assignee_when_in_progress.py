"""IS-06: whatever is in progress belongs to somebody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from pydantic import Field

from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import HELD, Held, Stretch
from simulator.model.history import History
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Verdict, Wait


class OwnerOptions(Options):
    """What may be set."""

    grace_minutes: float = Field(
        default=10, ge=0, le=240, description="working minutes without an assignee that are let go"
    )


@rule(
    code="IS-06",
    name="assignee-when-in-progress",
    about=HELD,
    severity=Severity.MEDIUM,
    target=1.0,
    quota=1,
    essential=True,
    options=OwnerOptions(),
)
def assignee_when_in_progress(held: Held, history: History, options: OwnerOptions) -> Verdict:
    """An issue that is in progress is assigned to somebody, all the time.

    What it checks
    --------------
    Of the working time in which an issue was in progress, the share with an assignee. Without one it is up to who took the
    assignee away or moved the issue last. Ten minutes at a stretch are let go.

    Why it matters
    --------------
    Work without an owner waits for nobody in particular: two people begin it, or everybody thinks that somebody else has.

    Example
    -------
    Good: assigned to Ada at 9:30, moved to In Progress at 9:31

    Bad: in progress since Monday, unassigned

    How to fix
    ----------
    Assign it now, to yourself if you work on it. The credit is the share of the time that has an owner, so it grows from then on.

    References
    ----------
    - https://repository.bilkent.edu.tr/items/a630e151-9df9-4f40-bea9-1b991065de3e
    """
    issue = held.issue
    grace = timedelta(minutes=options.grace_minutes) / timedelta(hours=1)
    runs = [(since, until, _hours(since, until, history)) for since, until in _unowned(held.stretches)]
    alone = [run for run in runs if run[2] > grace]
    whole = sum(_hours(stretch.since, stretch.until, history) for stretch in held.stretches)
    hours = sum(run[2] for run in alone)
    evidence: Measures = {
        "working hours in progress": round(whole, 1),
        "without an assignee": round(hours, 1),
        "grace, minutes": options.grace_minutes,
    }
    if not alone:
        if runs and runs[-1][1] is None:
            return Wait(
                reason=f"{issue.key} has been without an assignee for less than {options.grace_minutes:g} minutes"
            )
        return Pass(message=f"{issue.key} had an assignee while it was in progress", evidence=evidence)
    lasts = alone[-1][1] is None
    return Breach(
        message=f"{issue.key} {'has been' if lasts else 'was'} in progress without an assignee for {hours:.1f} of its "
        f"{whole:.1f} working hours; {options.grace_minutes:g} minutes are the limit.",
        how_to_fix=f"Assign {issue.key} now, to yourself if you work on it: {issue.url}"
        if lasts
        else "Assign the next issue before you move it to In Progress.",
        credit=max(0.0, 1 - hours / whole),
        repair=Repair.PARTIAL if lasts else Repair.NONE,
        repaired=not lasts,
        evidence=evidence,
        at=alone[0][0],
    )


def _unowned(stretches: Sequence[Stretch]) -> list[tuple[datetime, datetime | None]]:
    """The times without an assignee, those that touch put together."""
    runs: list[tuple[datetime, datetime | None]] = []
    for stretch in stretches:
        if not stretch.owned:
            if runs and runs[-1][1] == stretch.since:
                runs[-1] = (runs[-1][0], stretch.until)
            else:
                runs.append((stretch.since, stretch.until))
    return runs


def _hours(since: datetime, until: datetime | None, history: History) -> float:
    return history.working_hours(since, until or history.now)
