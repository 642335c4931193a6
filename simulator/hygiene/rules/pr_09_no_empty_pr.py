"""PR-09: a pull request changes something."""

from __future__ import annotations

import shlex

from simulator.hygiene.gates import first_review
from simulator.hygiene.pull_advice import close
from simulator.hygiene.rule import NoOptions, rule
from simulator.hygiene.subjects import ALL_READY_PULLS
from simulator.model.history import History, PullRequest
from simulator.model.hygiene import Breach, Measures, NotAvailable, Pass, Repair, Severity, Skip, Verdict


@rule(
    code="PR-09",
    name="no-empty-pr",
    about=ALL_READY_PULLS,
    severity=Severity.MEDIUM,
    target=1.0,
    quota=0,
    options=NoOptions(),
)
def no_empty_pr(pull: PullRequest, history: History, _: NoOptions) -> Verdict:
    """A pull request that is ready for review changes at least one line that a person wrote.

    What it checks
    --------------
    Changed lines without lock files, generated and binary files and white space. A pull request that was closed before anybody
    reviewed it was a mistake, and is left out.

    Why it matters
    --------------
    An empty pull request takes a colleague's time and counts as work in every list; so it never earns credit by another rule.

    Example
    -------
    Good: one mended line

    Bad: an empty commit, opened, approved and merged

    How to fix
    ----------
    Push what belongs in it, or close it before somebody reviews it.

    References
    ----------
    - https://danger.systems
    """
    if pull.lines is None:
        return NotAvailable(
            reason=f"the diff of #{pull.number} is not known",
            how_to_fix="Give the token read access to the repository's contents.",
        )
    evidence: Measures = {"changed lines": pull.lines, "limit": 1}
    if pull.lines > 0:
        return Pass(message=f"#{pull.number} changes something", evidence=evidence)
    if any(file.size for file in pull.heads[-1].files) or _is_only_binary(pull):
        return Skip(reason=f"#{pull.number} changes files that have no lines")
    if pull.closed_at and first_review(pull) is None:
        return Skip(reason=f"#{pull.number} was closed as a mistake before a review")
    is_open = pull.merged_at is None and pull.closed_at is None
    return Breach(
        message=f"#{pull.number} changes no line that a person wrote.",
        how_to_fix=f"Push what belongs in it, or close it: {close(pull)}"
        if is_open
        else f"Look at the diff before you open the next one: git diff {shlex.quote(f'origin/{history.default_branch}...HEAD')}",
        repair=Repair.SAFE if is_open else Repair.NONE,
        repaired=not is_open,
        evidence=evidence,
    )


def _is_only_binary(pull: PullRequest) -> bool:
    files = pull.heads[-1].files
    return bool(files) and all(not file.patch and not file.additions and not file.deletions for file in files)
