"""BR-10: a branch serves one issue."""

from __future__ import annotations

import shlex

from simulator.hygiene.gates import ended_at, first_review
from simulator.hygiene.rule import NoOptions, rule
from simulator.hygiene.subjects import READY_PULLS
from simulator.model.history import History, PullRequest
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Skip, Verdict
from simulator.model.keys import IssueKey


@rule(
    code="BR-10",
    name="one-branch-one-issue",
    about=READY_PULLS,
    severity=Severity.MEDIUM,
    target=0.9,
    quota=0,
    options=NoOptions(),
)
def one_branch_one_issue(pull: PullRequest, history: History, _: NoOptions) -> Verdict:
    """A branch and its pull request serve one issue.

    What it checks
    --------------
    The existing issues, without epics, that the branch's name, the title and the first lines of the commits name. A sub-task and
    its parent count as one.

    Why it matters
    --------------
    Two issues on one branch wait for each other, and neither can be taken back alone.

    Example
    -------
    Good: all commits name PAY-3

    Bad: two commits for PAY-3 and one for PAY-7

    How to fix
    ----------
    Before the review, move the other issue's commits to a branch of their own.

    References
    ----------
    - https://docs.github.com/en/get-started/using-github/github-flow
    - https://google.github.io/eng-practices/review/developer/small-cls.html
    """
    texts = [pull.head, pull.title, *(commit.header for commit in pull.commits)]
    keys = sorted({_counted(key, history) for text in texts for key in history.keys_in(text) if _is_work(key, history)})
    evidence: Measures = {"issues": ", ".join(keys), "limit": 1}
    if not keys:
        return Skip(reason=f"#{pull.number} names no issue; FL-01 and FL-03 look at that")
    if len(keys) == 1:
        return Pass(message=f"#{pull.number} is for {keys[0]}", evidence=evidence)
    main = shlex.quote(f"origin/{history.default_branch}")
    can_split = first_review(pull) is None and ended_at(pull) is None
    return Breach(
        message=f"#{pull.number} is for {len(keys)} issues: {', '.join(keys)}.",
        how_to_fix=f"Move the commits of {keys[-1]} to a branch of their own: cherry-pick them there, and drop them here with an "
        f"interactive rebase.\ngit switch -c feature/{keys[-1]}-rest {main}"
        if can_split
        else f"Begin a branch for each issue: git switch -c feature/KEY-WORDS {main}",
        repair=Repair.SAFE if can_split else Repair.NONE,
        repaired=not can_split,
        evidence=evidence,
    )


def _counted(key: IssueKey, history: History) -> IssueKey:
    issue = history.issues[key]
    return IssueKey(issue.state.parent) if issue.type == "Sub-task" and issue.state.parent else key


def _is_work(key: IssueKey, history: History) -> bool:
    return history.issues[key].type != "Epic"
