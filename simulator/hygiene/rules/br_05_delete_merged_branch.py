"""BR-05: a merged branch is deleted."""

from __future__ import annotations

import shlex

from pydantic import Field

from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import MERGED_PULLS
from simulator.model.history import History, PullRequest
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Skip, Verdict, Wait

_LASTING = ("release/", "hotfix/", "support/")


class DeleteOptions(Options):
    """What may be set."""

    within_days: float = Field(default=1, ge=0.1, le=10, description="working days after the merge")


@rule(
    code="BR-05",
    name="delete-merged-branch",
    about=MERGED_PULLS,
    severity=Severity.LOW,
    target=0.9,
    quota=1,
    essential=True,
    options=DeleteOptions(),
)
def delete_merged_branch(pull: PullRequest, history: History, options: DeleteOptions) -> Verdict:
    """The branch of a merged pull request is deleted within a working day.

    What it checks
    --------------
    Whether the branch was deleted after the merge and not made again. Branches of releases and branches in forks are left out.

    Why it matters
    --------------
    A deleted branch says that the work is finished, and nobody pushes to it by mistake.

    Example
    -------
    Good: merged, then `Delete branch`

    Bad: forty merged branches in the list

    How to fix
    ----------
    Delete it; that earns all of it at any time in the sprint.

    References
    ----------
    - https://docs.github.com/en/get-started/using-github/github-flow
    """
    branch = history.branches.get(pull.head)
    if branch is None or pull.head.startswith(_LASTING) or pull.merged_at is None:
        return Skip(reason=f"the branch of #{pull.number} is not one to delete here")
    if branch.deleted_at:
        return Pass(message=f"{branch.name} was deleted")
    if any(
        history.pulls[number].merged_at is None and history.pulls[number].closed_at is None for number in branch.pulls
    ):
        return Skip(reason=f"{branch.name} has another open pull request")
    days = history.working_days(pull.merged_at, history.now)
    evidence: Measures = {"working days since the merge": round(days, 1), "limit": options.within_days}
    if days <= options.within_days:
        return Wait(reason=f"#{pull.number} was merged {days:.1f} working days ago; the branch can go")
    # -D, as after a squash git does not see that it is merged
    name, main = shlex.quote(branch.name), shlex.quote(history.default_branch)
    return Breach(
        message=f"{branch.name} is still there, {days:.1f} working days after the merge of #{pull.number}.",
        how_to_fix=f"git push origin --delete {name} && git switch {main} && git pull && git branch -D {name}",
        repair=Repair.SAFE,
        evidence=evidence,
        at=pull.merged_at,
    )
