"""BR-10: a branch serves one issue."""

from __future__ import annotations

from simulator.hygiene.advice import begin, split_off
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
    keys = sorted({key for text in texts for key in _named(text, history)})
    evidence: Measures = {"issues": ", ".join(keys), "limit": 1}
    if not keys:
        return Skip(reason=f"#{pull.number} names no issue; FL-01 and FL-03 look at that")
    if len(keys) == 1:
        return Pass(message=f"#{pull.number} is for {keys[0]}", evidence=evidence)
    can_split = first_review(pull) is None and ended_at(pull) is None
    return Breach(
        message=f"#{pull.number} is for {len(keys)} issues: {', '.join(keys)}.",
        how_to_fix=_how_to_split(pull, keys, history)
        if can_split
        else f"Begin a branch for each issue: {begin('feature/KEY-WORDS', history.default_branch)}",
        repair=Repair.SAFE if can_split else Repair.NONE,
        repaired=not can_split,
        evidence=evidence,
    )


def _how_to_split(pull: PullRequest, keys: list[IssueKey], history: History) -> str:
    of_branch = _named(pull.head, history)
    other = next((key for key in reversed(keys) if key not in of_branch), keys[-1])
    shas = [commit.sha for commit in pull.commits if other in _named(commit.header, history)]
    if not shas:
        where = "push the branch again under a name without it, and open that" if other in of_branch else "take it out"
        return f"No commit is for {other}, which {'the branch' if other in of_branch else 'the title'} names: {where}: {pull.url}"
    moved = split_off(shas, branch=f"feature/{other}-rest", head=pull.head, main=history.default_branch)
    return f"Move what is for {other} to a branch of its own:\n{moved}"


def _named(text: str, history: History) -> set[IssueKey]:
    """The issues that a text names, without epics; of a sub-task its parent."""
    return {_counted(key, history) for key in history.keys_in(text) if _is_work(key, history)}


def _counted(key: IssueKey, history: History) -> IssueKey:
    issue = history.issues[key]
    return IssueKey(issue.state.parent) if issue.type == "Sub-task" and issue.state.parent else key


def _is_work(key: IssueKey, history: History) -> bool:
    return history.issues[key].type != "Epic"
