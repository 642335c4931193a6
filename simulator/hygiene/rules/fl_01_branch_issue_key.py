"""FL-01: branch names carry the key of an issue."""

from __future__ import annotations

from simulator.hygiene.advice import better_branch_name, likely_issue, rename
from simulator.hygiene.pull_advice import retitle
from simulator.hygiene.rule import NoOptions, rule
from simulator.hygiene.subjects import BRANCHES
from simulator.model.history import Branch, History, PullRequest
from simulator.model.hygiene import Breach, Pass, Repair, Severity, Skip, Verdict
from simulator.model.keys import issue_keys_in

_KEY_IN_TITLE = 0.5


@rule(
    code="FL-01",
    name="branch-issue-key",
    about=BRANCHES,
    severity=Severity.MEDIUM,
    target=0.9,
    quota=1,
    essential=True,
    options=NoOptions(),
)
def branch_issue_key(branch: Branch, history: History, _: NoOptions) -> Verdict:
    """A branch's name carries the key of the issue that it is for.

    What it checks
    --------------
    The key of an existing issue of the project stands anywhere in the branch's name, in upper or lower case, as Jira itself
    looks for it.

    Why it matters
    --------------
    With the key in the name, Jira shows branch, commits and pull request at the issue, and nobody has to ask who works on it.

    Example
    -------
    Good: `feature/PAY-3-refund-endpoint`

    Bad: `feature/refund-endpoint`, `feature/PAY-999-refund-endpoint` when there is no PAY-999

    How to fix
    ----------
    Rename the branch before you open a pull request; that earns full credit. Afterwards the key in the pull request's title
    earns half of it.

    References
    ----------
    - https://github.com/atlassian/github-for-jira/blob/main/src/util/jira-utils.ts
    - https://support.atlassian.com/jira-software-cloud/docs/reference-issues-in-your-development-work/
    """
    if branch.replaced_by and not branch.pulls:
        return Skip(reason=f"renamed to {branch.replaced_by} before a pull request was opened; judged there")
    found = history.keys_in(branch.name)
    if found:
        return Pass(message=f"{branch.name} names {found[0]}", evidence={"key": found[0]})
    pulls = [history.pulls[number] for number in branch.pulls]
    in_title = next((key for pull in pulls for key in history.keys_in(pull.title)), None)
    by_new_name = bool(branch.replaced_by and history.keys_in(branch.replaced_by))
    repaired = in_title is not None or by_new_name
    return Breach(
        message=f"Branch {branch.name} {_what_is_wrong(branch, history)}." + _what_helps(in_title, branch, by_new_name),
        how_to_fix=_next_time(branch, history) if repaired else _how_to_fix(branch, pulls, history),
        credit=_KEY_IN_TITLE if repaired else 0.0,
        repair=Repair.NONE
        if repaired or (branch.deleted_at and not pulls)
        else Repair.PARTIAL
        if pulls
        else Repair.SAFE,
        repaired=repaired,
        evidence={"name": branch.name, "project": history.project, "key in a pull request's title": in_title},
    )


def _what_is_wrong(branch: Branch, history: History) -> str:
    wrong = issue_keys_in(branch.name, projects=(history.project,))
    if wrong:
        return f"names {wrong[0]}, and there is no such issue in {history.project}"
    return f"names no issue of {history.project}"


def _what_helps(in_title: str | None, branch: Branch, by_new_name: bool) -> str:
    if by_new_name:
        return f" It was replaced by {branch.replaced_by}: half credit."
    return f" The pull request's title names {in_title}: half credit." if in_title else ""


def _next_time(branch: Branch, history: History) -> str:
    better = better_branch_name(branch, history)
    return f"Mended as far as it goes. Put the key into the next branch's name from the start, as in {better}."


def _how_to_fix(branch: Branch, pulls: list[PullRequest], history: History) -> str:
    if pulls:
        with_key = f"{pulls[-1].title} ({likely_issue(branch, history)})"
        return f"{retitle(pulls[-1], with_key)}\nNow that there is a pull request, that earns half."
    if branch.deleted_at:
        return "The branch is gone; put the key into the next one's name from the start."
    return rename(branch.name, better_branch_name(branch, history))
