"""BR-09: the base is merged into a branch once at most."""

from __future__ import annotations

import re
import shlex

from pydantic import Field

from simulator.hygiene.gates import ended_at, first_review
from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import READY_PULLS
from simulator.model.history import History, PullRequest
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Verdict

_MERGE = re.compile(r"Merge (?:branch|remote-tracking branch)\b")


class BackMergeOptions(Options):
    """What may be set."""

    most: int = Field(default=1, ge=0, le=20, description="merges of the base into a branch; none under linear history")


@rule(
    code="BR-09",
    name="no-back-merge-noise",
    about=READY_PULLS,
    severity=Severity.LOW,
    target=0.8,
    quota=0,
    options=BackMergeOptions(),
)
def no_back_merge_noise(pull: PullRequest, history: History, options: BackMergeOptions) -> Verdict:
    """A topic branch is brought up to date by a rebase, or by a single merge.

    What it checks
    --------------
    Merge commits among a pull request's commits whose message is git's own `Merge branch`; more than one is too many, and one is
    where the default branch wants a linear history.

    Why it matters
    --------------
    Between five merges nobody finds the change, and `git log` tells more of the weather than of the work.

    Example
    -------
    Good: `git pull --rebase origin main`

    Bad: four times `Merge branch 'main' into feature/PAY-3`

    How to fix
    ----------
    Rebase before the review begins.

    References
    ----------
    - https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets
    - https://trunkbaseddevelopment.com/short-lived-feature-branches/
    """
    protection = history.surroundings.protection_at(pull.opened_at)
    most = 0 if protection and protection.linear_history else options.most
    merges = sum(commit.parents > 1 and _MERGE.match(commit.header) is not None for commit in pull.commits)
    evidence: Measures = {"merges of the base": merges, "limit": most}
    if merges <= most:
        return Pass(
            message=f"#{pull.number} has {merges} {'merge' if merges == 1 else 'merges'} of its base", evidence=evidence
        )
    can_rebase = first_review(pull) is None and ended_at(pull) is None
    main, head = history.default_branch, shlex.quote(pull.head)
    return Breach(
        message=f"#{pull.number} merges its base {merges} times, {most} is the limit.",
        how_to_fix=f"git switch {head} && git rebase {shlex.quote(f'origin/{main}')} && git push --force-with-lease"
        if can_rebase
        else f"Bring the next branch up to date with git pull --rebase origin {shlex.quote(main)}",
        repair=Repair.SAFE if can_rebase else Repair.NONE,
        repaired=not can_rebase,
        evidence=evidence,
    )
