"""PR-20: base branch and way of merging follow the team's policy."""

from __future__ import annotations

from pydantic import Field

from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import MERGED_PULLS
from simulator.model.history import History, PullRequest
from simulator.model.hygiene import Breach, Measures, NotAvailable, Pass, Severity, Skip, Verdict

_LASTING = ("release/", "hotfix/", "support/")


class PolicyOptions(Options):
    """What may be set."""

    method: str = Field(
        default="squash",
        pattern="^(?:squash|merge|rebase|any)$",
        description="how topic branches are merged: squash, merge or rebase; any looks at the base only",
    )
    base: str = Field(default="", max_length=200, description="where topic branches go; empty for the default branch")


@rule(
    code="PR-20",
    name="correct-base-and-merge-method",
    about=MERGED_PULLS,
    severity=Severity.LOW,
    target=1.0,
    quota=0,
    options=PolicyOptions(),
)
def correct_base_and_merge_method(pull: PullRequest, history: History, options: PolicyOptions) -> Verdict:
    """A topic branch goes to the default branch, as one commit.

    What it checks
    --------------
    The branch that a merged pull request went to (one that went to another pull request's branch is left out), and what the
    merge made: one new commit (squash), a merge commit, or its commits one by one (rebase). One commit that was rebased counts
    as squashed. Branches of releases are left out.

    Why it matters
    --------------
    Who reads the history, reverts from it or makes a changelog of it relies on its shape.

    Example
    -------
    Good: five commits squashed into one on `main`

    Bad: a merge commit with "fix", "fix again" and "really fix" behind it

    How to fix
    ----------
    Choose the base when you open, and `gh pr merge --squash` when you merge. What is merged stays as it is.

    References
    ----------
    - https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets
    """
    base = options.base or history.default_branch
    if pull.head.startswith(_LASTING):
        return Skip(reason=f"{pull.head} is a branch of a release")
    if pull.base != base:
        if pull.base in history.branches:
            return Skip(reason=f"#{pull.number} went to the branch of another piece of work, {pull.base}")
        return _breach(
            pull, f"#{pull.number} was merged into {pull.base}, topic branches go to {base}.", {"base": pull.base}
        )
    method = _method(pull, history)
    if method is None:
        return NotAvailable(
            reason=f"how #{pull.number} was merged is not known",
            how_to_fix="Give the token read access to the repository's contents.",
        )
    evidence: Measures = {"base": pull.base, "merged by": method, "policy": options.method}
    if options.method in ("any", method) or (
        len(pull.commits) == 1 and {options.method, method} == {"squash", "rebase"}
    ):
        return Pass(message=f"#{pull.number} went to {base} by {method}", evidence=evidence)
    return _breach(pull, f"#{pull.number} was merged by {method}, the policy is {options.method}.", evidence)


def _breach(pull: PullRequest, message: str, evidence: Measures) -> Breach:
    return Breach(
        message=message,
        how_to_fix="What is merged stays. Choose the base as you open the next one, and the method as you merge it.",
        repaired=True,
        evidence=evidence,
        at=pull.merged_at,
    )


def _method(pull: PullRequest, history: History) -> str | None:
    landings = history.landings_of.get(pull.number, ())
    if not landings:
        return None
    if any(landing.parents > 1 for landing in landings):
        return "merge"
    return "squash" if history.squashed(pull) is not None else "rebase"
