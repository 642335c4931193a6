"""BR-03: no unmerged branch is forgotten."""

from __future__ import annotations

import shlex

from pydantic import Field

from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import BRANCHES
from simulator.model.history import Branch, History
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Verdict, Wait


class StaleOptions(Options):
    """What may be set."""

    limit_days: float = Field(default=3, ge=0.5, le=30, description="working days without a push")


@rule(
    code="BR-03",
    name="no-stale-branch",
    about=BRANCHES,
    severity=Severity.LOW,
    target=0.9,
    quota=0,
    options=StaleOptions(),
)
def no_stale_branch(branch: Branch, history: History, options: StaleOptions) -> Verdict:
    """A branch that is not merged gets commits, or a pull request, or is deleted.

    What it checks
    --------------
    Working days since the last push to a branch that is neither merged nor deleted and has no open pull request.

    Why it matters
    --------------
    A forgotten branch hides work: nobody knows whether it is needed, and each week it fits less.

    Example
    -------
    Good: pushed yesterday; or shown in a draft pull request

    Bad: pushed on Monday of last week, and nothing since

    How to fix
    ----------
    Push what is next, open a draft pull request, or delete the branch.

    References
    ----------
    - https://trunkbaseddevelopment.com/short-lived-feature-branches/
    - https://docs.github.com/en/get-started/using-github/github-flow
    """
    pulls = [history.pulls[number] for number in branch.pulls]
    if branch.deleted_at or branch.replaced_by or any(pull.merged_at for pull in pulls):
        return Pass(message=f"{branch.name} is merged or gone")
    if any(pull.closed_at is None for pull in pulls):
        return Pass(message=f"{branch.name} is shown in a pull request")
    last = max([branch.created_at, *(push.at for push in branch.pushes)])
    end = min(history.now, history.sprint_end)
    days = history.working_days(last, end)
    evidence: Measures = {"working days without a push": round(days, 1), "limit": options.limit_days}
    if days <= options.limit_days:
        return Wait(reason=f"{branch.name} was pushed {days:.1f} working days ago")
    name = shlex.quote(branch.name)
    return Breach(
        message=f"Nothing was pushed to {branch.name} for {days:.1f} working days, and no pull request shows it.",
        how_to_fix=f"Show it in a draft pull request, or let it go: git push origin --delete {name}",
        repair=Repair.SAFE,
        evidence=evidence,
        at=last,
    )
