"""FL-04: a finished issue of code has code that landed."""

from __future__ import annotations

from simulator.hygiene.landed import label_without_code, landed_with
from simulator.hygiene.rule import NoOptions, rule
from simulator.hygiene.subjects import FINISHED_CODE
from simulator.model.history import History, Issue
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Skip, Verdict


@rule(
    code="FL-04",
    name="done-issue-has-merged-pr",
    about=FINISHED_CODE,
    severity=Severity.HIGH,
    target=0.9,
    quota=1,
    essential=True,
    options=NoOptions(),
)
def done_issue_has_merged_pr(issue: Issue, history: History, _: NoOptions) -> Verdict:
    """An issue of code that is done has a merged pull request that names it.

    What it checks
    --------------
    For each story, bug or issue with code that stands in a status of the category done: a merged pull request that names it in
    its branch, title, description or commits and changes at least one line, or a commit on the default branch that names it.
    Issues labelled `no-code`, `spike` or `research` are left out.

    Why it matters
    --------------
    Who asks later which change brought the feature, or the defect, starts at the issue; without the link the trail ends there.

    Example
    -------
    Good: PAY-3 is done, #7 `feat: refund a captured payment (PAY-3)` is merged

    Bad: PAY-3 is done, and no merged change names it

    How to fix
    ----------
    Put the key into the title of the pull request that did it, also after the merge. If it is not merged, the issue is not done.

    References
    ----------
    - https://repository.bilkent.edu.tr/items/a630e151-9df9-4f40-bea9-1b991065de3e
    - https://github.com/atlassian/github-for-jira/blob/main/src/util/jira-utils.ts
    """
    if label := label_without_code(issue.state.labels):
        return Skip(reason=f"{issue.key} is labelled {label}")
    if landed := landed_with(issue, history):
        return Pass(message=f"{issue.key} landed with {landed}", evidence={"landed with": landed})
    pulls = history.pulls_of.get(issue.key, ())
    waiting = next((pull for pull in pulls if pull.merged_at is None and pull.closed_at is None), None)
    evidence: Measures = {"status": issue.state.status, "pull requests that name it": len(pulls), "merged": 0}
    return Breach(
        message=f"{issue.key} is {issue.state.status}, and no merged pull request names it"
        f"{f'; #{waiting.number} is still open' if waiting else ''}.",
        how_to_fix=f"Merge #{waiting.number}, or move {issue.key} back until it is."
        if waiting
        else f"Put {issue.key} into the title of the pull request that did it, or move {issue.key} back: {issue.url}",
        repair=Repair.SAFE,
        evidence=evidence,
    )
