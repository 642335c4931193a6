"""IS-16: an issue keeps its owner."""

from __future__ import annotations

from pydantic import Field

from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import HELD, Held
from simulator.model.agile import StatusCategory
from simulator.model.history import History
from simulator.model.hygiene import Breach, Measures, Pass, Severity, Skip, Verdict


class TossOptions(Options):
    """What may be set."""

    changes: int = Field(default=2, ge=0, le=20, description="changes of the assignee after the start that are fine")


@rule(
    code="IS-16",
    name="no-assignee-ping-pong",
    about=HELD,
    severity=Severity.INFO,
    target=0.9,
    quota=0,
    options=TossOptions(),
)
def no_assignee_ping_pong(held: Held, _: History, options: TossOptions) -> Verdict:
    """An issue that is begun is not handed to and fro. Told, not scored.

    What it checks
    --------------
    After an issue was moved to a status in progress, its assignee changes at most twice.

    Why it matters
    --------------
    Each hand-over costs the reading of what the last owner knew; bugs that are tossed take far longer to be resolved.

    Example
    -------
    Good: Ada begins it, Tom takes it over when she is away

    Bad: Ada, Tom, Rita, Ada, Tom

    How to fix
    ----------
    What was changed stays in the history. Talk to the other person before the next hand-over: work on it together for an hour.

    References
    ----------
    - https://repository.bilkent.edu.tr/items/a630e151-9df9-4f40-bea9-1b991065de3e
    """
    issue = held.issue
    begun = next((at for at, state in issue.states() if state.category is StatusCategory.IN_PROGRESS), None)
    if begun is None:
        return Skip(reason=f"{issue.key} has not been begun")
    tosses = [
        c.at
        for c in issue.changes
        if c.field == "assignee" and c.at > begun and c.before.strip() and c.before != c.after
    ]
    evidence: Measures = {"changes of the assignee": len(tosses), "limit": options.changes}
    if len(tosses) <= options.changes:
        return Pass(
            message=f"{issue.key} changed its assignee {len(tosses)} times after it was begun", evidence=evidence
        )
    return Breach(
        message=f"{issue.key} changed its assignee {len(tosses)} times after it was begun, {options.changes} is the limit.",
        how_to_fix="Talk to the other person before the next hand-over, and work on it together for an hour.",
        repaired=True,
        evidence=evidence,
        at=tosses[options.changes],
    )
