"""BR-08: few branches at once."""

from __future__ import annotations

import shlex

from pydantic import Field

from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import BRANCH_DAYS, BranchDay
from simulator.model.history import History
from simulator.model.hygiene import Breach, Measures, Pass, Severity, Verdict


class BranchesOptions(Options):
    """What may be set."""

    most: int = Field(default=2, ge=1, le=20, description="unmerged branches with commits of one's own")


@rule(
    code="BR-08",
    name="few-active-branches",
    about=BRANCH_DAYS,
    severity=Severity.LOW,
    target=0.8,
    quota=0,
    options=BranchesOptions(),
)
def few_active_branches(day: BranchDay, _history: History, options: BranchesOptions) -> Verdict:
    """A person has at most two unmerged branches at the end of a day.

    What it checks
    --------------
    At the end of each working day, the branches with commits of one's own that are neither merged nor deleted.

    Why it matters
    --------------
    Each open branch is work begun and not finished, and they drift apart from one another as from the default branch.

    Example
    -------
    Good: one branch in review, one in work

    Bad: five branches since Monday

    How to fix
    ----------
    Merge or delete one before you begin the next.

    References
    ----------
    - https://dora.dev/capabilities/trunk-based-development/
    """
    count = len(day.branches)
    evidence: Measures = {"branches": count, "limit": options.most}
    if count <= options.most:
        return Pass(message=f"{count} unmerged on {day.ends:%A, %d %B}", evidence=evidence)
    return Breach(
        message=f"{count} unmerged branches on {day.ends:%A, %d %B} ({', '.join(day.branches[:4])}), "
        f"{options.most} is the limit.",
        how_to_fix=f"Merge or delete one of {', '.join(map(shlex.quote, day.branches[:4]))} before you begin the next.",
        repaired=True,
        evidence=evidence,
        at=day.ends,
    )
